/** The drawing in its viewport: what is seen of it, and what stays in place while it changes. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphEdge } from '../../common/protocol/graph.ts';
import { anchorOf } from './anchor.ts';
import type { DrawingEvents } from './drawing-events.ts';
import { createListView } from './list/list-view.ts';
import type { ListLook } from './list/list-view.ts';
import { createDataCard } from './data-card.ts';
import { createDrawing } from './drawing.ts';
import type { DrawingView } from './drawing.ts';
import { element } from './dom.ts';
import { oncePerFrame } from './frames.ts';
import { createViewport } from './viewport.ts';
import type { ViewportPosition } from './viewport.ts';

/** A pointer that only passes over a line asks for nothing. */
const hoverMilliseconds = 200;

export interface Stage {
  readonly root: HTMLElement;
  /** Holds the nodes, whose keys come up here. */
  readonly canvas: HTMLElement;
  /** Shows a drawing, or another state of it. `anchor` is the node that stays where it is, if it is in sight.
   * With a `list` that stands in the drawing's place. */
  show(view: DrawingView, anchor: EntryAddress | undefined, list: ListLook | undefined): void;
  /** Moves the keyboard to a node that is drawn. */
  focus(node: EntryAddress): void;
  /** Scrolls to a node; does nothing for one that is not drawn. */
  reveal(node: EntryAddress | undefined): void;
  zoom(change: ZoomChange): void;
  /** Shows in full what flows into a node, or hides it again; what it says, for those who hear it. */
  toggleData(node: EntryAddress): string | undefined;
  /** Undefined before the first drawing. */
  position(): ViewportPosition | undefined;
}

export type ZoomChange = 'in' | 'out' | 'reset' | 'fit';

export interface StageEvents extends Omit<DrawingEvents, 'onEdge'> {
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
  const card = createDataCard();
  const showData = (edge: GraphEdge, clientX: number, clientY: number) => {
    const titles = new Map(shown?.graph.nodes.map(({ id, title }) => [id, title]));
    card.show(edge, { from: titles.get(edge.from) ?? '', to: titles.get(edge.to) ?? '' }, clientX, clientY);
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const drawing = createDrawing(viewport, {
    ...events,
    onEdge(edge, clientX, clientY) {
      clearTimeout(waiting);
      if (edge === undefined) card.hide();
      else waiting = setTimeout(() => showData(edge, clientX, clientY), hoverMilliseconds);
    },
  });
  const listView = createListView(events);
  listView.root.hidden = true;
  const root = element('div', { class: 'stage' }, viewport.root, listView.root, drawing.map, card.root);
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'd') card.hide();
  });
  viewport.root.addEventListener('scroll', () => card.hide(), { passive: true });

  return {
    root,
    canvas: viewport.canvas,
    show(view, preferred, list) {
      const { graph } = view;
      root.hidden = false;
      viewport.root.hidden = list !== undefined;
      drawing.map.classList.toggle('away', list !== undefined);
      listView.root.hidden = list === undefined;
      if (list !== undefined) {
        listView.update(list);
        return;
      }
      const before = shown?.graph;
      shown = view;
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
    focus: (node) => (listView.root.hidden ? drawing : listView).focus(node),
    reveal(id) {
      if (!listView.root.hidden) {
        if (id !== undefined) listView.reveal(id);
        return;
      }
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
    toggleData(node) {
      const edge = shown?.graph.edges.find(({ to, kind }) => to === node && kind === 'flow');
      const box = drawing.boxOf(node);
      if (!card.root.hidden || edge === undefined || box === undefined) {
        card.hide();
        return undefined;
      }
      showData(edge, box.left + box.width / 2, box.top - 24);
      return card.root.innerText;
    },
    position: () => (shown === undefined ? undefined : viewport.position()),
  };
}
