/** Lines between placed boxes. All of them are rectilinear and stay inside the container they belong to. */
import type { EntryAddress } from '../model/address.ts';
import type { Shape } from '../model/flow.ts';
import type { GraphEdge, GraphFinding, DataPlace, GraphLabel, ModelNode, ShapeIndex } from '../protocol/graph.ts';
import { dataWidth, labelWidth, sizes } from './geometry.ts';
import { forkHeight } from './layout.ts';
import type { PlacedBox } from './layout.ts';

type Point = readonly [x: number, y: number];

type ShapeAt = (index: ShapeIndex) => Shape | undefined;

/** Edges of a chain and of everything inside it; what is wrong with the chain's own may be told beyond `width`. */
export function edgesOfChain(boxes: readonly PlacedBox[], width: number, shapeAt: ShapeAt): readonly GraphEdge[] {
  const edges: GraphEdge[] = [];
  addSequence(edges, boxes, { right: width, isOpen: true }, shapeAt);
  return edges;
}

interface Room {
  /** How far there is room for texts to the right. */
  readonly right: number;
  /** Nothing is beyond that, either. */
  readonly isOpen: boolean;
}

function addSequence(edges: GraphEdge[], boxes: readonly PlacedBox[], room: Room, shapeAt: ShapeAt): void {
  let previous: PlacedBox | undefined;
  let flowing: ShapeIndex;
  for (const box of boxes) {
    const into = box.box.flow.node;
    if (previous !== undefined) {
      const from = bottom(previous);
      const shape = shapeAt(into.arrives);
      edges.push(
        edge(previous.box.flow.node.id, into.id, [from, top(box)], {
          shape,
          carries: { node: into.id, side: 'arrives' },
          finding: into.mismatch,
          data: dataLabel(into, shape, into.arrives !== flowing, from, room),
        }),
      );
      flowing = into.arrives;
    }
    addInside(edges, box, shapeAt);
    previous = box;
  }
}

/**
 * Beside the line between two boxes, where nothing else is: what does not fit, else what flows where that `isAnother` than before,
 * since the same text on every line says nothing. Undefined where too little of it would be left.
 */
function dataLabel(
  { mismatch }: ModelNode,
  shape: Shape | undefined,
  isAnother: boolean,
  [x, y]: Point,
  { right, isOpen }: Room,
): GraphLabel | undefined {
  const text =
    mismatch === undefined ? (isAnother && shape !== undefined ? inShort(shape) : undefined) : needed(mismatch);
  if (text === undefined) return undefined;
  const left = x + (mismatch === undefined ? sizes.dataInset : sizes.dataInsetOfMark);
  const beyond = mismatch !== undefined && isOpen ? left + sizes.mismatchMaximumWidth : right;
  const width = Math.min(dataWidth(text), Math.max(right, beyond) - left);
  if (width < Math.min(sizes.dataMinimumWidth, dataWidth(text))) return undefined;
  return { text, x: left, y: y + 6, width, height: sizes.dataHeight };
}

/** `Needs ...`: who needs it is where the line leads. */
function needed({ message }: GraphFinding): string {
  return message.replace(/^(?:[A-Z][a-z]+ )?`[^`]*` needs /, 'Needs ').replaceAll('`', '');
}

/** The names of the fields; the type itself where it has none. */
function inShort({ text, fields }: Shape): string {
  if (fields === undefined || fields.length === 0) return text;
  return fields.map(({ name, optional }) => `${name}${optional ? '?' : ''}`).join(', ');
}

function addInside(edges: GraphEdge[], container: PlacedBox, shapeAt: ShapeAt): void {
  const { arrangement } = container.box.flow;
  switch (arrangement) {
    case 'leaf':
      return;
    case 'sequence':
      addSequence(
        edges,
        container.children,
        { right: container.x + container.box.width - sizes.padding, isOpen: false },
        shapeAt,
      );
      return;
    case 'row':
    case 'loop':
    case 'foreach':
      for (const child of container.children) {
        edges.push(forkEdge(container, child, shapeAt), joinEdge(container, child, shapeAt));
        if (arrangement === 'loop') edges.push(loopBackEdge(container, child, shapeAt));
        addInside(edges, child, shapeAt);
      }
  }
}

function forkEdge(container: PlacedBox, child: PlacedBox, shapeAt: ShapeAt): GraphEdge {
  const from: Point = [centre(container), container.y + sizes.header];
  const to = top(child);
  const turn = from[1] + sizes.turn;
  const points: Point[] = from[0] === to[0] ? [from, to] : [from, [from[0], turn], [to[0], turn], to];
  const into = child.box.flow.node;
  return edge(container.box.flow.node.id, into.id, points, {
    label: conditionLabel(container, child),
    shape: shapeAt(into.arrives),
    carries: { node: into.id, side: 'arrives' },
    finding: into.mismatch,
  });
}

function conditionLabel(container: PlacedBox, child: PlacedBox): GraphLabel | undefined {
  const text = child.box.flow.node.condition;
  if (text === undefined) return undefined;
  const width = labelWidth(text);
  const forkTop = container.y + sizes.header + sizes.turn;
  const room = forkHeight(container.box.flow) - sizes.turn;
  // Above the arrow's head, which needs more room than the turn of the line.
  const y = forkTop + Math.floor((room - sizes.labelHeight) / 2) - 2;
  return { text, x: centre(child) - width / 2, y, width, height: sizes.labelHeight };
}

function joinEdge(container: PlacedBox, child: PlacedBox, shapeAt: ShapeAt): GraphEdge {
  const from = bottom(child);
  const to = bottom(container);
  const turn = to[1] - sizes.turn;
  const points: Point[] = from[0] === to[0] ? [from, to] : [from, [from[0], turn], [to[0], turn], to];
  return edge(child.box.flow.node.id, container.box.flow.node.id, points, {
    shape: shapeAt(child.box.flow.node.leaves),
    carries: { node: child.box.flow.node.id, side: 'leaves' },
  });
}

function loopBackEdge(container: PlacedBox, body: PlacedBox, shapeAt: ShapeAt): GraphEdge {
  const [x, bodyBottom] = bottom(body);
  const lane = body.x + body.box.width + sizes.loopLaneInset;
  const low = bodyBottom + sizes.turn;
  const high = body.y - forkHeight(container.box.flow) / 2;
  const points: Point[] = [
    [x, bodyBottom],
    [x, low],
    [lane, low],
    [lane, high],
    [x, high],
  ];
  const { node } = body.box.flow;
  return edge(node.id, node.id, points, {
    shape: shapeAt(node.leaves),
    carries: { node: node.id, side: 'leaves' },
    finding: node.mismatchAgain,
    kind: 'loop-back',
  });
}

interface EdgeParts {
  readonly label?: GraphLabel | undefined;
  readonly shape: Shape | undefined;
  readonly carries: DataPlace;
  readonly data?: GraphLabel | undefined;
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
    carries: parts.carries,
    data: parts.data,
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
