/** Which box stays where it is on screen while the drawing changes around it. Pure. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphNode, GraphView } from '../../common/protocol/graph.ts';
import { touches } from './rectangle.ts';
import type { Rectangle } from './rectangle.ts';

export interface Anchor {
  readonly node: GraphNode;
  /** How far it moved, from the drawing before to the one after. */
  readonly dx: number;
  readonly dy: number;
}

/**
 * The box that both drawings have and that must not move on screen: `preferred` (what was clicked, or is selected) when it is in
 * sight, else the topmost in sight, else the box that is now in place of what was in sight. Undefined when the drawings share none.
 */
export function anchorOf(
  before: GraphView,
  after: GraphView,
  sight: Rectangle,
  preferred: EntryAddress | undefined,
): Anchor | undefined {
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const visible = before.nodes.filter((node) => now.has(node.id) && touches(node, sight));
  const chosen = visible.find((node) => node.id === preferred) ?? topmost(visible);
  const moved = chosen === undefined ? undefined : now.get(chosen.id);
  if (chosen === undefined || moved === undefined) return undefined;
  return { node: moved, dx: anchorX(moved) - anchorX(chosen), dy: moved.y - chosen.y };
}

/** Boxes are laid out around an axis: their middle is what the eye holds on to. */
function anchorX({ x, width }: GraphNode): number {
  return x + width / 2;
}

/** Boxes that hold others are a last resort: their top may be far out of sight. */
function topmost(nodes: readonly GraphNode[]): GraphNode | undefined {
  const leaves = nodes.filter((node) => !node.container);
  return (leaves.length > 0 ? leaves : nodes.toReversed()).reduce<GraphNode | undefined>(
    (best, node) => (best === undefined || node.y < best.y ? node : best),
    undefined,
  );
}
