/** Where the arrow keys lead from a node: down and up along the flow, left and right between paths. Pure. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphNode, GraphView } from '../../common/protocol/graph.ts';

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

/** Nodes that take the focus: the dots at the ends of nested workflows do not. */
export function focusableNodes(graph: GraphView): readonly GraphNode[] {
  return graph.nodes.filter((node) => node.parent === undefined || (node.kind !== 'start' && node.kind !== 'end'));
}

/** The node that `direction` leads to, or undefined at the border of the drawing. */
export function neighbour(graph: GraphView, from: EntryAddress, direction: Direction): EntryAddress | undefined {
  const nodes = focusableNodes(graph);
  const index = nodes.findIndex((node) => node.id === from);
  const node = nodes[index];
  if (node === undefined) return nodes[0]?.id;
  const siblings = (parent: EntryAddress | undefined) => nodes.filter((candidate) => candidate.parent === parent);
  switch (direction) {
    case 'first':
      return nodes[0]?.id;
    case 'last':
      return nodes.at(-1)?.id;
    case 'down':
      return (node.container ? siblings(node.id)[0]?.id : undefined) ?? after(graph, nodes, node);
    case 'up':
      return before(graph, nodes, node);
    case 'left':
    case 'right': {
      const step = direction === 'left' ? -1 : 1;
      if (besideEachOther(graph, node.parent)) {
        const paths = siblings(node.parent);
        const beside = paths[paths.indexOf(node) + step];
        if (beside !== undefined) return beside.id;
      }
      return direction === 'left' ? node.parent : siblings(node.id)[0]?.id;
    }
  }
}

/** What comes after a node is done: its next sibling in a sequence, else what comes after its container. */
function after(graph: GraphView, nodes: readonly GraphNode[], node: GraphNode): EntryAddress | undefined {
  let current: GraphNode | undefined = node;
  while (current !== undefined) {
    const { id, parent }: GraphNode = current;
    if (!besideEachOther(graph, parent)) {
      const siblings = nodes.filter((candidate) => candidate.parent === parent);
      const next = siblings[siblings.indexOf(current) + 1];
      if (next !== undefined && next.id !== id) return next.id;
    }
    current = nodes.find((candidate) => candidate.id === parent);
  }
  return undefined;
}

/** The inverse of `after` and of stepping into a container: the last node of what stands before, else the container. */
function before(graph: GraphView, nodes: readonly GraphNode[], node: GraphNode): EntryAddress | undefined {
  if (besideEachOther(graph, node.parent)) return node.parent;
  const siblings = nodes.filter((candidate) => candidate.parent === node.parent);
  const previous = siblings[siblings.indexOf(node) - 1];
  return previous?.id ?? node.parent;
}

function besideEachOther(graph: GraphView, parent: EntryAddress | undefined): boolean {
  const kind = graph.nodes.find((node) => node.id === parent)?.kind;
  return kind === 'parallel' || kind === 'conditional';
}
