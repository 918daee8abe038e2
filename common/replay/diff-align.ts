/** Which of two lists of numbers belong together in order: longest common subsequence, within a cap; in steps. Pure. */
import type { Pace, Steps } from './steps.ts';

/** Cells of the table for a longest common subsequence: 4 MB. */
const maxCells = 1_000_000;

/** A piece of both lists; the ends are exclusive. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly afterFrom: number;
  readonly afterTo: number;
}

export type Pair = readonly [before: number, after: number];

/**
 * Pairs of places with equal numbers, rising on both sides: as many as possible. Beyond the cap, between numbers that occur once in both.
 */
export function* commonPairs(before: Int32Array, after: Int32Array, pace: Pace): Steps<readonly Pair[]> {
  const pairs: Pair[] = [];
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  for (; start < shorter && before[start] === after[start]; start += 1) {
    pairs.push([start, start]);
    if (pace.isDue()) yield;
  }
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const middle = { from: start, to: before.length - end, afterFrom: start, afterTo: after.length - end };
  yield* addMiddle(pairs, before, after, middle, pace);
  for (; end > 0; end -= 1) {
    pairs.push([before.length - end, after.length - end]);
    if (pace.isDue()) yield;
  }
  return pairs;
}

function* addMiddle(pairs: Pair[], before: Int32Array, after: Int32Array, gap: Gap, pace: Pace): Steps<void> {
  const cells = (gap.to - gap.from) * (gap.afterTo - gap.afterFrom);
  if (cells === 0) return;
  if (cells <= maxCells) {
    pairs.push(...longestCommon(before, after, gap));
    return;
  }
  const anchors = yield* risingPairs(yield* uniquePairs(before, after, gap, pace), pace);
  let { from, afterFrom } = gap;
  function* between(to: number, afterTo: number): Steps<void> {
    const inner = { from, to, afterFrom, afterTo };
    const size = (to - from) * (afterTo - afterFrom);
    if (size === 0 || size > maxCells) return;
    pairs.push(...longestCommon(before, after, inner));
    // A full table alone takes a few milliseconds.
    yield;
  }
  for (const anchor of anchors) {
    yield* between(...anchor);
    pairs.push(anchor);
    from = anchor[0] + 1;
    afterFrom = anchor[1] + 1;
    if (pace.isDue()) yield;
  }
  yield* between(gap.to, gap.afterTo);
}

function longestCommon(before: Int32Array, after: Int32Array, { from, to, afterFrom, afterTo }: Gap): readonly Pair[] {
  const rows = to - from;
  const columns = afterTo - afterFrom;
  const width = columns + 1;
  const lengths = new Int32Array((rows + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[from + row] === after[afterFrom + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (before[from + row] === after[afterFrom + column]) {
      pairs.push([from + row, afterFrom + column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Items that occur once in both, by their place in `before`. */
function* uniquePairs(
  before: Int32Array,
  after: Int32Array,
  { from, to, afterFrom, afterTo }: Gap,
  pace: Pace,
): Steps<readonly Pair[]> {
  const others = yield* placesIn(after, afterFrom, afterTo, pace);
  const pairs: Pair[] = [];
  for (const [id, place] of yield* placesIn(before, from, to, pace)) {
    const other = others.get(id) ?? -1;
    if (place !== -1 && other !== -1) pairs.push([place, other]);
    if (pace.isDue()) yield;
  }
  return pairs;
}

/** Place of each number, -1 for one that occurs again. */
function* placesIn(items: Int32Array, start: number, end: number, pace: Pace): Steps<ReadonlyMap<number, number>> {
  const places = new Map<number, number>();
  for (let index = start; index < end; index += 1) {
    const id = items[index] ?? 0;
    places.set(id, places.has(id) ? -1 : index);
    if (pace.isDue()) yield;
  }
  return places;
}

/** The most of `pairs`, which rise in their first number, that rise in the second as well. */
export function* risingPairs(pairs: readonly Pair[], pace: Pace): Steps<readonly Pair[]> {
  /** Index into `pairs` of the smallest end of a rising row of each length. */
  const ends: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  const afterOf = (index: number | undefined): number => (index === undefined ? -1 : (pairs[index]?.[1] ?? -1));
  for (let index = 0; index < pairs.length; index += 1) {
    const wanted = afterOf(index);
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (afterOf(ends[middle]) < wanted) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
    if (pace.isDue()) yield;
  }
  const rising: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) rising.push(pair);
    if (pace.isDue()) yield;
  }
  return rising.reverse();
}
