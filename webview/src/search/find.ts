/** Searching the steps of a workflow, also those in folded workflows. Pure. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';

export interface Search {
  readonly query: string;
  /** In the order of the flow. */
  readonly matches: readonly EntryAddress[];
  /** The match that is shown; undefined when there is none. */
  readonly current: EntryAddress | undefined;
}

/** Nodes with `query` in their title or their step id, whatever the case of the letters. Nothing for an empty query. */
export function findNodes({ nodes }: Pick<GraphModel, 'nodes'>, query: string): readonly EntryAddress[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return nodes
    .filter(({ kind, title, step }) => {
      if (kind === 'start' || kind === 'end') return false;
      // A foreach bears the name of its body, which is found itself.
      const name = kind === 'foreach' ? undefined : step?.at(-1);
      return title.toLowerCase().includes(wanted) || name?.toLowerCase().includes(wanted) === true;
    })
    .map(({ id }) => id);
}

/** The search for `query`: it stays on its match while that matches, else goes to the next one from `from` on. */
export function searchFor(
  model: Pick<GraphModel, 'nodes'>,
  query: string,
  current: EntryAddress | undefined,
  from: EntryAddress | undefined,
): Search {
  const matches = findNodes(model, query);
  if (current !== undefined && matches.includes(current)) return { query, matches, current };
  const order = new Map(model.nodes.map(({ id }, index) => [id, index]));
  const start = (from === undefined ? undefined : order.get(from)) ?? 0;
  return { query, matches, current: matches.find((id) => (order.get(id) ?? 0) >= start) ?? matches[0] };
}

/** The next or the previous match; behind the last comes the first. */
export function stepSearch(search: Search, direction: 'next' | 'previous'): Search {
  const { matches, current } = search;
  if (matches.length === 0) return search;
  const index = current === undefined ? -1 : matches.indexOf(current);
  const next = direction === 'next' ? index + 1 : index <= 0 ? matches.length - 1 : index - 1;
  return { ...search, current: matches[next % matches.length] };
}

/** `2 of 12`; what to say while nothing is found. */
export function searchCount({ query, matches, current }: Search): string {
  if (query.trim() === '') return '';
  if (matches.length === 0) return 'No step found';
  const index = current === undefined ? 0 : matches.indexOf(current);
  return `${index + 1} of ${matches.length}`;
}
