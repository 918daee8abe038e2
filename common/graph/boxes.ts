/** The flat nodes of a model as the tree that is laid out: what a folded node holds is left out. */
import type { EntryAddress } from '../model/address.ts';
import type { Arrangement, GraphModel, ModelNode, NodeFolding } from '../protocol/graph.ts';

/** A node as it is to be drawn now. */
export interface FlowBox {
  readonly node: ModelNode;
  /** `leaf` for a folded node. */
  readonly arrangement: Arrangement;
  readonly children: readonly FlowBox[];
  readonly folding: NodeFolding | undefined;
  /** The second line; a folded node says how much it holds. */
  readonly detail: string | undefined;
}

export type Folded = ReadonlySet<EntryAddress>;

/** The chain of the workflow from start to end. Linear in the number of nodes; `folded` may name nodes that are not there. */
export function boxesOf(model: Pick<GraphModel, 'nodes'>, folded: Folded): readonly FlowBox[] {
  interface Growing extends FlowBox {
    readonly children: Growing[];
  }
  const roots: Growing[] = [];
  const open = new Map<EntryAddress, Growing>();
  const steps = stepsInside(model.nodes);
  for (const node of model.nodes) {
    const around = node.parent === undefined ? undefined : open.get(node.parent);
    // Something around it is folded.
    if (node.parent !== undefined && around === undefined) continue;
    const folding = foldingOf(node, folded, steps);
    const isFolded = folding?.folded === true;
    const box: Growing = {
      node,
      arrangement: isFolded ? 'leaf' : node.arrangement,
      children: [],
      folding,
      detail: isFolded ? foldedDetail(node, folding.steps) : node.detail,
    };
    (around?.children ?? roots).push(box);
    if (!isFolded && node.arrangement !== 'leaf') open.set(node.id, box);
  }
  return roots;
}

/** Nested workflows that are drawn in place can be folded; what else holds nodes is part of its workflow's flow. */
export function canFold(node: Pick<ModelNode, 'kind' | 'arrangement'>): boolean {
  return node.kind === 'workflow' && node.arrangement !== 'leaf';
}

/** What the author wrote as a step: boxes that only arrange others, and the ends of workflows, are none. */
export function isStep({ kind, arrangement }: Pick<ModelNode, 'kind' | 'arrangement'>): boolean {
  return arrangement === 'leaf' && kind !== 'start' && kind !== 'end';
}

/** How many steps each node holds, at any depth. */
export function stepsInside(nodes: readonly ModelNode[]): ReadonlyMap<EntryAddress, number> {
  const steps = new Map<EntryAddress, number>();
  // Children come after their parents, so backwards every count is complete when it is handed on.
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index];
    if (node?.parent === undefined) continue;
    const own = isStep(node) ? 1 : (steps.get(node.id) ?? 0);
    steps.set(node.parent, (steps.get(node.parent) ?? 0) + own);
  }
  return steps;
}

function foldingOf(node: ModelNode, folded: Folded, steps: ReadonlyMap<EntryAddress, number>): NodeFolding | undefined {
  return canFold(node) ? { folded: folded.has(node.id), steps: steps.get(node.id) ?? 0 } : undefined;
}

function foldedDetail({ detail }: ModelNode, steps: number): string {
  const count = `${steps} step${steps === 1 ? '' : 's'}`;
  return detail === undefined ? count : `${count} · ${detail}`;
}
