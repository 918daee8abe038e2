/**
 * Which item of one array is which of another. Objects that carry an identity (an id, a sku) are told by it; all others by what stays in
 * order (longest common subsequence), and what is left between by likeness. Arrays beyond a cap are compared place by place between the
 * items that occur once in both.
 */
import { equalJson } from '../schema/index.ts';
import type { Json } from '../runlog/events.ts';
import { commonPairs, risingPairs } from './diff-align.ts';
import type { Gap, Pair } from './diff-align.ts';

export interface ItemPair {
  /** Undefined for an item that was added. */
  readonly before: number | undefined;
  /** Undefined for an item that was removed. */
  readonly after: number | undefined;
  /** True when the two are known to be equal; false does not say that they differ. */
  readonly equal: boolean;
}

/** Cells of the table for what is alike: each costs a comparison of two items. */
const maxLikeCells = 2_500;

/** Every item of both, in order. */
export function alignItems(before: readonly Json[], after: readonly Json[]): readonly ItemPair[] {
  const identity = identityOf(before, after);
  if (identity !== undefined) {
    const known = keyed(before, after, identity);
    return fill(before.length, after.length, risingPairs(known), false, () => []);
  }
  const ids = identifiers(before, after);
  return fill(before.length, after.length, commonPairs(ids.before, ids.after), true, (gap) =>
    alike(before, after, gap),
  );
}

/** All items, given those that belong together; `between` finds more pairs in what is left between them. */
function fill(
  beforeLength: number,
  afterLength: number,
  pairs: readonly Pair[],
  equal: boolean,
  between: (gap: Gap) => readonly Pair[],
): readonly ItemPair[] {
  const result: ItemPair[] = [];
  let from = 0;
  let afterFrom = 0;
  const alone = (to: number, afterTo: number): void => {
    for (; from < to; from += 1) result.push({ before: from, after: undefined, equal: false });
    for (; afterFrom < afterTo; afterFrom += 1) result.push({ before: undefined, after: afterFrom, equal: false });
  };
  const gap = (to: number, afterTo: number): void => {
    if (from < to && afterFrom < afterTo) {
      for (const [index, afterIndex] of between({ from, to, afterFrom, afterTo })) {
        alone(index, afterIndex);
        result.push({ before: index, after: afterIndex, equal: false });
        from = index + 1;
        afterFrom = afterIndex + 1;
      }
    }
    alone(to, afterTo);
  };
  for (const [index, afterIndex] of pairs) {
    gap(index, afterIndex);
    result.push({ before: index, after: afterIndex, equal });
    from = index + 1;
    afterFrom = afterIndex + 1;
  }
  gap(beforeLength, afterLength);
  return result;
}

// By identity

const identityNames = ['id', '_id', 'uuid', 'key', 'sku', 'slug', 'code', 'name', 'path', 'url'];

/** The field that tells the objects of both arrays apart; undefined when there is none, or they are no objects. */
function identityOf(before: readonly Json[], after: readonly Json[]): string | undefined {
  const [first] = before;
  if (!isObject(first) || after.length === 0) return undefined;
  const ending = Object.keys(first).filter((name) => /(?:Id|_id|ID)$/.test(name) && !identityNames.includes(name));
  return [...identityNames, ...ending].find(
    (name) => Object.hasOwn(first, name) && isIdentity(before, name) && isIdentity(after, name),
  );
}

function isIdentity(items: readonly Json[], name: string): boolean {
  const seen = new Set<string | number>();
  for (const item of items) {
    const value = isObject(item) && Object.hasOwn(item, name) ? item[name] : undefined;
    if ((typeof value !== 'string' && typeof value !== 'number') || seen.has(value)) return false;
    seen.add(value);
  }
  return true;
}

