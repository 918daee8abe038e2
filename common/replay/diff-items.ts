/**
 * Which item of one array is which of another. Objects that carry an identity (an id, a sku) are told by it; all others by what stays in
 * order (longest common subsequence), and what is left between by likeness. Arrays beyond a cap are compared place by place between the
 * items that occur once in both.
 */
import { isList as isArray, isObject } from '../schema/index.ts';
import type { Json } from '../runlog/events.ts';
import { commonPairs, risingPairs } from './diff-align.ts';
import type { Gap, Pair } from './diff-align.ts';
import { equalInSteps, hashInSteps } from './diff-equal.ts';
import type { Pace, Steps } from './steps.ts';

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
export function* alignItems(before: readonly Json[], after: readonly Json[], pace: Pace): Steps<readonly ItemPair[]> {
  const identity = yield* identityOf(before, after, pace);
  if (identity !== undefined) {
    const pairs = yield* risingPairs(yield* keyed(before, after, identity, pace), pace);
    return yield* fill(before, after, { pairs, equal: false }, pace);
  }
  const pairs = yield* commonPairs(...(yield* identifiers(before, after, pace)), pace);
  return yield* fill(before, after, { pairs, equal: true }, pace);
}

interface Known {
  readonly pairs: readonly Pair[];
  /** True when they were found by being equal: then what is left between them is told by likeness. */
  readonly equal: boolean;
}

/** All items, given those that belong together. */
function* fill(
  before: readonly Json[],
  after: readonly Json[],
  { pairs, equal }: Known,
  pace: Pace,
): Steps<readonly ItemPair[]> {
  const result: ItemPair[] = [];
  let from = 0;
  let afterFrom = 0;
  function* alone(to: number, afterTo: number): Steps<void> {
    for (; from < to; from += 1) {
      result.push({ before: from, after: undefined, equal: false });
      if (pace.isDue()) yield;
    }
    for (; afterFrom < afterTo; afterFrom += 1) {
      result.push({ before: undefined, after: afterFrom, equal: false });
      if (pace.isDue()) yield;
    }
  }
  function* gap(to: number, afterTo: number): Steps<void> {
    if (equal && from < to && afterFrom < afterTo) {
      for (const [index, afterIndex] of yield* alike(before, after, { from, to, afterFrom, afterTo }, pace)) {
        yield* alone(index, afterIndex);
        result.push({ before: index, after: afterIndex, equal: false });
        from = index + 1;
        afterFrom = afterIndex + 1;
        if (pace.isDue()) yield;
      }
    }
    if (from < to || afterFrom < afterTo) yield* alone(to, afterTo);
  }
  for (const [index, afterIndex] of pairs) {
    if (from < index || afterFrom < afterIndex) yield* gap(index, afterIndex);
    result.push({ before: index, after: afterIndex, equal });
    from = index + 1;
    afterFrom = afterIndex + 1;
    if (pace.isDue()) yield;
  }
  yield* gap(before.length, after.length);
  return result;
}

// By identity

const identityNames = ['id', '_id', 'uuid', 'key', 'sku', 'slug', 'code', 'name', 'path', 'url'];

/** The field that tells the objects of both arrays apart; undefined when there is none, or they are no objects. */
function* identityOf(before: readonly Json[], after: readonly Json[], pace: Pace): Steps<string | undefined> {
  const [first] = before;
  if (!isObject(first) || after.length === 0) return undefined;
  const ending = Object.keys(first).filter((name) => /(?:Id|_id|ID)$/.test(name) && !identityNames.includes(name));
  for (const name of [...identityNames, ...ending]) {
    if (!Object.hasOwn(first, name)) continue;
    if ((yield* isIdentity(before, name, pace)) && (yield* isIdentity(after, name, pace))) return name;
  }
  return undefined;
}

function* isIdentity(items: readonly Json[], name: string, pace: Pace): Steps<boolean> {
  const seen = new Set<string | number>();
  for (const item of items) {
    const value = isObject(item) && Object.hasOwn(item, name) ? item[name] : undefined;
    if ((typeof value !== 'string' && typeof value !== 'number') || seen.has(value)) return false;
    seen.add(value);
    if (pace.isDue()) yield;
  }
  return true;
}

/** For each item of `before` with a partner its place in `after`. */
function* keyed(before: readonly Json[], after: readonly Json[], name: string, pace: Pace): Steps<readonly Pair[]> {
  const places = new Map<Json | undefined, number>();
  for (const [index, item] of after.entries()) {
    places.set(isObject(item) ? item[name] : undefined, index);
    if (pace.isDue()) yield;
  }
  const pairs: Pair[] = [];
  for (const [index, item] of before.entries()) {
    const place = places.get(isObject(item) ? item[name] : undefined);
    if (place !== undefined) pairs.push([index, place]);
    if (pace.isDue()) yield;
  }
  return pairs;
}

// By equality

/** Equal items of both arrays get the same number. */
function* identifiers(
  before: readonly Json[],
  after: readonly Json[],
  pace: Pace,
): Steps<readonly [before: Int32Array, after: Int32Array]> {
  const buckets = new Map<number, { readonly value: Json; readonly id: number }[]>();
  let next = 0;
  function* idOf(value: Json): Steps<number> {
    const hash = yield* hashInSteps(value, 17, pace);
    const bucket = buckets.get(hash) ?? [];
    for (const known of bucket) if (yield* equalInSteps(known.value, value, pace)) return known.id;
    if (bucket.length === 0) buckets.set(hash, bucket);
    const id = next;
    next += 1;
    bucket.push({ value, id });
    return id;
  }
  function* idsOf(items: readonly Json[]): Steps<Int32Array> {
    const ids = new Int32Array(items.length);
    for (let index = 0; index < items.length; index += 1) {
      ids[index] = yield* idOf(items[index] ?? null);
      if (pace.isDue()) yield;
    }
    return ids;
  }
  return [yield* idsOf(before), yield* idsOf(after)];
}

// By likeness

/** Which of the items between two equal ones are the same with something changed. */
function* alike(before: readonly Json[], after: readonly Json[], gap: Gap, pace: Pace): Steps<readonly Pair[]> {
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
      const score = yield* likeness(before[from + row] ?? null, after[afterFrom + column] ?? null, pace);
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
function* likeness(before: Json, after: Json, pace: Pace): Steps<number> {
  if (isObject(before) && isObject(after)) {
    const names = Object.keys(before);
    let equal = 0;
    for (const name of names) {
      if (!Object.hasOwn(after, name)) continue;
      if (yield* equalInSteps(before[name] ?? null, after[name] ?? null, pace)) equal += 1;
      if (pace.isDue()) yield;
    }
    return 0.1 + (0.9 * equal) / Math.max(1, names.length, Object.keys(after).length);
  }
  if (isArray(before) && isArray(after)) return 0.2;
  const plain = typeof before !== 'object' && typeof after !== 'object';
  return plain && typeof before === typeof after ? 0.1 : 0;
}
