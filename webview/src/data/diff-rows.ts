/** The rows that the difference between two values is shown in, made in steps: there can be very many. Pure. */
import { changesIn, differenceInSteps } from '../../../common/replay/diff.ts';
import type { Difference, DifferenceEntry } from '../../../common/replay/diff.ts';
import { createPace } from '../../../common/replay/steps.ts';
import type { Pace, Steps } from '../../../common/replay/steps.ts';
import type { Json } from '../../../common/runlog/events.ts';
import type { JsonPath } from '../../../common/runlog/path.ts';
import { isArray, isObject, keysOf } from './kinds.ts';

export interface DiffSide {
  /** Undefined on the side that has no such part. */
  readonly key: string | number | undefined;
  readonly value: Json;
  readonly path: JsonPath;
}

export interface DiffRow {
  readonly id: string;
  /** 1 for the outermost rows. */
  readonly level: number;
  readonly mark: 'same' | 'changed' | 'inside' | 'added' | 'removed' | 'hidden';
  readonly before: DiffSide | undefined;
  readonly after: DiffSide | undefined;
  /** How many rows that are the same this one stands for; 0 unless it is hidden. */
  readonly hidden: number;
  /** How many parts in it are different, at any depth. */
  readonly changes: number;
  /** A line of a text, which has no key. */
  readonly line: boolean;
  readonly expandable: boolean;
  readonly open: boolean;
}

export interface DiffLook {
  /** Undefined where nobody has chosen. */
  readonly isOpen: (id: string) => boolean | undefined;
  readonly onlyChanges: boolean;
  /** Characters beside each other. */
  readonly columns: number;
}

/** The difference as rows. What is the same and hidden is counted in a row that opens it. */
export function* diffRows(difference: Difference, look: DiffLook): Steps<readonly DiffRow[]> {
  const rows: DiffRow[] = [];
  const pace = createPace();

  function* addEntries(entries: readonly DifferenceEntry[], around: Place): Steps<void> {
    let same: DifferenceEntry[] = [];
    function* flush(): Steps<void> {
      const [first] = same;
      if (first === undefined) return;
      const id = `${around.id}~${first.before}:${first.after}`;
      // One row alone takes no more room than the row that would stand for it.
      const open = !look.onlyChanges || same.length === 1 || look.isOpen(id) === true;
      if (!open) rows.push(hiddenRow(id, around.level + 1, same.length));
      else for (const entry of same) yield* addEntry(entry, around);
      same = [];
    }
    for (const entry of entries) {
      if (entry.difference.kind === 'same') same.push(entry);
      else {
        yield* flush();
        yield* addEntry(entry, around);
      }
      if (pace.isDue()) yield;
    }
    yield* flush();
  }

  function* addEntry({ before, after, difference: inner }: DifferenceEntry, around: Place): Steps<void> {
    yield* add(inner, {
      id: `${around.id}/${before ?? ''}:${after ?? ''}`,
      level: around.level + 1,
      before: before === undefined ? undefined : [...(around.before ?? []), before],
      after: after === undefined ? undefined : [...(around.after ?? []), after],
      key: { before, after },
      line: around.text,
      text: false,
    });
    if (pace.isDue()) yield;
  }

  function* add(inner: Difference, place: Place): Steps<void> {
    const [beforeValue, afterValue] = sidesOf(inner);
    const parts = partsOf(inner, look.columns);
    const { expandable, text } = place.line ? { expandable: false, text: false } : parts;
    const open = expandable && (look.isOpen(place.id) ?? inner.kind === 'inside');
    if (place.level > 0) {
      rows.push({
        id: place.id,
        level: place.level,
        mark: inner.kind,
        before: side(place.key.before, beforeValue, place.before),
        after: side(place.key.after, afterValue, place.after),
        hidden: 0,
        changes: changesIn(inner),
        line: place.line,
        expandable,
        open,
      });
    }
    if (open || (place.level === 0 && parts.expandable)) {
      yield* addEntries(yield* entriesIn(inner, look.columns, pace), { ...place, line: false, text });
    }
  }

  const root: Place = {
    id: '',
    level: 0,
    before: [],
    after: [],
    key: { before: undefined, after: undefined },
    line: false,
    text: false,
  };
  // Values that cannot be told in parts are a row of their own.
  yield* add(difference, difference.kind === 'inside' ? root : { ...root, level: 1 });
  return rows;
}

interface Place {
  readonly id: string;
  readonly level: number;
  readonly before: JsonPath | undefined;
  readonly after: JsonPath | undefined;
  readonly key: { readonly before: string | number | undefined; readonly after: string | number | undefined };
  /** It is a line of a text. */
  readonly line: boolean;
  /** What is in it are lines of a text. */
  readonly text: boolean;
}

function side(
  key: string | number | undefined,
  value: Json | undefined,
  path: JsonPath | undefined,
): DiffSide | undefined {
  return value === undefined ? undefined : { key, value, path: path ?? [] };
}

function hiddenRow(id: string, level: number, hidden: number): DiffRow {
  const nothing = { before: undefined, after: undefined };
  return { id, level, mark: 'hidden', ...nothing, hidden, changes: 0, line: false, expandable: true, open: false };
}

