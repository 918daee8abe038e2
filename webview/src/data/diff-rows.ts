/** The rows that the difference between two values is shown in. Pure. */
import { changesIn, differenceOf } from '../../../common/replay/diff.ts';
import type { Difference, DifferenceEntry } from '../../../common/replay/diff.ts';
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
export function diffRows(difference: Difference, look: DiffLook): readonly DiffRow[] {
  const rows: DiffRow[] = [];

  const addEntries = (entries: readonly DifferenceEntry[], around: Place): void => {
    let same: DifferenceEntry[] = [];
    const flush = (): void => {
      const [first] = same;
      if (first === undefined) return;
      const id = `${around.id}~${first.before}:${first.after}`;
      // One row alone takes no more room than the row that would stand for it.
      const open = !look.onlyChanges || same.length === 1 || look.isOpen(id) === true;
      if (!open) rows.push(hiddenRow(id, around.level + 1, same.length));
      else for (const entry of same) addEntry(entry, around);
      same = [];
    };
    for (const entry of entries) {
      if (entry.difference.kind === 'same') same.push(entry);
      else {
        flush();
        addEntry(entry, around);
      }
    }
    flush();
  };

  const addEntry = ({ before, after, difference: inner }: DifferenceEntry, around: Place): void => {
    add(inner, {
      id: `${around.id}/${before ?? ''}:${after ?? ''}`,
      level: around.level + 1,
      before: before === undefined ? undefined : [...(around.before ?? []), before],
      after: after === undefined ? undefined : [...(around.after ?? []), after],
      key: { before, after },
      line: around.text,
      text: false,
    });
  };

  const add = (inner: Difference, place: Place): void => {
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
    if (open || (place.level === 0 && parts.expandable)) addEntries(parts.entries(), { ...place, line: false, text });
  };

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
  if (difference.kind === 'inside') add(difference, root);
  else add(difference, { ...root, level: 1 });
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

interface Parts {
  readonly expandable: boolean;
  readonly text: boolean;
  readonly entries: () => readonly DifferenceEntry[];
}

/** What is seen when a row is opened. */
function partsOf(difference: Difference, columns: number): Parts {
  switch (difference.kind) {
    case 'inside':
      return { expandable: true, text: false, entries: () => difference.entries };
    case 'changed': {
      const { before, after } = difference;
      if (typeof before === 'string' && typeof after === 'string') {
        const expandable = isLong(before, columns) || isLong(after, columns);
        return { expandable, text: true, entries: () => lineEntries(before, after, columns) };
      }
      const expandable = isContainer(before) || isContainer(after);
      return {
        expandable,
        text: false,
        entries: () => [...entriesOf(before, 'removed'), ...entriesOf(after, 'added')],
      };
    }
    case 'same':
      return partsOfOne(difference.value, 'same', columns);
    case 'removed':
      return partsOfOne(difference.before, 'removed', columns);
    case 'added':
      return partsOfOne(difference.after, 'added', columns);
  }
}

type OneMark = 'same' | 'added' | 'removed';

function partsOfOne(value: Json, mark: OneMark, columns: number): Parts {
  if (typeof value === 'string') {
    const lines = (): readonly DifferenceEntry[] =>
      wrapped(value, columns).map((line, index) => entry(index, line, mark));
    return { expandable: isLong(value, columns), text: true, entries: lines };
  }
  return { expandable: isContainer(value), text: false, entries: () => entriesOf(value, mark) };
}

function entriesOf(value: Json, mark: OneMark): readonly DifferenceEntry[] {
  if (isArray(value)) return value.map((item, index) => entry(index, item, mark));
  return isObject(value) ? keysOf(value).map((key) => entry(key, value[key] ?? null, mark)) : [];
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

function lineEntries(before: string, after: string, columns: number): readonly DifferenceEntry[] {
  const [left, right] = [wrapped(before, columns), wrapped(after, columns)];
  const difference = differenceOf(left, right);
  if (difference.kind === 'inside') return difference.entries;
  return [...entriesOf(left, 'removed'), ...entriesOf(right, 'added')];
}

function isContainer(value: Json): boolean {
  return isArray(value) ? value.length > 0 : isObject(value) && keysOf(value).length > 0;
}

function isLong(text: string, columns: number): boolean {
  return text.length > columns || text.includes('\n');
}

/** Lines, cut where a row ends. */
function wrapped(text: string, columns: number): readonly string[] {
  const width = Math.max(20, columns - 6);
  return text.split('\n').flatMap((line) => {
    const pieces: string[] = [];
    for (let start = 0; start === 0 || start < line.length; start += width)
      pieces.push(line.slice(start, start + width));
    return pieces;
  });
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
export function differenceBetween(before: Json | undefined, after: Json | undefined): Difference | undefined {
  if (before === undefined) return after === undefined ? undefined : { kind: 'added', after };
  return after === undefined ? { kind: 'removed', before } : differenceOf(before, after);
}

/** What is said of two equal values, instead of showing them. */
export function sameText(value: Json | undefined): string {
  if (value === undefined) return 'No value on either side.';
  return isArray(value) || isObject(value)
    ? 'No differences: the two are equal.'
    : `The same: ${JSON.stringify(value).slice(0, 200)}`;
}
