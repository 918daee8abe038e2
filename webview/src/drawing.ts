/**
 * The boxes and lines of a graph, updated in place. Only what is near the viewport has elements; from so far away that no text
 * could be read, all of it is a picture on a canvas.
 */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphEdge, GraphNode, GraphView } from '../../common/protocol/graph.ts';
import { readColours } from './colours.ts';
import { listenFar, listenNear, listenToEdges } from './drawing-events.ts';
import type { DrawingEvents } from './drawing-events.ts';
import { element, keyed, setAttributes, svgElement } from './dom.ts';
import { drawEdge, drawEdgeTexts, edgeState } from './edge-elements.ts';
import { createFarView, sceneOf } from './far-view.ts';
import type { Scene } from './far-view.ts';
import { edgeColour, nodeColour } from './far-colours.ts';
import { later } from './frames.ts';
import { createMinimap } from './minimap/minimap.ts';
import { drawFlags, drawNode } from './node-elements.ts';
import { place } from './place.ts';
import { grown, holds, touches } from './rectangle.ts';
import type { RunView } from './run-view.ts';
import type { Viewport } from './viewport.ts';

export interface Drawing {
  /** All of it in small, to lie over the viewport's corner. */
  readonly map: HTMLElement;
  update(view: DrawingView): void;
  /** The viewport shows another part, or another size. */
  follow(): void;
  /** Moves the keyboard focus to a node; it must be drawn, but need not be in sight. */
  focus(node: EntryAddress): void;
  /** Where the element of a node is in the window; undefined when it has none. */
  boxOf(node: EntryAddress): DOMRect | undefined;
}

export interface DrawingView {
  readonly graph: GraphView;
  readonly run: RunView | undefined;
  readonly selected: EntryAddress | undefined;
  readonly highlighted: EntryAddress | undefined;
  readonly focused: EntryAddress | undefined;
  /** The nodes that a search found. */
  readonly found: ReadonlySet<EntryAddress>;
  /** The one of them that is shown. */
  readonly match: EntryAddress | undefined;
  readonly now: number;
}

/** Below this zoom the letters of a title are less than six pixels high. */
export const farZoom = 0.4;
/** Pixels around the viewport within which elements are made, and beyond which they go again. */
const near = 240;
const gone = 720;
/** The map in the corner follows changes of a run this much later. */
const mapMilliseconds = 120;

