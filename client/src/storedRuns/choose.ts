/** The questions of an import: which server, which workflow, which of its runs. */
import type * as vscode from 'vscode';
import { agoText, counted, statusIcons, statusWords } from '../history/view/words.ts';
import type { ShownStatus } from '../history/view/words.ts';
import type { ServerWorkflow } from '../run/http/server.ts';
import type { StoredStatus } from '../run/http/shapes.ts';
import { endStatusOf } from '../run/http/stored.ts';
import { serverProblemText } from '../run/http/words.ts';
import { labelOf } from '../servers/list.ts';
import type { ListedServer } from '../servers/list.ts';
import type { FoundPage, FoundRun } from './found.ts';

export interface ChooseSurface {
  readonly window: Pick<typeof vscode.window, 'createQuickPick' | 'showQuickPick'>;
  readonly QuickPickItemKind: Pick<typeof vscode.QuickPickItemKind, 'Separator'>;
  readonly ThemeIcon: typeof vscode.ThemeIcon;
}

export type ImportedServer = Exclude<ListedServer, { kind: 'embedded' }>;

export interface ServerChoice {
  readonly folder: string;
  readonly server: ImportedServer;
}

/** The only one, or the one that is picked; undefined when the author gave up. */
export async function chooseServer(
  surface: ChooseSurface,
  choices: readonly ServerChoice[],
): Promise<ServerChoice | undefined> {
  if (choices.length <= 1) return choices[0];
  const chosen = await surface.window.showQuickPick(
    choices.map((choice) => ({
      label: `$(${choice.server.kind === 'dev' ? 'server-process' : 'cloud'}) ${labelOf(choice.server)}`,
      description: placeOf(choice.server),
      choice,
    })),
    { title: 'Import Runs from Server', placeHolder: 'The server that stores the runs' },
  );
  return chosen?.choice;
}

function placeOf(server: ImportedServer): string {
  if (server.kind === 'remote') return server.entry.url;
  return server.server.state.kind === 'running' ? server.server.state.address.origin : 'not running: it is started';
}

/** Some of the workflows, or all; undefined when the author gave up. */
export async function chooseWorkflows(
  surface: ChooseSurface,
  server: string,
  workflows: readonly ServerWorkflow[],
): Promise<readonly ServerWorkflow[] | undefined> {
  if (workflows.length <= 1) return workflows;
  const all = { label: '$(list-flat) All workflows', description: String(workflows.length), workflows };
  const each = workflows
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .map((workflow) => ({
      label: `$(type-hierarchy-sub) ${workflow.id}`,
      description: workflow.description ?? '',
      workflows: [workflow],
    }));
  const chosen = await surface.window.showQuickPick([all, ...each], {
    title: `Import Runs from ${server}`,
    placeHolder: 'The workflow whose runs are listed',
    matchOnDescription: true,
  });
  return chosen?.workflows;
}

interface RunItem extends vscode.QuickPickItem {
  readonly run?: FoundRun;
}

/**
 * The runs that are ticked, out of those that `find` gives page by page. Undefined when the author gave up; throws what the first page
 * throws. What goes wrong with a later page is shown in the list, which keeps what it has.
 */
