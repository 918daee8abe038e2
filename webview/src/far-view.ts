/**
 * The drawing from far away, where no text could be read: boxes and lines on a canvas, in the colours of the theme and of the run.
 * One element, however many boxes there are.
 */
import type { GraphEdge, GraphNode } from '../../common/protocol/graph.ts';
import { createBands } from './bands.ts';
import type { Bands } from './bands.ts';
import type { ColourName, Colours } from './colours.ts';
import { element } from './dom.ts';
import { grown } from './rectangle.ts';
import type { Rectangle } from './rectangle.ts';
import type { Frame } from './viewport.ts';

export interface Scene {
  readonly nodes: Bands<GraphNode>;
  readonly edges: Bands<GraphEdge>;
}

export interface FarLook {
  readonly colours: Colours;
  /** The colour that a node's status, finding or mark gives it; undefined for none. */
  readonly nodeColour: (node: GraphNode) => ColourName | undefined;
  readonly edgeColour: (edge: GraphEdge) => ColourName | undefined;
}

export interface FarView {
  readonly root: HTMLCanvasElement;
  draw(scene: Scene, frame: Frame, look: FarLook): void;
}

/** Pixels around the viewport that are drawn as well: the browser may scroll before the next drawing. */
const margin = 200;
/** Below this many pixels of height there is no room for a border. */
const borderedHeight = 5;
/** Lines between boxes that are closer than this on screen cannot be told from them. */
const linesFrom = 0.06;

export function createFarView(): FarView {
  const root = element('canvas', { class: 'far-view', attributes: { 'aria-hidden': 'true' } });
  const context = root.getContext('2d');
  return {
    root,
    draw(scene, frame, look) {
      if (context === null) return;
      const part = coveredPart(frame);
      const density = devicePixelRatio;
      const [width, height] = [Math.ceil(part.width * density), Math.ceil(part.height * density)];
      // Setting the size throws the picture and its memory away.
      if (root.width !== width) root.width = width;
      if (root.height !== height) root.height = height;
      root.style.width = `${part.width}px`;
      root.style.height = `${part.height}px`;
      root.style.transform = `translate(${part.x}px, ${part.y}px)`;
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, part.width, part.height);
      const { zoom } = frame;
      const onScreen: Placement = { zoom, x: frame.left - part.x, y: frame.top - part.y };
      const region = grown(
        { x: -onScreen.x / zoom, y: -onScreen.y / zoom, width: part.width / zoom, height: part.height / zoom },
        1 / zoom,
      );
      const nodes = scene.nodes.within(region);
      drawContainers(context, nodes, onScreen, look);
      if (zoom >= linesFrom) drawLines(context, scene.edges.within(region), onScreen, look);
      drawLeaves(context, nodes, onScreen, look);
    },
  };
}

interface Placement {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** The part of the scrolled content that the canvas covers, in its pixels; never beyond it, which would make it larger. */
function coveredPart({ scrollX, scrollY, width, height, spaceWidth, spaceHeight }: Frame): Rectangle {
  const [wide, high] = [Math.min(width + 2 * margin, spaceWidth), Math.min(height + 2 * margin, spaceHeight)];
  return {
    x: Math.round(Math.min(Math.max(0, scrollX - margin), spaceWidth - wide)),
    y: Math.round(Math.min(Math.max(0, scrollY - margin), spaceHeight - high)),
    width: wide,
    height: high,
  };
}

/** On whole pixels, so that borders are sharp; at least one pixel in each direction. */
function onPixels(node: Rectangle, { zoom, x, y }: Placement): Rectangle {
  const left = Math.round(node.x * zoom + x);
  const top = Math.round(node.y * zoom + y);
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.round((node.x + node.width) * zoom + x) - left),
    height: Math.max(1, Math.round((node.y + node.height) * zoom + y) - top),
  };
}

function drawContainers(
  context: CanvasRenderingContext2D,
  nodes: readonly GraphNode[],
  place: Placement,
  { colours, nodeColour }: FarLook,
): void {
  context.lineWidth = 1;
  for (const node of nodes) {
    if (!node.container) continue;
    const { x, y, width, height } = onPixels(node, place);
    context.fillStyle = colours.container;
    context.fillRect(x, y, width, height);
    if (height < borderedHeight) continue;
    const colour = nodeColour(node);
    context.strokeStyle = colour === undefined ? colours.line : colours[colour];
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
}

function drawLeaves(
  context: CanvasRenderingContext2D,
  nodes: readonly GraphNode[],
  place: Placement,
  { colours, nodeColour }: FarLook,
): void {
  let last = { x: NaN, y: NaN, width: NaN };
  for (const node of nodes) {
    if (node.container) continue;
    const { x, y, width, height } = onPixels(node, place);
    const colour = nodeColour(node);
    // Several boxes on the same pixels: what has something to say shows.
    if (colour === undefined && x === last.x && y === last.y && width === last.width) continue;
    last = { x, y, width };
    drawLeaf(context, { x, y, width, height }, colours.background, colours[colour ?? node.kind], colour !== undefined);
  }
}

/** Filled in the colour of the kind or of the state: what a box is and how it is doing, without text. */
function drawLeaf(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rectangle,
  background: string,
  colour: string,
  strong: boolean,
): void {
  const bordered = height >= borderedHeight;
  context.fillStyle = background;
  context.fillRect(x, y, width, height);
  context.fillStyle = colour;
  context.globalAlpha = strong ? 0.6 : bordered ? 0.25 : 0.5;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  if (!bordered) return;
  context.strokeStyle = colour;
  context.lineWidth = strong ? 1.5 : 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

function drawLines(
  context: CanvasRenderingContext2D,
  edges: readonly GraphEdge[],
  { zoom, x, y }: Placement,
  { colours, edgeColour }: FarLook,
): void {
  const byColour = new Map<ColourName | undefined, Path2D>();
  for (const edge of edges) {
    const colour = edgeColour(edge);
    const path = byColour.get(colour) ?? new Path2D();
    byColour.set(colour, path);
    edge.points.forEach(([pointX, pointY], index) => {
      const [screenX, screenY] = [Math.round(pointX * zoom + x) + 0.5, Math.round(pointY * zoom + y) + 0.5];
      if (index === 0) path.moveTo(screenX, screenY);
      else path.lineTo(screenX, screenY);
    });
  }
  for (const [colour, path] of byColour) {
    context.strokeStyle = colour === undefined ? colours.edge : colours[colour];
    context.lineWidth = colour === undefined ? 1 : 1.5;
    context.stroke(path);
  }
}

export function sceneOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Scene {
  return { nodes: createBands(nodes, (node) => node), edges: createBands(edges, boundsOfEdge) };
}

/** With the box of its condition, and the marks on it. */
function boundsOfEdge({ points, label }: GraphEdge): Rectangle {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const line = { x: Math.min(...xs), y: Math.min(...ys), width: 0, height: 0 };
  const all = grown({ ...line, width: Math.max(...xs) - line.x, height: Math.max(...ys) - line.y }, 12);
  if (label === undefined) return all;
  const x = Math.min(all.x, label.x);
  return { ...all, x, width: Math.max(all.x + all.width, label.x + label.width) - x };
}
