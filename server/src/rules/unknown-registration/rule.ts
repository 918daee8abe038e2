/** Names under which nothing is registered: the lookup throws, or the step that it stands for fails. */
import {
  factsOf,
  type LookupFact,
  type RegistryFact,
  type RegistryGroup,
} from '../../../../common/model/facts/index.ts';
import type { Registration } from '../../../../common/model/facts/registry.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import { similarName } from '../../extract/similar.ts';
import { changeTo } from '../change-to.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const unknownRegistration: Rule = {
  id: 'unknown-registration',
  acrossFiles: true,
  summary: 'A workflow, agent, tool or vector store is looked up by a name that nothing is registered under.',
  *check(project) {
    const registries = factsOf(project, 'registry');
    if (registries.length === 0) return;
    const added = factsOf(project, 'registration-added');
    for (const lookup of factsOf(project, 'lookup')) {
      const asked = registriesAsked(registries, lookup);
      if (asked.length === 0 || asked.some((registry) => mayHold(registry, lookup))) continue;
      const more = added.filter(({ group }) => group === lookup.group);
      if (more.some(({ names }) => names === undefined || isNamed(names, lookup))) continue;
      if (comesFromFile(project, lookup)) continue;
      yield report(lookup, asked);
    }
  },
};

/** The instances that a lookup may ask. The code of a file runs with those that import it. */
function registriesAsked(registries: readonly RegistryFact[], { file, instance }: LookupFact): readonly RegistryFact[] {
  if (instance === 'any') return registries;
  if (instance === 'handed') {
    const reaching = registries.filter((registry) => registry.file === file || registry.reaches.includes(file));
    return reaching.length === 0 ? registries : reaching;
  }
  const { start } = instance.range;
  return registries.filter(
    ({ file: other, range }) =>
      other === instance.file && range.start.line === start.line && range.start.character === start.character,
  );
}

function mayHold(registry: RegistryFact, { group, by, name }: LookupFact): boolean {
  const { entries, complete } = registry.groups[group];
  if (!complete || entries.some(({ key }) => key === name)) return true;
  return by === 'id' && entries.some(({ id }) => id === undefined || id === name);
}

/** `mastra build` registers default exports below `workflows/` and folders below `agents/` by their file names. */
function comesFromFile(project: ProjectModel, { group, name }: LookupFact): boolean {
  if (group === 'agents') return project.files.some((file) => file.includes(`/agents/${name}/`));
  if (group !== 'workflows') return false;
  return [...project.workflows.values()].some(
    ({ file, exportName }) =>
      exportName === 'default' && new RegExp(String.raw`/workflows/([^/]+)\.[mc]?[jt]s$`).exec(file)?.[1] === name,
  );
}

/** Lookups by id find keys as well. */
function isNamed(names: { readonly key: string; readonly id: string }, { by, name }: LookupFact): boolean {
  return names.key === name || (by === 'id' && names.id === name);
}

const nouns: Readonly<Record<RegistryGroup, string>> = {
  workflows: 'workflow',
  agents: 'agent',
  tools: 'tool',
  vectors: 'vector store',
};

function report(lookup: LookupFact, asked: readonly RegistryFact[]): Finding {
  const { group, by, name, method, step, guarded } = lookup;
  const entries = asked.flatMap((registry) => registry.groups[group].entries);
  const noun = nouns[group];
  const byId = by === 'key' ? entries.find(({ id }) => id === name) : undefined;
  const nearest =
    byId?.key ??
    similarName(
      name,
      entries.flatMap((entry) => namesOf(entry, by)),
    );
  return {
    rule: 'unknown-registration',
    severity: guarded ? 'warning' : 'error',
    message: message(),
    file: lookup.file,
    range: lookup.range,
    related: asked.map(({ file, range }) => ({
      file,
      range,
      message: registered(
        entries.map(({ key }) => key),
        noun,
      ),
    })),
    fixes: nearest === undefined || /['"`\\$\n]/.test(nearest) ? [] : [changeTo(lookup, nearest)],
    workflow: undefined,
    address: undefined,
  };

  function message(): string {
    const outcome = step ? 'the run fails when it gets here' : `${code(method)} throws`;
    if (byId !== undefined) {
      return `${code(name)} is the id of the ${noun} that is registered as ${code(byId.key)}: ${code(method)} takes the key, and throws.`;
    }
    const hint = nearest === undefined ? '' : ` (did you mean ${code(nearest)}?)`;
    const how = by === 'key' ? `as ${code(name)}` : `with the id ${code(name)}`;
    return `No ${noun} is registered ${how}, so ${outcome}${hint}.`;
  }
}

function namesOf({ key, id }: Registration, by: LookupFact['by']): readonly string[] {
  return by === 'key' || id === undefined ? [key] : [id];
}

function registered(keys: readonly string[], noun: string): string {
  if (keys.length === 0) return `No ${noun} is registered here`;
  const shown = keys.slice(0, 6).map(code).join(', ');
  return `Registered here: ${shown}${keys.length > 6 ? ', …' : ''}`;
}
