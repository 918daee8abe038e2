/** What can stand in a string that names something: step ids, keys and ids of registrations, paths of mappings, models. */
import type { CompletionItem } from 'vscode-languageserver';
import {
  factsOf,
  knownOr,
  rangeContains,
  walkEntries,
  type Location,
  type NameSpace,
  type Position,
  type ProjectModel,
  type Range,
  type WorkflowModel,
} from '../../../common/model/index.ts';
import { nameItem, stepsOf } from './completionItems.ts';
import { mappingCompletions, mappingReadAt } from './mappingCompletion.ts';
import { modelCompletions } from './modelCompletion.ts';
import { references } from './names/occurrences.ts';

/** The proposals for a place; undefined where we have none. `project` has the shapes of the workflows of `file`. */
export function completionsAt(
  project: ProjectModel,
  file: string,
  position: Position,
): readonly CompletionItem[] | undefined {
  const isHere = (place: Location) => place.file === file && rangeContains(place.range, position);
  const read = mappingReadAt(project, file, position);
  if (read !== undefined) return mappingCompletions(read, position);
  const reference = references(project).find((fact) => fact.form === 'quoted' && isHere(fact));
  if (reference !== undefined) return namesIn(project, file, reference.to, reference.range);
  const model = factsOf(project, 'agent-model').find(isHere);
  return model === undefined ? undefined : modelCompletions(project, model);
}

function namesIn(project: ProjectModel, file: string, space: NameSpace, range: Range): readonly CompletionItem[] {
  const names = new Map<string, string>();
  const add = (name: string, detail: string) => {
    if (name !== '' && !names.has(name)) names.set(name, detail);
  };
  if (space.by === 'key') {
    for (const fact of factsOf(project, 'registration')) {
      const id = knownOr(fact.id, undefined);
      if (fact.registry === space.registry) add(fact.key, id === undefined ? space.registry : `id ${id}`);
    }
  } else if (space.unit === 'step') {
    for (const [name, detail] of stepsAround(project, file)) add(name, detail);
  } else {
    for (const { unit, id } of factsOf(project, 'declared-id')) if (unit === space.unit) add(id, unit);
  }
  return [...names].map(([name, detail], index) => nameItem(name, detail, range, index));
}

/** The steps of the workflows that a file has a part in; of all workflows where it has none. In the order of the chains. */
function* stepsAround(project: ProjectModel, file: string): Generator<readonly [name: string, detail: string]> {
  const all = [...project.workflows.values()];
  const own = all.filter((workflow) => hasPart(workflow, file));
  for (const workflow of own.length === 0 ? all : own) yield* stepsOf(workflow);
}

function hasPart(workflow: WorkflowModel, file: string): boolean {
  if (workflow.file === file) return true;
  return [...walkEntries(workflow.entries)].some(({ entry }) => entry.definition?.file === file);
}
