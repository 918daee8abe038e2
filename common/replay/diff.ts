/**
 * What is different between two JSON values, as a structure of the same shape as they have: fields by their names, items of arrays by
 * what stays in order (see diff-items.ts). Pure; `applyDifference` leads from one value to the other.
 */
import { equalJson } from '../schema/index.ts';
import type { Json } from '../runlog/events.ts';
import type { JsonPath } from '../runlog/path.ts';
import { alignItems } from './diff-items.ts';

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

type JsonObject = { readonly [key: string]: Json };

/** The difference that leads from `before` to `after`. Parts that are the same are those of `after`. */
export function differenceOf(before: Json, after: Json): Difference {
  if (before === after) return { kind: 'same', value: after };
  // Most arrays in what is compared are equal, and aligning them costs more than looking.
  if (isArray(before) && isArray(after) && before.length === after.length && equalJson(before, after)) {
    return { kind: 'same', value: after };
  }
  if (isArray(before) && isArray(after)) return insideOf('array', itemEntries(before, after), before, after);
  if (isObject(before) && isObject(after)) return insideOf('object', fieldEntries(before, after), before, after);
  return equalJson(before, after) ? { kind: 'same', value: after } : { kind: 'changed', before, after };
}

function insideOf(of: 'object' | 'array', entries: readonly DifferenceEntry[], before: Json, after: Json): Difference {
  const changes = entries.reduce((sum, { difference }) => sum + changesIn(difference), 0);
  if (changes === 0) return { kind: 'same', value: after };
  const common = entries.some(({ difference }) => difference.kind === 'same' || difference.kind === 'inside');
  const paired = entries.some(({ difference }) => difference.kind === 'changed');
  // Fields that are named alike are something in common, items that stand at the same place are not.
  if (!common && !(of === 'object' && paired) && entries.length > 1) return { kind: 'changed', before, after };
  return { kind: 'inside', of, entries, changes };
}

/** In the order of `after`; what was removed stands where it stood. */
function fieldEntries(before: JsonObject, after: JsonObject): readonly DifferenceEntry[] {
  const names = Object.keys(before);
  const afterNames = Object.keys(after);
  // Two values of one schema mostly have the same fields in the same order.
  if (names.length === afterNames.length && names.every((name, index) => name === afterNames[index])) {
    return names.map((key) => ({
      before: key,
      after: key,
      difference: differenceOf(before[key] ?? null, after[key] ?? null),
    }));
  }
  const entries: DifferenceEntry[] = [];
  const removed = (key: string): DifferenceEntry => ({
    before: key,
    after: undefined,
    difference: { kind: 'removed', before: before[key] ?? null },
  });
  let next = 0;
  const skipRemoved = (): void => {
    for (let key = names[next]; key !== undefined && !Object.hasOwn(after, key); key = names[next]) {
      entries.push(removed(key));
      next += 1;
    }
  };
  const positions = new Map(names.map((key, index) => [key, index]));
  const told = new Set<string>();
  skipRemoved();
  for (const key of afterNames) {
    const position = positions.get(key);
    if (position === undefined) {
      entries.push({ before: undefined, after: key, difference: { kind: 'added', after: after[key] ?? null } });
      continue;
    }
    told.add(key);
    entries.push({ before: key, after: key, difference: differenceOf(before[key] ?? null, after[key] ?? null) });
    if (position === next) {
      next += 1;
      skipRemoved();
    }
  }
  // What the order of the fields hid.
  for (; next < names.length; next += 1) {
    const key = names[next] ?? '';
    if (!told.has(key) && !Object.hasOwn(after, key)) entries.push(removed(key));
  }
  return entries;
}

function itemEntries(before: readonly Json[], after: readonly Json[]): readonly DifferenceEntry[] {
  return alignItems(before, after).map(({ before: from, after: to, equal }): DifferenceEntry => {
    if (from === undefined) return { before: from, after: to, difference: { kind: 'added', after: itemAt(after, to) } };
    if (to === undefined)
      return { before: from, after: to, difference: { kind: 'removed', before: itemAt(before, from) } };
    if (equal) return { before: from, after: to, difference: { kind: 'same', value: itemAt(after, to) } };
    return { before: from, after: to, difference: differenceOf(itemAt(before, from), itemAt(after, to)) };
  });
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

/** Array.isArray does not tell read-only arrays from objects. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
