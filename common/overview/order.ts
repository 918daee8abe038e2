/** Positions along a line that stay in order and apart, as near as can be to where they want to be. Pure. */

export interface Placed {
  /** Length along the line, with the gap behind it. */
  readonly length: number;
  /** Where its beginning wants to be. */
  readonly wanted: number;
}

/**
 * Beginnings that keep the order and leave each its length, with the least sum of squared distances from what is wanted
 * (pool adjacent violators; linear).
 */
export function arrange(items: readonly Placed[]): readonly number[] {
  // With the lengths before it taken off, "in order and apart" becomes "does not fall".
  interface Pool {
    sum: number;
    count: number;
  }
  const pools: Pool[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const { length, wanted } of items) {
    offsets.push(offset);
    let pool: Pool = { sum: wanted - offset, count: 1 };
    offset += length;
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count <= pool.sum / pool.count) break;
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  }
  const levels = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  return levels.map((level, index) => level + (offsets[index] ?? 0));
}