function sidesOf(difference: Difference): readonly [Json | undefined, Json | undefined] {
  switch (difference.kind) {
    case 'same':
      return [difference.value, difference.value];
    case 'changed':
      return [difference.before, difference.after];
    case 'removed':
      return [difference.before, undefined];
    case 'added':
      return [undefined, difference.after];
    case 'inside': {
      const empty: Json = difference.of === 'array' ? [] : {};
      return [empty, empty];
    }
  }
}

/** Whether a row can be opened, and whether what is in it are lines of a text. */
function partsOf(difference: Difference, columns: number): { readonly expandable: boolean; readonly text: boolean } {
  if (difference.kind === 'inside') return { expandable: true, text: false };
  const values = sidesOf(difference).filter((value) => value !== undefined);
  const text = values.every((value) => typeof value === 'string');
  const expandable = values.some((value) => (text ? isLong(value, columns) : isContainer(value)));
  return { expandable, text };
}

/** What is seen when a row is opened. */
function* entriesIn(difference: Difference, columns: number, pace: Pace): Steps<readonly DifferenceEntry[]> {
  switch (difference.kind) {
    case 'inside':
      return difference.entries;
    case 'changed': {
      const { before, after } = difference;
      if (typeof before === 'string' && typeof after === 'string') {
        return yield* lineEntries(before, after, columns, pace);
      }
      return [...(yield* entriesOf(before, 'removed', pace)), ...(yield* entriesOf(after, 'added', pace))];
    }
    case 'same':
      return yield* entriesOfOne(difference.value, 'same', columns, pace);
    case 'removed':
      return yield* entriesOfOne(difference.before, 'removed', columns, pace);
    case 'added':
      return yield* entriesOfOne(difference.after, 'added', columns, pace);
  }
}

type OneMark = 'same' | 'added' | 'removed';

function* entriesOfOne(value: Json, mark: OneMark, columns: number, pace: Pace): Steps<readonly DifferenceEntry[]> {
  return yield* entriesOf(typeof value === 'string' ? yield* wrapped(value, columns, pace) : value, mark, pace);
}

function* entriesOf(value: Json, mark: OneMark, pace: Pace): Steps<readonly DifferenceEntry[]> {
  const entries: DifferenceEntry[] = [];
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      entries.push(entry(index, item, mark));
      if (pace.isDue()) yield;
    }
  } else if (isObject(value)) {
    for (const key of keysOf(value)) {
      entries.push(entry(key, value[key] ?? null, mark));
      if (pace.isDue()) yield;
    }
  }
  return entries;
}

function entry(key: string | number, value: Json, mark: OneMark): DifferenceEntry {
  switch (mark) {
    case 'same':
      return { before: key, after: key, difference: { kind: 'same', value } };
    case 'added':
      return { before: undefined, after: key, difference: { kind: 'added', after: value } };
    case 'removed':
      return { before: key, after: undefined, difference: { kind: 'removed', before: value } };
  }
}

function* lineEntries(before: string, after: string, columns: number, pace: Pace): Steps<readonly DifferenceEntry[]> {
  const left = yield* wrapped(before, columns, pace);
  const right = yield* wrapped(after, columns, pace);
  const difference = yield* differenceInSteps(left, right, pace);
  if (difference.kind === 'inside') return difference.entries;
  return [...(yield* entriesOf(left, 'removed', pace)), ...(yield* entriesOf(right, 'added', pace))];
}

function isContainer(value: Json): boolean {
  return isArray(value) ? value.length > 0 : isObject(value) && keysOf(value).length > 0;
}

function isLong(text: Json, columns: number): boolean {
  return typeof text === 'string' && (text.length > columns || text.includes('\n'));
}

/** Lines, cut where a row ends. */
function* wrapped(text: string, columns: number, pace: Pace): Steps<readonly string[]> {
  const width = Math.max(20, columns - 6);
  const pieces: string[] = [];
  for (const line of text.split('\n')) {
    for (let start = 0; start === 0 || start < line.length; start += width) {
      pieces.push(line.slice(start, start + width));
      if (pace.isDue()) yield;
    }
  }
  return pieces;
}

/** `1 difference`, `12 differences` */
export function differencesText(difference: Difference): string {
  const count = changesIn(difference);
  return count === 0 ? 'No differences' : `${count.toLocaleString('en')} difference${count === 1 ? '' : 's'}`;
}

/** The piece in the middle in which two texts differ: where it begins, and where it ends in each. */
export function differingPiece(
  before: string,
  after: string,
): { readonly start: number; readonly beforeEnd: number; readonly afterEnd: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { start, beforeEnd: before.length - end, afterEnd: after.length - end };
}

/** Of two values that may not be there; undefined when neither is. */
export function* differenceBetween(before: Json | undefined, after: Json | undefined): Steps<Difference | undefined> {
  if (before === undefined) return after === undefined ? undefined : { kind: 'added', after };
  return after === undefined ? { kind: 'removed', before } : yield* differenceInSteps(before, after);
}

/** What is said of two equal values, instead of showing them. */
export function sameText(value: Json | undefined): string {
  if (value === undefined) return 'No value on either side.';
  if (isArray(value) || isObject(value)) return 'No differences: the two are equal.';
  return `The same: ${JSON.stringify(typeof value === 'string' ? value.slice(0, 200) : value).slice(0, 200)}`;
}
