/** The single times that a node ran, and the items of a foreach: what the stepper of the details pane goes through. Pure. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { Item, ItemState, Occurrence, OccurrenceState } from '../../../common/replay/occurrence.ts';
import type { RunIndex } from '../../../common/replay/run-index.ts';
import { countAtFirst, lastAtOrBefore, valueAt } from '../../../common/replay/track.ts';
import { idOfOccurrence, idsAround } from './rows.ts';
import { itemText, pathText } from './words.ts';

export interface Target {
  readonly occurrence: Occurrence;
  /** Set for one item of a foreach. */
  readonly item: Item | undefined;
}

/** Those that had begun by a moment, in the order in which they did. */
export interface Targets {
  readonly count: number;
  at(index: number): Target | undefined;
  /** -1 for one that had not begun. */
  indexOf(target: Target): number;
}

/** Of a node after the event `shown`. A foreach box is one, however many items it has; its body is each of them. */
export function targetsOf(index: Pick<RunIndex, 'occurrences' | 'length'>, node: EntryAddress, shown: number): Targets {
  const { list, firsts } = allTargets(index, node);
  const begun = lastAtOrBefore(firsts, shown) + 1;
  const waiting = withoutItemsYet(index, node, shown);
  return {
    count: begun + (waiting === undefined ? 0 : 1),
    at: (wanted) => (wanted === begun ? waiting : wanted < begun ? list[wanted] : undefined),
    indexOf(target) {
      if (waiting !== undefined && sameTarget(target, waiting)) return begun;
      const first = target.item?.first ?? target.occurrence.first;
      // Several may have begun with one event.
      for (let at = lastAtOrBefore(firsts, first); at >= 0 && firsts[at] === first; at -= 1) {
        const known = list[at];
        if (at < begun && known !== undefined && sameTarget(known, target)) return at;
      }
      return -1;
    },
  };
}

/** A foreach that has begun, but none of whose items is done. */
function withoutItemsYet(
  { occurrences }: Pick<RunIndex, 'occurrences'>,
  node: EntryAddress,
  shown: number,
): Target | undefined {
  // In the order in which they began.
  const all = occurrences.of(node);
  const occurrence = all[countAtFirst(all.length, (index) => (all[index]?.first ?? Infinity) <= shown) - 1];
  if (occurrence === undefined || !hasItems(occurrence, node)) return undefined;
  const [firstItem] = occurrence.items;
  return firstItem !== undefined && firstItem.first <= shown ? undefined : { occurrence, item: undefined };
}

interface AllTargets {
  readonly length: number;
  readonly node: EntryAddress;
  readonly list: readonly Target[];
  /** The event with which each began, rising. */
  readonly firsts: readonly number[];
}

/** Of the node that was asked about last: moments of it are looked at one after the other. */
const known = new WeakMap<object, AllTargets>();

function allTargets(index: Pick<RunIndex, 'occurrences' | 'length'>, node: EntryAddress): AllTargets {
  const last = known.get(index);
  if (last?.node === node && last.length === index.length) return last;
  const list = index.occurrences
    .of(node)
    .flatMap((occurrence): readonly Target[] =>
      hasItems(occurrence, node)
        ? occurrence.items.map((item) => ({ occurrence, item }))
        : [{ occurrence, item: undefined }],
    )
    .sort((a, b) => firstOf(a) - firstOf(b));
  const made = { length: index.length, node, list, firsts: list.map(firstOf) };
  known.set(index, made);
  return made;
}

function hasItems({ items, group }: Occurrence, node: EntryAddress): boolean {
  return items.length > 0 && group.box !== node;
}

function firstOf({ occurrence, item }: Target): number {
  return item?.first ?? occurrence.first;
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.occurrence === b.occurrence && a.item === b.item;
}

/** `Iteration 3 of 7`, `Item 2 of 5`; undefined for what there is only one of. */
export function targetText({ occurrence, item }: Target, count: number): string | undefined {
  const isRepeated = isOneOfSeveral(occurrence);
  if (item !== undefined) {
    const total = itemsOf(occurrence);
    const around = isRepeated ? `${pathText(occurrence)} › ` : '';
    return `${around}${itemText(item)}${total === undefined ? '' : ` of ${total}`}`;
  }
  if (count <= 1) return undefined;
  const text = pathText(occurrence);
  return text.includes('›') ? text : `${text} of ${count}`;
}

function isOneOfSeveral({ group }: Occurrence): boolean {
  return group.occurrences.length > 1 || (group.parent !== undefined && isOneOfSeveral(group.parent));
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

/** Id of its row in the step list. */
export function rowIdOf({ occurrence, item }: Target): string {
  return item === undefined ? idOfOccurrence(occurrence) : `item ${occurrence.first} ${item.index}`;
}

/** Ids of the rows around its row. */
export function idsOf({ occurrence, item }: Target): readonly string[] {
  return item === undefined ? idsAround(occurrence) : [idOfOccurrence(occurrence), ...idsAround(occurrence)];
}

export function nodesOfTarget({ occurrence }: Target): readonly EntryAddress[] {
  const { nodes, box } = occurrence.group;
  return box === undefined ? nodes : [...nodes, box];
}
