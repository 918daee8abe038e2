/** Lines between placed boxes. All of them are rectilinear and stay inside the container they belong to. */
import type { Compatibility, EntryAddress, Shape } from '../../../common/model/index.ts';
import type { GraphEdge, GraphFinding, GraphLabel } from '../../../common/protocol/graph.ts';
import { labelWidth, sizes } from './geometry.ts';
import { forkHeight } from './layout.ts';
import type { PlacedBox } from './layout.ts';
import type { FlowNode } from './tree.ts';

type Point = readonly [x: number, y: number];

/** The findings of one rule at a node: `schema-mismatch` where data does not fit, `output-mismatch` at an end. */
export type EdgeFindings = (node: FlowNode, rule: 'schema-mismatch' | 'output-mismatch') => readonly GraphFinding[];

/** Edges of a chain and of everything inside it. */
export function edgesOfChain(boxes: readonly PlacedBox[], findings: EdgeFindings): readonly GraphEdge[] {
  const edges: GraphEdge[] = [];
  addSequence(edges, boxes, findings);
  return edges;
}

function addSequence(edges: GraphEdge[], boxes: readonly PlacedBox[], findings: EdgeFindings): void {
  let previous: PlacedBox | undefined;
  for (const box of boxes) {
    if (previous !== undefined) {
      const into = box.box.node;
      edges.push(
        edge(previous.box.node.address, into.address, [bottom(previous), top(box)], {
          shape: into.arrives,
          finding: findingInto(into, findings),
        }),
      );
    }
    addInside(edges, box, findings);
    previous = box;
  }
}

function addInside(edges: GraphEdge[], container: PlacedBox, findings: EdgeFindings): void {
  const { node } = container.box;
  switch (node.arrangement) {
    case 'leaf':
      return;
    case 'sequence':
      addSequence(edges, container.children, findings);
      return;
    case 'row':
    case 'loop':
    case 'foreach':
      for (const child of container.children) {
        edges.push(forkEdge(container, child, findings), joinEdge(container, child));
        if (node.arrangement === 'loop') edges.push(loopBackEdge(container, child, findings));
        addInside(edges, child, findings);
      }
  }
}

function forkEdge(container: PlacedBox, child: PlacedBox, findings: EdgeFindings): GraphEdge {
  const from: Point = [centre(container), container.y + sizes.header];
  const to = top(child);
  const turn = from[1] + sizes.turn;
  const points: Point[] = from[0] === to[0] ? [from, to] : [from, [from[0], turn], [to[0], turn], to];
  const into = child.box.node;
  return edge(container.box.node.address, into.address, points, {
    label: conditionLabel(container, child),
    shape: into.arrives,
    // A loop's or foreach's own check is reported at the container or at its body, whichever the author wrote.
    finding: findingInto(into, findings),
  });
}

function conditionLabel(container: PlacedBox, child: PlacedBox): GraphLabel | undefined {
  const text = child.box.node.condition;
  if (text === undefined) return undefined;
  const width = labelWidth(text);
  const forkTop = container.y + sizes.header + sizes.turn;
  const room = forkHeight(container.box.node) - sizes.turn;
  // Above the arrow's head, which needs more room than the turn of the line.
  const y = forkTop + Math.floor((room - sizes.labelHeight) / 2) - 2;
  return { text, x: centre(child) - width / 2, y, width, height: sizes.labelHeight };
}

function joinEdge(container: PlacedBox, child: PlacedBox): GraphEdge {
  const from = bottom(child);
  const to = bottom(container);
  const turn = to[1] - sizes.turn;
  const points: Point[] = from[0] === to[0] ? [from, to] : [from, [from[0], turn], [to[0], turn], to];
  return edge(child.box.node.address, container.box.node.address, points, { shape: child.box.node.leaves });
}

function loopBackEdge(container: PlacedBox, body: PlacedBox, findings: EdgeFindings): GraphEdge {
  const [x, bodyBottom] = bottom(body);
  const lane = body.x + body.box.width + sizes.loopLaneInset;
  const low = bodyBottom + sizes.turn;
  const high = body.y - forkHeight(container.box.node) / 2;
  const points: Point[] = [
    [x, bodyBottom],
    [x, low],
    [lane, low],
    [lane, high],
    [x, high],
  ];
  const { node } = body.box;
  const { entry } = container.box.node;
  const again = entry?.type === 'loop' ? entry.again : undefined;
  const reported = [...findings(node, 'schema-mismatch'), ...findings(container.box.node, 'schema-mismatch')];
  return edge(node.address, node.address, points, {
    shape: node.leaves,
    // With a mismatch on the way in as well, the one about the next round is the later of the two.
    finding: differs(again) ? reported.at(-1) : undefined,
    kind: 'loop-back',
  });
}

/** The mismatch to mark on the edge into `node`: on its own check, not on a loop's next round. */
function findingInto(node: FlowNode, findings: EdgeFindings): GraphFinding | undefined {
  if (node.kind === 'end') return findings(node, 'output-mismatch')[0];
  const found = findings(node, 'schema-mismatch');
  return node.entry === undefined || differs(node.entry.check) ? found[0] : undefined;
}

function differs(check: Compatibility | undefined): boolean {
  return check?.kind === 'differs';
}

interface EdgeParts {
  readonly label?: GraphLabel | undefined;
  readonly shape?: Shape | undefined;
  readonly finding?: GraphFinding | undefined;
  readonly kind?: GraphEdge['kind'];
}

function edge(from: EntryAddress, to: EntryAddress, points: readonly Point[], parts: EdgeParts): GraphEdge {
  return {
    id: `${from}->${to}`,
    from,
    to,
    points,
    label: parts.label,
    shape: parts.shape,
    finding: parts.finding,
    kind: parts.kind ?? 'flow',
  };
}

function centre(placed: PlacedBox): number {
  return placed.x + placed.box.width / 2;
}

function top(placed: PlacedBox): Point {
  return [centre(placed), placed.y];
}

function bottom(placed: PlacedBox): Point {
  return [centre(placed), placed.y + placed.box.height];
}
