/** The steps of a run as rows: every step once, with the times that it ran below it, and what ran inside below those. Pure. */
import type { Item, Occurrence, StepGroup } from '../../../common/replay/occurrence.ts';

export type StepRow = {
  /** Stays the same while the run goes on. */
  readonly id: string;
  /** 1 for the outermost. */
  readonly level: number;
  readonly parent: string | undefined;
  /** 1-based place among its siblings, and their number. */
  readonly position: number;
  readonly siblings: number;
  /** Undefined for a row that holds nothing. */
  readonly open: boolean | undefined;
} &
  /** A step that ran several times. */
  (
    | { readonly kind: 'group'; readonly group: StepGroup }
    /** One of these times; or the step itself when it ran only once. */
    | { readonly kind: 'occurrence'; readonly occurrence: Occurrence; readonly only: boolean }
    | { readonly kind: 'item'; readonly item: Item }
    /** Stands before steps of which it is not known to which of the times above they belong. */
    | { readonly kind: 'unknown'; readonly group: StepGroup }
  );

/** Rows that were opened or closed by hand; the others are as `openAtFirst` has them. */
export type Opened = ReadonlyMap<string, boolean>;

interface Sink {
  readonly rows: StepRow[];
  readonly opened: Opened;
}

type Entry =
  | { readonly kind: 'step'; readonly group: StepGroup }
  | { readonly kind: 'occurrence'; readonly occurrence: Occurrence }
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'unknown'; readonly group: StepGroup };

/** All rows that can be seen by scrolling, from the top. */
export function rowsOf(groups: readonly StepGroup[], opened: Opened): readonly StepRow[] {
  const sink: Sink = { rows: [], opened };
  addAll(sink, groups.map(toEntry), 1, undefined);
  return sink.rows;
}

export function idOfOccurrence({ group, first }: Occurrence): string {
  return group.occurrences.length === 1 ? `step ${group.first}` : `time ${first}`;
}

/** Ids of the rows that have to be open for an occurrence to be among the rows. */
export function idsAround(occurrence: Occurrence): readonly string[] {
  const ids: string[] = [];
  let inner: Occurrence | undefined = occurrence;
  while (inner !== undefined) {
    const { group }: Occurrence = inner;
    if (group.occurrences.length > 1) ids.push(`step ${group.first}`);
    for (let within = group.within; within !== undefined; within = within.within) {
      ids.push(`unknown ${within.first}`, `step ${within.first}`);
    }
    inner = group.parent;
    if (inner !== undefined) ids.push(idOfOccurrence(inner));
  }
  return ids;
}

function toEntry(group: StepGroup): Entry {
  return { kind: 'step', group };
}

function addAll(sink: Sink, entries: readonly Entry[], level: number, parent: string | undefined): void {
  entries.forEach((entry, index) => {
    const place = { level, parent, position: index + 1, siblings: entries.length };
    switch (entry.kind) {
      case 'step': {
        const { group } = entry;
        const [only] = group.occurrences;
        const id = `step ${group.first}`;
        if (group.occurrences.length === 1 && only !== undefined) {
          const inside = [...insideOf(only), ...unknownOf(group)];
          add(
            sink,
            { ...place, id, kind: 'occurrence', occurrence: only, only: true },
            inside,
            only.items.length === 0,
          );
        } else {
          const inside = group.occurrences.map((occurrence): Entry => ({ kind: 'occurrence', occurrence }));
          add(sink, { ...place, id, kind: 'group', group }, [...inside, ...unknownOf(group)], false);
        }
        return;
      }
      case 'occurrence': {
        const { occurrence } = entry;
        const row = { ...place, id: `time ${occurrence.first}`, kind: 'occurrence', occurrence, only: false } as const;
        add(sink, row, insideOf(occurrence), false);
        return;
      }
      case 'item': {
        const { item } = entry;
        add(sink, { ...place, id: `item ${item.occurrence.first} ${item.index}`, kind: 'item', item }, [], false);
        return;
      }
      case 'unknown': {
        const { group } = entry;
        add(sink, { ...place, id: `unknown ${group.first}`, kind: 'unknown', group }, group.groups.map(toEntry), true);
      }
    }
  });
}

/** The row, without the part that follows from what it holds. */
type WithoutOpen<R> = R extends unknown ? Omit<R, 'open'> : never;

function add(sink: Sink, row: WithoutOpen<StepRow>, inside: readonly Entry[], openAtFirst: boolean): void {
  const open = inside.length === 0 ? undefined : (sink.opened.get(row.id) ?? openAtFirst);
  sink.rows.push({ ...row, open });
  if (open === true) addAll(sink, inside, row.level + 1, row.id);
}

function insideOf(occurrence: Occurrence): readonly Entry[] {
  const items = [...occurrence.items].sort((a, b) => a.index - b.index);
  return [...items.map((item): Entry => ({ kind: 'item', item })), ...occurrence.groups.map(toEntry)];
}

function unknownOf(group: StepGroup): readonly Entry[] {
  return group.groups.length === 0 ? [] : [{ kind: 'unknown', group }];
}
