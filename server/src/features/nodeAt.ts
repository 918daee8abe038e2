/** Which workflow and entry a place in the source belongs to. */
import { rangeContains, rangeIsInside, walkEntries } from '../../../common/model/index.ts';
import type { EntryAddress, Location, Position, ProjectModel, WorkflowModel } from '../../../common/model/index.ts';
import type { NodeAt } from '../../../common/protocol/messages.ts';

/**
 * The innermost entry whose place in a chain holds the position; else the workflow whose statement does; else, where the
 * position is in the declaration of a step, the first entry that uses it.
 */
export function nodeAt(project: ProjectModel, file: string, position: Position): NodeAt | undefined {
  const places = [...project.workflows.values()].flatMap((workflow) => placesOf(workflow));
  const holds = (place: Location) => place.file === file && rangeContains(place.range, position);
  const inChain = innermost(places.filter((place) => place.kind !== 'definition' && holds(place)));
  const found = inChain ?? places.find((place) => place.kind === 'definition' && holds(place));
  return found === undefined ? undefined : { key: found.key, address: found.address };
}

interface Place extends Location {
  readonly kind: 'statement' | 'entry' | 'definition';
  readonly key: string;
  readonly address: EntryAddress | undefined;
}

/** From the outside in: among equal ranges the later one is the more precise. */
function placesOf(workflow: WorkflowModel): readonly Place[] {
  const { key, file } = workflow;
  const statement: Place = { kind: 'statement', key, address: undefined, file, range: workflow.range };
  const entries = [...walkEntries(workflow.entries)].flatMap(({ entry, address }): readonly Place[] => [
    { kind: 'entry', key, address, file: entry.file, range: entry.call },
    { kind: 'entry', key, address, file: entry.file, range: entry.range },
    ...(entry.definition === undefined ? [] : [{ kind: 'definition' as const, key, address, ...entry.definition }]),
  ]);
  return [statement, ...entries];
}

function innermost(places: readonly Place[]): Place | undefined {
  return places.reduce<Place | undefined>(
    (best, place) => (best === undefined || rangeIsInside(place.range, best.range) ? place : best),
    undefined,
  );
}
