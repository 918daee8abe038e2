/** A graph of uses as columns: who uses stands left of what it uses. Pure and deterministic. */

export interface Use {
  readonly from: string;
  readonly to: string;
}

export interface Layered {
  /** Ids from the left to the right column, each column from the top. A long use passes the columns between in a `passing` item. */
  readonly columns: readonly (readonly LayerItem[])[];
  /** Uses that lead back, since the workflows nest each other in a circle. */
  readonly back: readonly Use[];
}

export interface LayerItem {
  /** Of a passing item: unique among all. */
  readonly id: string;
  readonly passing: Use | undefined;
  /** Neighbours in the columns beside it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The connected parts of a graph, in the order of their first id. */
export function connectedParts(ids: readonly string[], uses: readonly Use[]): readonly (readonly string[])[] {
  const neighbours = neighboursOf(
    uses.flatMap(({ from, to }) => [
      { from, to },
      { from: to, to: from },
    ]),
  );
  const seen = new Set<string>();
  const parts: string[][] = [];
  for (const first of ids) {
    if (seen.has(first)) continue;
    const part: string[] = [];
    const open = [first];
    seen.add(first);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      part.push(id);
      for (const next of neighbours.get(id) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    const members = new Set(part);
    parts.push(ids.filter((id) => members.has(id)));
  }
  return parts;
}

/** The columns of one connected part. `uses` name ids of the part only, each pair once, none from an id to itself. */
export function layers(ids: readonly string[], uses: readonly Use[]): Layered {
  const back = new Set(circleUses(ids, uses));
  const forward = uses.filter((use) => !back.has(use));
  const depth = longestPaths(ids, forward);
  const items = new Map(ids.map((id) => [id, draft(undefined)]));
  const columns: string[][] = Array.from({ length: Math.max(...depth.values(), 0) + 1 }, () => []);
  // Depth first: what belongs together begins close together.
  const targets = neighboursOf(forward);
  const placed = new Set<string>();
  const hasUser = new Set(forward.map(({ to }) => to));
  const open = ids.filter((id) => !hasUser.has(id)).toReversed();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (placed.has(id)) continue;
    placed.add(id);
    columns[depth.get(id) ?? 0]?.push(id);
    open.push(...(targets.get(id) ?? []).toReversed());
  }
  for (const use of forward) {
    let previous = use.from;
    for (let column = (depth.get(use.from) ?? 0) + 1; column < (depth.get(use.to) ?? 0); column += 1) {
      const id = `${use.from}\u0000${use.to}\u0000${column}`;
      items.set(id, draft(use));
      columns[column]?.push(id);
      link(items, previous, id);
      previous = id;
    }
    link(items, previous, use.to);
  }
  return {
    columns: untangled(columns, items).map((column) =>
      column.map((id) => ({ id, ...(items.get(id) ?? draft(undefined)) })),
    ),
    back: [...back],
  };
}

interface Draft {
  readonly passing: Use | undefined;
  readonly before: string[];
  readonly after: string[];
}

function draft(passing: Use | undefined): Draft {
  return { passing, before: [], after: [] };
}

function link(items: ReadonlyMap<string, Draft>, from: string, to: string): void {
  items.get(from)?.after.push(to);
  items.get(to)?.before.push(from);
}

function neighboursOf(uses: readonly Use[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of uses) {
    const list = found.get(from);
    if (list === undefined) found.set(from, [to]);
    else list.push(to);
  }
  return found;
}

/** The uses that close a circle when one walks from id to id in the given order. */
function circleUses(ids: readonly string[], uses: readonly Use[]): readonly Use[] {
  const outgoing = new Map<string, Use[]>();
  for (const use of uses) outgoing.set(use.from, [...(outgoing.get(use.from) ?? []), use]);
  const state = new Map<string, 'open' | 'done'>();
  const closing: Use[] = [];
  for (const first of ids) {
    if (state.has(first)) continue;
    const path: { readonly id: string; next: number }[] = [{ id: first, next: 0 }];
    state.set(first, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const use = outgoing.get(top.id)?.[top.next];
      top.next += 1;
      if (use === undefined) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(use.to) === 'open') closing.push(use);
      else if (!state.has(use.to)) {
        state.set(use.to, 'open');
        path.push({ id: use.to, next: 0 });
      }
    }
  }
  return closing;
}

/** How many uses lie before each id on the longest way to it. */
function longestPaths(ids: readonly string[], uses: readonly Use[]): ReadonlyMap<string, number> {
  const missing = new Map(ids.map((id) => [id, 0]));
  for (const { to } of uses) missing.set(to, (missing.get(to) ?? 0) + 1);
  const targets = neighboursOf(uses);
  const depth = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => missing.get(id) === 0);
  for (let index = 0; index < ready.length; index += 1) {
    const id = ready[index] ?? '';
    for (const next of targets.get(id) ?? []) {
      depth.set(next, Math.max(depth.get(next) ?? 0, (depth.get(id) ?? 0) + 1));
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return depth;
}

const sweeps = 8;

/** Sorts each column by the mean place of the neighbours, left to right and back, and keeps the order with the fewest crossings. */
function untangled(
  columns: readonly (readonly string[])[],
  items: ReadonlyMap<string, Draft>,
): readonly (readonly string[])[] {
  let current = columns.map((column) => [...column]);
  let best = current;
  let fewest = crossings(current, items);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const rightwards = sweep % 2 === 0;
    const next = current.map((column) => [...column]);
    const order = next.map((_, index) => (rightwards ? index : next.length - 1 - index));
    for (const index of order) {
      const beside = next[rightwards ? index - 1 : index + 1];
      if (beside === undefined) continue;
      const place = new Map(beside.map((id, at) => [id, at]));
      const mean = (id: string, at: number): number => {
        const item = items.get(id);
        const neighbours = (rightwards ? item?.before : item?.after) ?? [];
        const places = neighbours.map((neighbour) => place.get(neighbour)).filter((found) => found !== undefined);
        return places.length === 0 ? at : places.reduce((sum, found) => sum + found, 0) / places.length;
      };
      const column = next[index] ?? [];
      const means = new Map(column.map((id, at) => [id, mean(id, at)]));
      next[index] = [...column].sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
    }
    const count = crossings(next, items);
    if (count < fewest) [best, fewest] = [next, count];
    current = next;
  }
  return best;
}

function crossings(columns: readonly (readonly string[])[], items: ReadonlyMap<string, Draft>): number {
  let count = 0;
  columns.forEach((column, index) => {
    const place = new Map(columns[index + 1]?.map((id, at) => [id, at]));
    const ends = column.flatMap((id) =>
      (items.get(id)?.after ?? []).map((next) => place.get(next) ?? 0).sort((a, b) => a - b),
    );
    for (let a = 0; a < ends.length; a += 1) {
      for (let b = a + 1; b < ends.length; b += 1) if ((ends[a] ?? 0) > (ends[b] ?? 0)) count += 1;
    }
  });
  return count;
}
