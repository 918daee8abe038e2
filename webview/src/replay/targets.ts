/** The single times that a node ran, and the items of a foreach: what the stepper of the details pane goes through. Pure. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { Item, ItemState, Occurrence, OccurrenceState } from '../../../common/replay/occurrences.ts';
import type { RunIndex } from '../../../common/replay/run-index.ts';
import { valueAt } from '../../../common/replay/track.ts';
import { itemText, occurrenceText, pathText } from './words.ts';

export interface Target {
  readonly occurrence: Occurrence;
  /** Set for one item of a foreach. */
  readonly item: Item | undefined;
}

/** Those that had begun after the event `shown`, in the order in which they did. */
export function targetsOf(
  { occurrences }: Pick<RunIndex, 'occurrences'>,
  node: EntryAddress,
  shown: number,
): readonly Target[] {
  const begun = occurrences.of(node).filter(({ first }) => first <= shown);
  return begun.flatMap((occurrence): readonly Target[] => {
    const items = occurrence.group.box === node ? [] : occurrence.items.filter(({ first }) => first <= shown);
    if (items.length === 0) return [{ occurrence, item: undefined }];
    return items.map((item) => ({ occurrence, item }));
  });
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.occurrence === b.occurrence && a.item === b.item;
}

/** `Iteration 3 of 7`, `Item 2 of 5`; undefined for what there is only one of. */
export function targetText(target: Target, all: readonly Target[]): string | undefined {
  const { occurrence, item } = target;
  if (item !== undefined) {
    const total = itemsOf(occurrence);
    const around = all.some((each) => each.occurrence !== occurrence) ? `${pathText(occurrence)} › ` : '';
    return `${around}${itemText(item)}${total === undefined ? '' : ` of ${total}`}`;
  }
  if (all.length <= 1) return undefined;
  const isFlat = all.every((each) => each.occurrence.group === occurrence.group);
  return isFlat ? `${occurrenceText(occurrence)} of ${all.length}` : pathText(occurrence);
}

function itemsOf(occurrence: Occurrence): number | undefined {
  const state = occurrence.states.values.at(-1);
  return state?.input?.items ?? state?.progress?.total;
}

/** What is known of a target after the event `shown`. */
export type TargetState =
  | { readonly kind: 'occurrence'; readonly state: OccurrenceState }
  | { readonly kind: 'item'; readonly state: ItemState };

export function stateOf({ occurrence, item }: Target, shown: number): TargetState | undefined {
  if (item !== undefined) {
    const state = valueAt(item.states, shown);
    return state === undefined ? undefined : { kind: 'item', state };
  }
  const state = valueAt(occurrence.states, shown);
  return state === undefined ? undefined : { kind: 'occurrence', state };
}