/** For each item of `before` with a partner its place in `after`. */
function keyed(before: readonly Json[], after: readonly Json[], name: string): readonly Pair[] {
  const places = new Map(after.map((item, index) => [isObject(item) ? item[name] : undefined, index]));
  return before.flatMap((item, index): readonly Pair[] => {
    const place = places.get(isObject(item) ? item[name] : undefined);
    return place === undefined ? [] : [[index, place]];
  });
}

// By equality

/** Equal items of both arrays get the same number. */
function identifiers(
  before: readonly Json[],
  after: readonly Json[],
): { readonly before: Int32Array; readonly after: Int32Array } {
  const buckets = new Map<number, { readonly value: Json; readonly id: number }[]>();
  let next = 0;
  const idOf = (value: Json): number => {
    const hash = hashOf(value, 17);
    const bucket = buckets.get(hash);
    const known = bucket?.find((entry) => equalJson(entry.value, value));
    if (known !== undefined) return known.id;
    const entry = { value, id: next };
    next += 1;
    if (bucket === undefined) buckets.set(hash, [entry]);
    else bucket.push(entry);
    return entry.id;
  };
  return { before: Int32Array.from(before, idOf), after: Int32Array.from(after, idOf) };
}

/** The same for equal values: the order of fields makes no difference. */
function hashOf(value: Json, seed: number): number {
  if (typeof value === 'string') return hashText(value, seed);
  if (typeof value !== 'object' || value === null) return hashText(String(value), seed + 7);
  if (isArray(value)) return value.reduce<number>((hash, item) => hashOf(item, hash), (seed + 31) | 0);
  let sum = 0;
  for (const [name, inner] of Object.entries(value)) sum = (sum + hashOf(inner, hashText(name, seed + 13))) | 0;
  return sum;
}

/** Characters that are looked at of a long text. */
const hashedCharacters = 256;

function hashText(text: string, seed: number): number {
  let hash = (seed ^ text.length) | 0;
  const step = Math.max(1, Math.floor(text.length / hashedCharacters));
  for (let index = 0; index < text.length; index += step) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

// By likeness

/** Which of the items between two equal ones are the same with something changed. */
function alike(before: readonly Json[], after: readonly Json[], gap: Gap): readonly Pair[] {
  const { from, to, afterFrom, afterTo } = gap;
  const rows = to - from;
  const columns = afterTo - afterFrom;
  if (rows === columns || rows * columns > maxLikeCells) {
    return Array.from({ length: Math.min(rows, columns) }, (_, index): Pair => [from + index, afterFrom + index]);
  }
  const width = columns + 1;
  const scores = new Float64Array((rows + 1) * width);
  const likenesses = new Float64Array(rows * columns);
  const at = (row: number, column: number): number => scores[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const score = likeness(before[from + row] ?? null, after[afterFrom + column] ?? null);
      likenesses[row * columns + column] = score;
      scores[row * width + column] = Math.max(
        score === 0 ? 0 : at(row + 1, column + 1) + score,
        at(row + 1, column),
        at(row, column + 1),
      );
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    const score = likenesses[row * columns + column] ?? 0;
    if (score > 0 && at(row, column) === at(row + 1, column + 1) + score) {
      pairs.push([from + row, afterFrom + column]);
      row += 1;
      column += 1;
    } else if (at(row, column) === at(row + 1, column)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** 0 for two values of which one cannot have become the other, up to 1. */
function likeness(before: Json, after: Json): number {
  if (isObject(before) && isObject(after)) {
    const names = Object.keys(before);
    const equal = names.filter((name) => Object.hasOwn(after, name) && equalJson(before[name], after[name]));
    return 0.1 + (0.9 * equal.length) / Math.max(1, names.length, Object.keys(after).length);
  }
  if (isArray(before) && isArray(after)) return 0.2;
  const plain = typeof before !== 'object' && typeof after !== 'object';
  return plain && typeof before === typeof after ? 0.1 : 0;
}

type JsonObject = { readonly [key: string]: Json };

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
