/** The values of a run that can be compared with each other at a moment. Pure. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { PayloadReference } from '../../../common/protocol/replay.ts';
import type { NodeRun } from '../../../common/replay/moment.ts';
import type { Item, Occurrence, StepGroup } from '../../../common/replay/occurrence.ts';
import { stateOf } from './targets.ts';
import type { Target } from './targets.ts';
import { itemText, pathText } from './words.ts';

export interface ComparableValue {
  /** Unique, and the same at every moment. */
  readonly id: string;
  /** `Output`, `Input` */
  readonly what: string;
  /** The step it belongs to: `charge-card, Iteration 2`. */
  readonly of: string;
  readonly reference: PayloadReference;
}

/** So many are offered; those of the steps that began first. */
export const maxComparable = 600;

/** Values of one time that a step ran. */
export function valuesOf(target: Target, title: string, shown: number): readonly ComparableValue[] {
  const { occurrence, item } = target;
  const state = stateOf(target, shown);
  if (state === undefined) return [];
  const of = nameOf(occurrence, item, title);
  const id = `${occurrence.first} ${item?.index ?? ''}`;
  const suspended = state.kind === 'occurrence' ? state.state.suspendPayload : undefined;
  return listed(id, of, { ...state.state, suspendPayload: suspended });
}

/** Values of a node as a whole, e.g. at a moment that was marked. */
export function valuesOfRun(run: NodeRun | undefined, id: string, of: string): readonly ComparableValue[] {
  return run === undefined ? [] : listed(id, of, run);
}

/** Values of every time that a step of the run had begun after the event `shown`. */
export function allValues(
  groups: readonly StepGroup[],
  titleOf: (node: EntryAddress | undefined, step: readonly string[]) => string,
  shown: number,
): readonly ComparableValue[] {
  const found: ComparableValue[] = [];
  const add = (group: StepGroup): void => {
    const title = titleOf(group.nodes[0], group.step);
    for (const occurrence of group.occurrences) {
      if (found.length >= maxComparable || occurrence.first > shown) return;
      found.push(...valuesOf({ occurrence, item: undefined }, title, shown));
      for (const item of occurrence.items) {
        if (found.length >= maxComparable) return;
        found.push(...valuesOf({ occurrence, item }, title, shown));
      }
      occurrence.groups.forEach(add);
    }
    group.groups.forEach(add);
  };
  groups.forEach(add);
  return found;
}

function listed(
  id: string,
  of: string,
  { input, output, suspendPayload }: Pick<NodeRun, 'input' | 'output' | 'suspendPayload'>,
): readonly ComparableValue[] {
  const parts = [
    ['Input', input],
    ['Output', output],
    ['Suspended with', suspendPayload],
  ] as const;
  return parts.flatMap(([what, reference]) =>
    reference === undefined ? [] : [{ id: `${id} ${what}`, what, of, reference }],
  );
}

function nameOf(occurrence: Occurrence, item: Item | undefined, title: string): string {
  const repeated = isRepeated(occurrence) ? [pathText(occurrence)] : [];
  return [title, ...repeated, ...(item === undefined ? [] : [itemText(item)])].join(', ');
}

function isRepeated({ group }: Occurrence): boolean {
  return group.occurrences.length > 1 || (group.parent !== undefined && isRepeated(group.parent));
}
