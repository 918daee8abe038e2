/** The rows of the Servers view and of its quick pick, as data. */
import { serverProblemText } from '../run/http/words.ts';
import { devStateLines, devStateText } from './dev/words.ts';
import { factLines, shortProblem } from './health.ts';
import type { Health } from './health.ts';
import { labelOf } from './list.ts';
import type { FolderServers, ListedServer } from './list.ts';

export interface ServerRow {
  readonly label: string;
  /** Few words, behind the label. */
  readonly description: string;
  /** Plain text, one fact on each line. */
  readonly tooltip: string;
  readonly icon: { readonly id: string; readonly colour: RowColour | undefined };
  /** What can be done with it, in words that the menus of package.json ask for. */
  readonly abilities: readonly Ability[];
}

export type RowColour = 'well' | 'warning' | 'ill';

export type Ability =
  'use' | 'start' | 'stop' | 'restart' | 'output' | 'edit' | 'remove' | 'url' | 'studio' | 'test' | 'token' | 'runs';

export interface RowFacts {
  readonly chosen: boolean;
  readonly health: Health;
  /** Without trust, nothing is contacted or started. */
  readonly trusted: boolean;
}

export function serverRow(server: ListedServer, facts: RowFacts): ServerRow {
  const row = rowOf(server, facts);
  const use: readonly Ability[] = facts.chosen ? [] : ['use'];
  return {
    ...row,
    label: labelOf(server),
    description: [facts.chosen ? 'in use' : '', row.description].filter((text) => text !== '').join(' · '),
    tooltip: [
      ...(facts.chosen ? ['Runs go here.'] : []),
      ...row.tooltip,
      ...(facts.trusted ? [] : ['Trust the workspace to use it.']),
    ].join('\n'),
    abilities: [...use, ...row.abilities],
  };
}

interface RowParts {
  readonly description: string;
  readonly tooltip: readonly string[];
  readonly icon: ServerRow['icon'];
  readonly abilities: readonly Ability[];
}

function rowOf(server: ListedServer, facts: RowFacts): RowParts {
  switch (server.kind) {
    case 'embedded':
      return {
        description: 'no server needed',
        tooltip: ['Runs in a process of its own, with the project’s own @mastra/core. Starts within seconds.'],
        icon: { id: 'device-desktop', colour: undefined },
        abilities: [],
      };
    case 'dev':
      return devRow(server, facts);
    case 'remote':
      return remoteRow(server, facts);
  }
}

function devRow({ server }: Extract<ListedServer, { kind: 'dev' }>, { health }: RowFacts): RowParts {
  const { state } = server;
  const up = state.kind === 'running' && health.kind === 'well';
  const version = up && health.facts.mastraVersion !== undefined ? ` · Mastra ${health.facts.mastraVersion}` : '';
  const ill = state.kind === 'running' && health.kind === 'ill' ? [serverProblemText(health.problem)] : [];
  return {
    description: devStateText(state) + version + (ill.length > 0 ? ` · ${illWords(health)}` : ''),
    tooltip: [server.project.root, ...devStateLines(state), ...(up ? factLines(health.facts) : []), ...ill],
    icon: devIcon(state, health),
    abilities: devAbilities(state),
  };
}

/** We always send something along, so that the server says the token is wrong where none was given. */
function illWords(health: Health): string {
  if (health.kind !== 'ill') return '';
  return health.problem.kind === 'unauthorized' ? 'needs a valid token' : shortProblem(health.problem);
}

type DevState = Extract<ListedServer, { kind: 'dev' }>['server']['state'];

function devIcon(state: DevState, health: Health): ServerRow['icon'] {
  switch (state.kind) {
    case 'stopped':
      return { id: 'server-process', colour: undefined };
    case 'starting':
    case 'reloading':
    case 'stopping':
      return { id: 'loading~spin', colour: undefined };
    case 'died':
    case 'failed':
      return { id: 'error', colour: 'ill' };
    case 'running': {
      const { freshness } = state;
      if (freshness.kind === 'broken') return { id: 'error', colour: 'ill' };
      if (freshness.kind === 'stuck' || health.kind === 'ill') return { id: 'warning', colour: 'warning' };
      return { id: 'server-process', colour: freshness.kind === 'behind' ? 'warning' : 'well' };
    }
  }
}

function devAbilities(state: DevState): readonly Ability[] {
  switch (state.kind) {
    case 'stopped':
      return ['start'];
    case 'failed':
      return ['start', 'output'];
    case 'starting':
      return ['stop', 'output'];
    case 'stopping':
      return ['output'];
    case 'running':
    case 'reloading':
      return ['stop', 'restart', ...(state.owned ? (['output'] as const) : []), 'url', 'studio', 'token', 'runs'];
    case 'died':
      return ['restart', 'stop', ...(state.owned ? (['output'] as const) : [])];
  }
}

function remoteRow({ entry }: Extract<ListedServer, { kind: 'remote' }>, { health }: RowFacts): RowParts {
  const abilities: readonly Ability[] = ['url', 'edit', 'remove', 'test', 'runs'];
  const at = `${entry.url}${entry.apiPrefix}`;
  switch (health.kind) {
    case 'unknown':
      return { description: hostOf(entry.url), tooltip: [at], icon: { id: 'cloud', colour: undefined }, abilities };
    case 'ill':
      return {
        description: `${shortProblem(health.problem)} · ${hostOf(entry.url)}`,
        tooltip: [at, serverProblemText(health.problem)],
        icon:
          health.problem.kind === 'unauthorized' || health.problem.kind === 'forbidden'
            ? { id: 'lock', colour: 'warning' }
            : { id: 'error', colour: 'ill' },
        abilities,
      };
    case 'well': {
      const { facts } = health;
      const words = [
        facts.mastraVersion === undefined ? undefined : `Mastra ${facts.mastraVersion}`,
        facts.engines.length === 0 ? undefined : facts.engines.join(', '),
        facts.storageType?.replace(/Store$/, ''),
        hostOf(entry.url),
      ];
      return {
        description: words.filter((word) => word !== undefined).join(' · '),
        tooltip: [at, ...factLines(facts)],
        icon: { id: 'cloud', colour: 'well' },
        abilities,
      };
    }
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** `2 servers` and the like is of no help: what a folder's row says is where its runs go. */
export function folderDescription(servers: FolderServers): string {
  const chosen = servers.servers.find(({ id }) => id === servers.chosen);
  return chosen === undefined ? '' : labelOf(chosen);
}
