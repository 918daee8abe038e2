/**
 * What is different between two JSON values, as a structure of the same shape as they have: fields by their names, items of arrays by
 * what stays in order (see diff-items.ts). Pure; `applyDifference` leads from one value to the other.
 */
import { isList as isArray, isObject } from '../schema/index.ts';
import type { JsonObject } from '../schema/index.ts';
import type { Json } from '../runlog/events.ts';
import type { JsonPath } from '../runlog/path.ts';
import { equalAtOnce, equalInSteps } from './diff-equal.ts';
import { alignItems } from './diff-items.ts';
import { createPace, inOnePiece } from './steps.ts';
import type { Pace, Steps } from './steps.ts';

export type Difference =
  | { readonly kind: 'same'; readonly value: Json }
  /** Two values with nothing in common that could be told in parts. */
  | { readonly kind: 'changed'; readonly before: Json; readonly after: Json }
  | { readonly kind: 'removed'; readonly before: Json }
  | { readonly kind: 'added'; readonly after: Json }
  /** Two objects, or two arrays, of which parts are the same. */
  | {
      readonly kind: 'inside';
      readonly of: 'object' | 'array';
      readonly entries: readonly DifferenceEntry[];
      /** How many parts were changed, removed or added, at any depth. */
      readonly changes: number;
    };

/** A field or an item. The two keys of a field are the same; an item has one place before and another one after. */
export interface DifferenceEntry {
  /** Undefined for what was added. */
  readonly before: string | number | undefined;
  /** Undefined for what was removed. */
  readonly after: string | number | undefined;
  readonly difference: Difference;
}

/** The difference that leads from `before` to `after`. Parts that are the same are those of `after`. */
export function differenceOf(before: Json, after: Json): Difference {
  return inOnePiece(differenceInSteps(before, after));
}

/** The same for values of any size. */
export function* differenceInSteps(before: Json, after: Json, pace: Pace = createPace()): Steps<Difference> {
  const told = toldAtOnce(before, after);
  if (told !== undefined) return told;
  if (isArray(before) && isArray(after)) {
    // Most arrays in what is compared are equal, and aligning them costs more than looking.
    const equal = before.length === after.length && (yield* equalInSteps(before, after, pace));
    return equal ? { kind: 'same', value: after } : yield* itemsInSteps(before, after, pace);
  }
  if (isObject(before) && isObject(after)) return yield* fieldsInSteps(before, after, pace);
  return { kind: 'changed', before, after };
}

/** Undefined for two values of which one has to look inside. */
function toldAtOnce(before: Json, after: Json): Difference | undefined {
  const equal = equalAtOnce(before, after);
  if (equal === undefined) return undefined;
  return equal ? { kind: 'same', value: after } : { kind: 'changed', before, after };
}

/** Takes the parts of two values one after the other, and tells what they come to. */
function createParts(of: 'object' | 'array', before: Json, after: Json) {
  const entries: DifferenceEntry[] = [];
  let changes = 0;
  let common = false;
  let paired = false;
  return {
    add(entry: DifferenceEntry): void {
      const { kind } = entry.difference;
      entries.push(entry);
      changes += changesIn(entry.difference);
      common ||= kind === 'same' || kind === 'inside';
      paired ||= kind === 'changed';
    },
    difference(): Difference {
      if (changes === 0) return { kind: 'same', value: after };
      // Fields that are named alike are something in common, items that stand at the same place are not.
      if (!common && !(of === 'object' && paired) && entries.length > 1) return { kind: 'changed', before, after };
      return { kind: 'inside', of, entries, changes };
    },
  };
}

