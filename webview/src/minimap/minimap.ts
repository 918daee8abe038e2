/** All of the drawing in a corner, with what the viewport shows of it; press or drag to go there. For the mouse: the keyboard walks. */
import type { GraphNode } from '../../../common/protocol/graph.ts';
import type { Colours, ColourName } from '../colours.ts';
import { element } from '../dom.ts';
import type { Viewport } from '../viewport.ts';
import { mapOf } from './scale.ts';
import type { MapScale } from './scale.ts';

export interface Minimap {
  readonly root: HTMLElement;
  /** Draws it anew when `look` is another one than before; undefined hides it. */
  update(look: MinimapLook | undefined): void;
  /** The viewport shows another part. */
  follow(): void;
}

export interface MinimapLook {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly GraphNode[];
  readonly colours: Colours;
  readonly nodeColour: (node: GraphNode) => ColourName | undefined;
}

/** The drawing is so many times as large as what is seen of it. */
const worthwhile = 1.5;

export function createMinimap(viewport: Viewport): Minimap {
  const picture = element('canvas', { class: 'minimap-picture' });
  const sight = element('div', { class: 'minimap-sight' });
  const root = element(
    'div',
    { class: 'minimap', title: 'Press or drag to move', attributes: { 'aria-hidden': 'true' } },
    picture,
    sight,
  );
  let scale: MapScale | undefined;
  root.hidden = true;

  const follow = () => {
    if (scale === undefined) return;
    const { x, y, width, height } = viewport.sight();
    const seen = {
      left: Math.max(0, x * scale.x),
      top: Math.max(0, y * scale.y),
      right: Math.min(scale.width, (x + width) * scale.x),
      bottom: Math.min(scale.height, (y + height) * scale.y),
    };
    // Of no use while little of it is out of sight.
    root.hidden = worthwhile * width >= scale.width / scale.x && worthwhile * height >= scale.height / scale.y;
    sight.style.width = `${Math.max(4, seen.right - seen.left)}px`;
    sight.style.height = `${Math.max(4, seen.bottom - seen.top)}px`;
    sight.style.transform = `translate(${seen.left}px, ${seen.top}px)`;
  };

  const go = (event: PointerEvent) => {
    if (scale === undefined) return;
    const { left, top } = picture.getBoundingClientRect();
    viewport.centre((event.clientX - left) / scale.x, (event.clientY - top) / scale.y);
  };
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    root.setPointerCapture(event.pointerId);
    go(event);
  });
  root.addEventListener('pointermove', (event) => {
    if (root.hasPointerCapture(event.pointerId)) go(event);
  });

  return {
    root,
    follow,
    update(look) {
      scale = look === undefined ? undefined : mapOf(look.width, look.height);
      if (look === undefined || scale === undefined) {
        root.hidden = true;
        return;
      }
      draw(picture, look, scale);
      follow();
    },
  };
}

function draw(picture: HTMLCanvasElement, { nodes, colours, nodeColour }: MinimapLook, scale: MapScale): void {
  const density = devicePixelRatio;
  picture.width = Math.ceil(scale.width * density);
  picture.height = Math.ceil(scale.height * density);
  picture.style.width = `${scale.width}px`;
  picture.style.height = `${scale.height}px`;
  const context = picture.getContext('2d');
  if (context === null) return;
  context.scale(density, density);
  const marked: (readonly [node: GraphNode, colour: ColourName])[] = [];
  for (const node of nodes) {
    const colour = nodeColour(node);
    if (colour !== undefined && !node.container) marked.push([node, colour]);
    else fill(context, node, node.container ? colours.container : colours[node.kind], node.container ? 1 : 0.45, scale);
  }
  // On top, so that one that failed is seen among a thousand.
  for (const [node, colour] of marked) fill(context, node, colours[colour], 1, scale);
}

function fill(
  context: CanvasRenderingContext2D,
  node: GraphNode,
  colour: string,
  alpha: number,
  scale: MapScale,
): void {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.fillRect(
    node.x * scale.x,
    node.y * scale.y,
    Math.max(1, node.width * scale.x),
    Math.max(1, node.height * scale.y),
  );
}