export async function chooseRuns(
  surface: ChooseSurface,
  server: string,
  find: (page: number, signal: AbortSignal) => Promise<FoundPage>,
): Promise<readonly FoundRun[] | undefined> {
  const controller = new AbortController();
  const pick = surface.window.createQuickPick<RunItem>();
  const older = { iconPath: new surface.ThemeIcon('history'), tooltip: 'Show Older Runs' };
  const items = new Map<string, RunItem>();
  const problems = new Set<string>();
  let page = 0;
  let total = 0;

  const draw = (): void => {
    // The same objects again: what is ticked stays so.
    const ticked = pick.selectedItems;
    pick.items = grouped(surface, [...items.values()]);
    pick.selectedItems = ticked;
    pick.title = `Import Runs from ${server} (${items.size} of ${total})`;
    pick.placeholder = placeholder(items.size, problems);
    pick.buttons = items.size < total ? [older] : [];
  };

  const load = async (): Promise<void> => {
    if (pick.busy) return;
    pick.busy = true;
    try {
      const found = await find(page, controller.signal);
      page += 1;
      total = Math.max(found.total, items.size);
      for (const problem of found.problems) problems.add(serverProblemText(problem));
      for (const run of found.runs) items.set(run.stored.runId, itemOf(run, Date.now()));
    } finally {
      pick.busy = false;
    }
    draw();
  };

  try {
    pick.title = `Import Runs from ${server}`;
    pick.placeholder = 'Looking for runs…';
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.ignoreFocusOut = true;
    return await new Promise<readonly FoundRun[] | undefined>((resolve, reject) => {
      pick.onDidAccept(() => {
        if (pick.selectedItems.length > 0) resolve(pick.selectedItems.flatMap(({ run }) => run ?? []));
      });
      pick.onDidTriggerButton(() => {
        load().catch((error: unknown) => {
          problems.add(error instanceof Error ? error.message : String(error));
          draw();
        });
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      load().catch(reject);
    });
  } finally {
    controller.abort();
    pick.dispose();
  }
}

function placeholder(count: number, problems: ReadonlySet<string>): string {
  const [problem] = problems;
  if (problem !== undefined) return `Some runs cannot be listed. ${problem}`;
  if (count === 0) return 'The server stores no runs';
  return 'Tick the runs to import; type a status or a workflow to find them';
}

/** What is new first: what is there already can be ticked in vain only. */
function grouped(surface: ChooseSurface, items: readonly RunItem[]): readonly RunItem[] {
  const heading = (label: string): RunItem => ({ label, kind: surface.QuickPickItemKind.Separator });
  const fresh = items.filter(({ run }) => run?.presence.kind !== 'present');
  const known = items.filter(({ run }) => run?.presence.kind === 'present');
  return [
    ...(fresh.length === 0 || known.length === 0 ? [] : [heading('Not in the Runs view')]),
    ...fresh,
    ...(known.length === 0 ? [] : [heading('In the Runs view already')]),
    ...known,
  ];
}

function itemOf(run: FoundRun, now: number): RunItem {
  const { stored, presence } = run;
  const status = shownStatus(stored.status);
  const words = [
    statusWords[status],
    agoText(stored.createdAt, now),
    presence.kind === 'present' ? 'imported or recorded already' : undefined,
    presence.kind === 'outdated' ? 'went on since it was imported' : undefined,
    stored.runId,
  ];
  return {
    label: `$(${statusIcons[status].icon}) ${stored.workflowId}`,
    description: words.filter((word) => word !== undefined).join(' · '),
    run,
  };
}

function shownStatus(status: StoredStatus | undefined): ShownStatus {
  return status === undefined ? 'unreadable' : (endStatusOf(status) ?? 'running');
}

/** `3 runs imported from Staging.` and what became of the others. */
export function summaryText(
  server: string,
  counts: {
    readonly imported: number;
    readonly updated: number;
    readonly present: number;
    readonly dropped: number;
    readonly left: number;
  },
): string {
  const { imported, updated, present, dropped, left } = counts;
  const parts = [
    `${counted(imported, 'run')} imported from ${server}.`,
    updated === 0 ? undefined : `${updated} of them replaced an older import.`,
    present === 0 ? undefined : `${present} ${present === 1 ? 'was' : 'were'} in the Runs view already.`,
    dropped === 0
      ? undefined
      : `${dropped} ${dropped === 1 ? 'was' : 'were'} dropped again: the history is full (mastra.history.maxRuns, mastra.history.maxSizeMB).`,
    left === 0 ? undefined : `${left} ${left === 1 ? 'was' : 'were'} not imported any more.`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
