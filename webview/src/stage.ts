/** The drawing in its viewport: what is seen of it, and what stays in place while it changes. */
import type { EntryAddress } from '../../common/model/address.ts';
import { anchorOf } from './anchor.ts';
import type { DrawingEvents } from './drawing-events.ts';
import { createDrawing } from './drawing.ts';
import type { DrawingView } from './drawing.ts';
import { element } from './dom.ts';
import { oncePerFrame } from './frames.ts';
import { createViewport } from './viewport.ts';
import type { ViewportPosition } from './viewport.ts';

export interface Stage {
  readonly root: HTMLElement;
  /** Holds the nodes, whose keys come up here. */
  readonly canvas: HTMLElement;
  /** Shows a drawing, or another state of it. `anchor` is the node that stays where it is, if it is in sight. */
  show(view: DrawingView, anchor: EntryAddress | undefined): void;
  /** Moves the keyboard to a node that is drawn. */
  focus(node: EntryAddress): void;
  /** Scrolls to a node; does nothing for one that is not drawn. */
  reveal(node: EntryAddress | undefined): void;
  zoom(change: ZoomChange): void;
  /** Undefined before the first drawing. */
  position(): ViewportPosition | undefined;
}

export type ZoomChange = 'in' | 'out' | 'reset' | 'fit';

export interface StageEvents extends DrawingEvents {
  /** At once. */
  readonly onZoomed: (zoom: number) => void;
  /** The viewport shows another part; once for each picture. */
  readonly onMoved: () => void;
}

/** `saved` is where the viewport was before a reload of the window. */
export function createStage(saved: ViewportPosition | undefined, events: StageEvents): Stage {
  let shown: DrawingView | undefined;
  const followLater = oncePerFrame(() => {
    drawing.follow();
    events.onMoved();
  });
  const viewport = createViewport(() => {
    events.onZoomed(viewport.position().zoom);
    followLater();
  });
  const drawing = createDrawing(viewport, events);
  const root = element('div', { class: 'stage' }, viewport.root, drawing.map);

  return {
    root,
    canvas: viewport.canvas,
    show(view, preferred) {
      const { graph } = view;
      const before = shown?.graph;
      shown = view;
      root.hidden = false;
      if (before === undefined) {
        viewport.resize(graph.width, graph.height);
        if (saved === undefined) viewport.fit('readable');
        else viewport.restore(saved);
      } else if (graph !== before) {
        const anchor = anchorOf(before, graph, viewport.sight(), preferred);
        viewport.resize(graph.width, graph.height, anchor?.dx, anchor?.dy);
        // What was folded is much smaller than what was in sight of it.
        if (anchor?.node.folding?.folded === true) viewport.reveal(anchor.node, { instant: true });
      }
      drawing.update(view);
    },
    focus: (node) => drawing.focus(node),
    reveal(id) {
      const node = shown?.graph.nodes.find((candidate) => candidate.id === id);
      if (node === undefined) return;
      // Of a container its header is enough.
      viewport.reveal(node.container ? { ...node, height: 48 } : node);
    },
    zoom(change) {
      if (change === 'in') viewport.zoomIn();
      else if (change === 'out') viewport.zoomOut();
      else if (change === 'reset') viewport.zoomTo(1);
      else viewport.fit('whole');
    },
    position: () => (shown === undefined ? undefined : viewport.position()),
  };
}