export function createDrawing(viewport: Viewport, events: DrawingEvents): Drawing {
  const { canvas } = viewport;
  const lines = svgElement('svg', { class: 'edges', 'aria-hidden': 'true', width: '1', height: '1' });
  const labels = element('div', { class: 'labels', attributes: { 'aria-hidden': 'true' } });
  const tree = element('div', { class: 'nodes', attributes: { role: 'tree' } });
  canvas.append(lines, tree, labels);
  const minimap = createMinimap(viewport);
  const farView = createFarView();
  viewport.space.prepend(farView.root);
  const colours = readColours(() => {
    if (shownFar) follow();
    drawMap();
  });
  const edgeElements = new Map<string, Element>();
  const labelElements = new Map<string, Element>();
  const nodeElements = new Map<string, Element>();
  // What each element shows now: an update that changes nothing leaves the element alone.
  const shown = new WeakMap<Element, string>();
  const changed = (target: Element, signature: unknown): boolean => {
    const text = JSON.stringify(signature);
    if (shown.get(target) === text) return false;
    shown.set(target, text);
    return true;
  };
  let current: DrawingView | undefined;
  let scene: Scene = sceneOf([], []);
  let levels: ReadonlyMap<EntryAddress, number> = new Map();
  /** Where each node is in the list of all. */
  let order: ReadonlyMap<EntryAddress, number> = new Map();
  /** The nodes of the drawing before: what is not among them is new. */
  let before: ReadonlyMap<EntryAddress, number> | undefined;
  let shownFar = false;

  listenNear(tree, events);
  for (const layer of [lines, labels]) {
    listenToEdges(layer, events, (id) => current?.graph.edges.find((edge) => edge.id === id));
  }
  listenFar(viewport, farView.root, events, (x, y) => {
    if (!shownFar) return undefined;
    return scene.nodes.within({ x, y, width: 1, height: 1 }).findLast((node) => holds(node, x, y));
  });

  const drawEdges = (view: DrawingView, edges: readonly GraphEdge[]) => {
    keyed(
      lines,
      edgeElements,
      edges,
      (edge) => edge.id,
      () => svgElement('g', { class: 'edge' }),
      (target, edge) => {
        const state = edgeState(edge, view.run);
        if (changed(target, [edge, state])) drawEdge(target, edge, state);
      },
    );
    keyed(
      labels,
      labelElements,
      edges.filter(({ label, finding, data }) => label !== undefined || finding !== undefined || data !== undefined),
      (edge) => edge.id,
      () => element('div', { class: 'edge-texts' }),
      (target, edge) => {
        const state = edgeState(edge, view.run);
        if (changed(target, [edge, state])) drawEdgeTexts(target, edge, state, events.onSelect);
      },
    );
  };

  const drawNodes = (view: DrawingView, nodes: readonly GraphNode[]) => {
    keyed(
      tree,
      nodeElements,
      nodes,
      (node) => node.id,
      (node) => {
        const created = element('div', { attributes: { 'data-node': node.id } });
        if (before?.has(node.id) === false) created.dataset['fresh'] = '';
        return created;
      },
      (target, node) => {
        if (!(target instanceof HTMLElement)) return;
        const nodeRun = view.run?.nodes.get(node.id);
        // Only what runs shows a time that goes on.
        const now = nodeRun?.status === 'running' || nodeRun?.status === 'waiting' ? view.now : 0;
        drawFlags(target, node, nodeRun, {
          selected: node.id === view.selected,
          highlighted: node.id === view.highlighted,
          focused: node.id === view.focused,
          found: view.found.has(node.id),
          match: node.id === view.match,
          overlaid: view.run !== undefined,
        });
        // The contents stay while only the flags change: a press that moves the focus must not lose its target.
        place(target, node);
        // An edit moves most boxes and changes few.
        if (changed(target, [{ ...node, x: 0, y: 0 }, nodeRun, now]))
          drawNode(target, node, nodeRun, now, levels.get(node.id) ?? 1);
      },
    );
  };

  /** The nodes that have elements: those near, those not far that have one already, and the one that Tab leads to. */
  const wantedNodes = ({ graph, focused }: DrawingView): readonly GraphNode[] => {
    const { zoom } = viewport.frame();
    const index = focused === undefined ? undefined : order.get(focused);
    const kept = index === undefined ? undefined : graph.nodes[index];
    if (zoom < farZoom) return kept === undefined ? [] : [kept];
    const sight = viewport.sight();
    const close = grown(sight, near / zoom);
    const found = scene.nodes
      .within(grown(sight, gone / zoom))
      .filter((node) => nodeElements.has(node.id) || touches(node, close));
    if (kept === undefined || index === undefined || found.includes(kept)) return found;
    const behind = found.findIndex((node) => (order.get(node.id) ?? 0) > index);
    return behind < 0 ? [...found, kept] : found.toSpliced(behind, 0, kept);
  };

  const wantedEdges = (): readonly GraphEdge[] => {
    const { zoom } = viewport.frame();
    if (zoom < farZoom) return [];
    const sight = viewport.sight();
    const close = new Set(scene.edges.within(grown(sight, near / zoom)));
    return scene.edges.within(grown(sight, gone / zoom)).filter((edge) => close.has(edge) || edgeElements.has(edge.id));
  };

  const follow = () => {
    if (current === undefined) return;
    shownFar = viewport.frame().zoom < farZoom;
    farView.root.hidden = !shownFar;
    lines.toggleAttribute('hidden', shownFar);
    minimap.follow();
    drawEdges(current, wantedEdges());
    drawNodes(current, wantedNodes(current));
    if (!shownFar) return;
    const { run, ...marks } = current;
    farView.draw(scene, viewport.frame(), {
      colours: colours.now(),
      nodeColour: (node) => nodeColour(node, run, marks),
      edgeColour: (edge) => edgeColour(edge, run),
    });
  };

  const drawMap = later(() => {
    if (current === undefined) return;
    const { graph, run, ...marks } = current;
    minimap.update({
      width: graph.width,
      height: graph.height,
      nodes: graph.nodes,
      colours: colours.now(),
      nodeColour: (node) => nodeColour(node, run, marks),
    });
  }, mapMilliseconds);

  return {
    map: minimap.root,
    update(view) {
      if (view.graph !== current?.graph) {
        before = current === undefined ? undefined : order;
        order = new Map(view.graph.nodes.map((node, index) => [node.id, index]));
        levels = levelsOf(view.graph);
        scene = sceneOf(view.graph.nodes, view.graph.edges);
        setAttributes(tree, { 'aria-label': `Workflow ${view.graph.workflow.title}` });
      }
      current = view;
      follow();
      drawMap();
      // From here on nodes come because they come into sight.
      before = undefined;
    },
    follow,
    boxOf: (node) => nodeElements.get(node)?.getBoundingClientRect(),
    focus(node) {
      const target = nodeElements.get(node);
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    },
  };
}

function levelsOf(graph: GraphView): ReadonlyMap<EntryAddress, number> {
  const levels = new Map<EntryAddress, number>();
  for (const { id, parent } of graph.nodes) {
    levels.set(id, parent === undefined ? 1 : (levels.get(parent) ?? 0) + 1);
  }
  return levels;
}