/** In the order of `after`; what was removed stands where it stood. */
function* fieldsInSteps(before: JsonObject, after: JsonObject, pace: Pace): Steps<Difference> {
  const names = Object.keys(before);
  const afterNames = Object.keys(after);
  const parts = createParts('object', before, after);
  function* both(key: string): Steps<void> {
    const [from, to] = [before[key] ?? null, after[key] ?? null];
    const difference = toldAtOnce(from, to) ?? (yield* differenceInSteps(from, to, pace));
    parts.add({ before: key, after: key, difference });
    if (pace.isDue()) yield;
  }
  // Two values of one schema mostly have the same fields in the same order.
  if (names.length === afterNames.length && names.every((name, index) => name === afterNames[index])) {
    for (const name of names) yield* both(name);
    return parts.difference();
  }
  const remove = (key: string): void =>
    parts.add({ before: key, after: undefined, difference: { kind: 'removed', before: before[key] ?? null } });
  let next = 0;
  function* skipRemoved(): Steps<void> {
    for (let key = names[next]; key !== undefined && !Object.hasOwn(after, key); key = names[next]) {
      remove(key);
      next += 1;
      if (pace.isDue()) yield;
    }
  }
  const positions = new Map(names.map((key, index) => [key, index]));
  const told = new Set<string>();
  yield* skipRemoved();
  for (const key of afterNames) {
    const position = positions.get(key);
    if (position === undefined) {
      parts.add({ before: undefined, after: key, difference: { kind: 'added', after: after[key] ?? null } });
      if (pace.isDue()) yield;
      continue;
    }
    told.add(key);
    yield* both(key);
    if (position === next) {
      next += 1;
      yield* skipRemoved();
    }
  }
  // What the order of the fields hid.
  for (; next < names.length; next += 1) {
    const key = names[next] ?? '';
    if (!told.has(key) && !Object.hasOwn(after, key)) remove(key);
    if (pace.isDue()) yield;
  }
  return parts.difference();
}

function* itemsInSteps(before: readonly Json[], after: readonly Json[], pace: Pace): Steps<Difference> {
  const parts = createParts('array', before, after);
  for (const { before: from, after: to, equal } of yield* alignItems(before, after, pace)) {
    const [item, other] = [itemAt(before, from), itemAt(after, to)];
    const difference: Difference =
      from === undefined
        ? { kind: 'added', after: other }
        : to === undefined
          ? { kind: 'removed', before: item }
          : equal
            ? { kind: 'same', value: other }
            : (toldAtOnce(item, other) ?? (yield* differenceInSteps(item, other, pace)));
    parts.add({ before: from, after: to, difference });
    if (pace.isDue()) yield;
  }
  return parts.difference();
}

function itemAt(items: readonly Json[], index: number | undefined): Json {
  return (index === undefined ? undefined : items[index]) ?? null;
}

/** How many parts are different, at any depth; 0 when the two are the same. */
export function changesIn(difference: Difference): number {
  switch (difference.kind) {
    case 'same':
      return 0;
    case 'inside':
      return difference.changes;
    case 'changed':
    case 'removed':
    case 'added':
      return 1;
  }
}

/** The value after, from the value before. What is undefined was not there. */
export function applyDifference(before: Json | undefined, difference: Difference): Json | undefined {
  return side(before, difference, 'after');
}

/** The value before, from the value after. */
export function revertDifference(after: Json | undefined, difference: Difference): Json | undefined {
  return side(after, difference, 'before');
}

function side(other: Json | undefined, difference: Difference, wanted: 'before' | 'after'): Json | undefined {
  const from = wanted === 'after' ? 'before' : 'after';
  switch (difference.kind) {
    case 'same':
      return other;
    case 'changed':
      return difference[wanted];
    case 'removed':
      return wanted === 'before' ? difference.before : undefined;
    case 'added':
      return wanted === 'after' ? difference.after : undefined;
    case 'inside': {
      const parts = difference.entries.flatMap((entry): readonly (readonly [string | number, Json])[] => {
        const key = entry[wanted];
        if (key === undefined) return [];
        const otherKey = entry[from];
        const part = side(otherKey === undefined ? undefined : partOf(other, otherKey), entry.difference, wanted);
        return part === undefined ? [] : [[key, part]];
      });
      // fromEntries defines fields: also one that is named `__proto__`.
      return difference.of === 'array' ? parts.map(([, part]) => part) : Object.fromEntries(parts);
    }
  }
}

function partOf(value: Json | undefined, key: string | number): Json | undefined {
  if (value === undefined || value === null || typeof value !== 'object') return undefined;
  if (isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return value[String(key)];
}

export interface Change {
  /** Where it is in the value after; of what was removed, in the value before. */
  readonly path: JsonPath;
  readonly difference: Extract<Difference, { readonly kind: 'changed' | 'removed' | 'added' }>;
}

/** The first part that is different; undefined when the two are the same. */
export function firstChange(difference: Difference): Change | undefined {
  const path: (string | number)[] = [];
  for (let current = difference; ;) {
    if (current.kind === 'same') return undefined;
    if (current.kind !== 'inside') return { path, difference: current };
    const entry = current.entries.find((candidate) => changesIn(candidate.difference) > 0);
    const key = entry?.after ?? entry?.before;
    if (entry === undefined || key === undefined) return undefined;
    path.push(key);
    current = entry.difference;
  }
}
