/** GraphModel -> the drawing. Pure and deterministic: the same model and the same folding give the same drawing. */
import type { EntryAddress } from '../model/address.ts';
import type { Shape } from '../model/flow.ts';
import type { GraphFinding, GraphModel, GraphNode, GraphView, ModelNode, ShapeIndex } from '../protocol/graph.ts';
import { boxesOf } from './boxes.ts';
import type { Folded } from './boxes.ts';
import { edgesOfChain } from './edges.ts';
import { sizes } from './geometry.ts';
import { layoutChain } from './layout.ts';
import type { PlacedBox } from './layout.ts';

const nothingFolded: Folded = new Set();

/** Time and memory grow with the number of nodes that are drawn. A folded node bears the findings of all that it hides. */
export function layoutGraph(
  model: GraphModel,
  { folded = nothingFolded }: { readonly folded?: Folded } = {},
): GraphView {
  const { width, height, boxes } = layoutChain(boxesOf(model, folded));
  const shape = (index: ShapeIndex): Shape | undefined => (index === undefined ? undefined : model.shapes[index]);
  const hidden = folded.size === 0 ? undefined : hiddenFindings(model.nodes, folded);
  const nodes: GraphNode[] = [];
  const add = (placed: PlacedBox): void => {
    nodes.push(graphNode(placed, shape, hidden));
    for (const child of placed.children) add(child);
  };
  boxes.forEach(add);
  const edges = edgesOfChain(boxes, width - sizes.margin, shape);
  const furthest = edges.reduce(
    (right, { data }) => (data === undefined ? right : Math.max(right, data.x + data.width)),
    0,
  );
  const overhang = Math.max(0, furthest + sizes.margin - width);
  return { workflow: model.workflow, width, overhang, height, nodes, edges };
}

function graphNode(
  { box, x, y }: PlacedBox,
  shape: (index: ShapeIndex) => Shape | undefined,
  hidden: ReadonlyMap<EntryAddress, readonly GraphFinding[]> | undefined,
): GraphNode {
  const { node, children, folding, detail } = box.flow;
  const inside = folding?.folded === true ? hidden?.get(node.id) : undefined;
  return {
    id: node.id,
    parent: node.parent,
    kind: node.kind,
    step: node.step,
    container: children.length > 0,
    folding,
    title: node.title,
    detail,
    description: node.description,
    canSuspend: node.canSuspend,
    x,
    y,
    width: box.width,
    height: box.height,
    source: node.source,
    definition: node.definition,
    arrives: shape(node.arrives),
    needs: shape(node.needs),
    leaves: shape(node.leaves),
    findings: inside === undefined ? node.findings : [...node.findings, ...inside],
  };
}

/** The findings of everything inside each folded node. */
function hiddenFindings(
  nodes: readonly ModelNode[],
  folded: Folded,
): ReadonlyMap<EntryAddress, readonly GraphFinding[]> {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  const found = new Map<EntryAddress, GraphFinding[]>();
  for (const { findings, parent } of nodes) {
    if (findings.length === 0) continue;
    for (let outer = parent; outer !== undefined; outer = parents.get(outer)) {
      if (!folded.has(outer)) continue;
      const list = found.get(outer);
      if (list === undefined) found.set(outer, [...findings]);
      else list.push(...findings);
    }
  }
  return found;
}
