/** The values of a run that can be compared with each other at a moment. Pure. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { PayloadReference } from '../../../common/protocol/replay.ts';
import type { NodeRun } from '../../../common/replay/moment.ts';
import type { Item, Occurrence, StepGroup } from '../../../common/replay/occurrence.ts';
import { createPace } from '../../../common/replay/steps.ts';
import type { Steps } from '../../../common/replay/steps.ts';
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
  /** The time that its step ran; undefined for what a node had as a whole, e.g. at a moment that was marked. */
  readonly target: Target | undefined;
}

/** Values of one time that a step ran. */
export function valuesOf(target: Target, title: string, shown: number): readonly ComparableValue[] {
  const { occurrence, item } = target;
  const state = stateOf(target, shown);
  if (state === undefined) return [];
  const of = nameOf(occurrence, item, title);
  const id = `${occurrence.first} ${item?.index ?? ''}`;
  const suspended = state.kind === 'occurrence' ? state.state.suspendPayload : undefined;
  return listed(id, of, { ...state.state, suspendPayload: suspended }, target);
}

/** Values of a node as a whole, e.g. at a moment that was marked. */
export function valuesOfRun(run: NodeRun | undefined, id: string, of: string): readonly ComparableValue[] {
  return run === undefined ? [] : listed(id, of, run, undefined);
}

/** The time before of the same step, or the item before of the same foreach; undefined for the first one. */
export function timeBefore({ occurrence, item }: Target): Target | undefined {
  if (item !== undefined) {
    const before = occurrence.items[occurrence.items.indexOf(item) - 1];
    return before && { occurrence, item: before };
  }
  const before = occurrence.group.occurrences[occurrence.number - 1];
  return before && { occurrence: before, item: undefined };
}

/** Values of every time that a step of the run had begun after the event `shown`, each made when it is asked for: a run can have very many. */
export function* allValues(
  groups: readonly StepGroup[],
  titleOf: (node: EntryAddress | undefined, step: readonly string[]) => string,
  shown: number,
): Generator<ComparableValue, void> {
  for (const group of groups) {
    const title = titleOf(group.nodes[0], group.step);
    for (const occurrence of group.occurrences) {
      if (occurrence.first > shown) break;
      yield* valuesOf({ occurrence, item: undefined }, title, shown);
      for (const item of occurrence.items) yield* valuesOf({ occurrence, item }, title, shown);
      yield* allValues(occurrence.groups, titleOf, shown);
    }
    yield* allValues(group.groups, titleOf, shown);
  }
}

export interface FoundValues {
  /** The first of them. */
  readonly listed: readonly ComparableValue[];
  /** How many there are. */
  readonly total: number;
}

/** So many are listed at once. */
export const maxListed = 100;

/** Those of `values` whose label has every word of `query` in it, whatever its case; all of them for an empty one. */
export function* findValues(values: Iterable<ComparableValue>, query: string): Steps<FoundValues> {
  const pace = createPace();
  const words = query.toLowerCase().split(/\s+/);
  const listed: ComparableValue[] = [];
  let total = 0;
  for (const value of values) {
    if (pace.isDue()) yield;
    const label = labelOf(value).toLowerCase();
    if (!words.every((word) => label.includes(word))) continue;
    total += 1;
    if (total <= maxListed) listed.push(value);
  }
  return { listed, total };
}

/** `charge-card, Iteration 2: Output` */
export function labelOf({ of, what }: ComparableValue): string {
  return `${of}: ${what}`;
}

function listed(
  id: string,
  of: string,
  { input, output, suspendPayload }: Pick<NodeRun, 'input' | 'output' | 'suspendPayload'>,
  target: Target | undefined,
): readonly ComparableValue[] {
  const parts = [
    ['Input', input],
    ['Output', output],
    ['Suspended with', suspendPayload],
  ] as const;
  return parts.flatMap(([what, reference]) =>
    reference === undefined ? [] : [{ id: `${id} ${what}`, what, of, reference, target }],
  );
}

function nameOf(occurrence: Occurrence, item: Item | undefined, title: string): string {
  const repeated = isRepeated(occurrence) ? [pathText(occurrence)] : [];
  return [title, ...repeated, ...(item === undefined ? [] : [itemText(item)])].join(', ');
}

function isRepeated({ group }: Occurrence): boolean {
  return group.occurrences.length > 1 || (group.parent !== undefined && isRepeated(group.parent));
}
