/** Which nested workflows are open. The panel keeps the addresses of the folded ones; these are the changes it makes to them. */
import type { EntryAddress } from '../model/address.ts';
import type { GraphModel, ModelNode } from '../protocol/graph.ts';
import { canFold } from './boxes.ts';
import type { Folded } from './boxes.ts';

/** So many boxes a person still surveys: a drawing that would have more begins with its nested workflows folded. */
const surveyable = 150;

/**
 * What is folded before the author has folded anything: nothing in a small drawing. In a large one the nested workflows are opened
 * level by level from the outside, each level as a whole, while all together stays surveyable.
 */
export function initialFolding({ nodes }: Pick<GraphModel, 'nodes'>): Folded {
  if (nodes.length <= surveyable) return new Set();
  /** For each node the number of nested workflows around it, its own not counted. */
  const depths = new Map<EntryAddress, number>();
  const visible: number[] = [];
  const foldable: (readonly [id: EntryAddress, depth: number])[] = [];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const around = node.parent === undefined ? undefined : byId.get(node.parent);
    const depth = around === undefined ? 0 : (depths.get(around.id) ?? 0) + (canFold(around) ? 1 : 0);
    depths.set(node.id, depth);
    visible[depth] = (visible[depth] ?? 0) + 1;
    if (canFold(node)) foldable.push([node.id, depth]);
  }
  let shown = visible[0] ?? 0;
  let open = 0;
  while (open + 1 < visible.length && shown + (visible[open + 1] ?? 0) <= surveyable) {
    open += 1;
    shown += visible[open] ?? 0;
  }
  return new Set(foldable.filter(([, depth]) => depth >= open).map(([id]) => id));
}

/** Folds what is open, opens what is folded; nodes that cannot be folded change nothing. */
export function toggleFolding(model: Pick<GraphModel, 'nodes'>, folded: Folded, id: EntryAddress): Folded {
  const node = model.nodes.find((candidate) => candidate.id === id);
  if (node === undefined || !canFold(node)) return folded;
  const next = new Set(folded);
  if (!next.delete(id)) next.add(id);
  return next;
}

export function foldAll({ nodes }: Pick<GraphModel, 'nodes'>): Folded {
  return new Set(nodes.filter(canFold).map((node) => node.id));
}

/** Opens everything around a node, so that it is drawn. The same set when it is drawn already. */
export function openAround(model: Pick<GraphModel, 'nodes'>, folded: Folded, id: EntryAddress): Folded {
  const around = foldedAround(model, folded, id);
  if (around.length === 0) return folded;
  const next = new Set(folded);
  for (const address of around) next.delete(address);
  return next;
}

/** The node itself where it is drawn, else the outermost folded node around it; undefined when the model has no such node. */
export function drawnFor(model: Pick<GraphModel, 'nodes'>, folded: Folded, id: EntryAddress): EntryAddress | undefined {
  return drawnNodes(model, folded).get(id);
}

/** For every node of the model what is drawn of it: itself, or the outermost folded node around it. */
export function drawnNodes(
  { nodes }: Pick<GraphModel, 'nodes'>,
  folded: Folded,
): ReadonlyMap<EntryAddress, EntryAddress> {
  const drawn = new Map<EntryAddress, EntryAddress>();
  for (const { id, parent } of nodes) {
    const around = parent === undefined ? undefined : drawn.get(parent);
    const isHidden = around !== undefined && (around !== parent || folded.has(around));
    drawn.set(id, isHidden ? around : id);
  }
  return drawn;
}

/** The folded nodes around a node, from the inside out. */
function foldedAround(model: Pick<GraphModel, 'nodes'>, folded: Folded, id: EntryAddress): readonly EntryAddress[] {
  if (folded.size === 0) return [];
  const byId = new Map<EntryAddress, ModelNode>(model.nodes.map((node) => [node.id, node]));
  const found: EntryAddress[] = [];
  for (let outer = byId.get(id)?.parent; outer !== undefined; outer = byId.get(outer)?.parent) {
    if (folded.has(outer)) found.push(outer);
  }
  return found;
}
