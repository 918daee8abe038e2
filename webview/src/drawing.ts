/** The boxes and lines of a graph, updated in place. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphView } from '../../common/protocol/graph.ts';
import { element, keyed, setAttributes, svgElement } from './dom.ts';
import { drawEdge, drawEdgeTexts, edgeState } from './edge-elements.ts';
import { drawFlags, drawNode } from './node-elements.ts';
import { place } from './place.ts';
import type { RunView } from './run-view.ts';

export interface Drawing {
  update(view: DrawingView): void;
  /** Moves the keyboard focus to a node. */
  focus(node: EntryAddress): void;
}

export interface DrawingView {
  readonly graph: GraphView;
  readonly run: RunView | undefined;
  readonly selected: EntryAddress | undefined;
  readonly highlighted: EntryAddress | undefined;
  readonly focused: EntryAddress | undefined;
  readonly now: number;
}

export interface DrawingEvents {
  readonly onSelect: (node: EntryAddress) => void;
  readonly onOpen: (node: EntryAddress, target: 'use' | 'definition', focus: boolean) => void;
  readonly onFocus: (node: EntryAddress) => void;
  /** Asks to fold an open nested workflow, or to open a folded one. */
  readonly onFold: (node: EntryAddress) => void;
}

export function createDrawing(canvas: HTMLElement, events: DrawingEvents): Drawing {
  const lines = svgElement('svg', { class: 'edges', 'aria-hidden': 'true' });
  const labels = element('div', { class: 'labels', attributes: { 'aria-hidden': 'true' } });
  const tree = element('div', { class: 'nodes', attributes: { role: 'tree' } });
  canvas.append(lines, tree, labels);
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

  listen(tree, events);

  return {
    update(view) {
      const { graph, run } = view;
      setAttributes(lines, { width: String(graph.width), height: String(graph.height) });
      setAttributes(tree, { 'aria-label': `Workflow ${graph.workflow.title}` });
      keyed(
        lines,
        edgeElements,
        graph.edges,
        (edge) => edge.id,
        () => svgElement('g', { class: 'edge' }),
        (target, edge) => {
          const state = edgeState(edge, run);
          if (changed(target, [edge, state])) drawEdge(target, edge, state);
        },
      );
      keyed(
        labels,
        labelElements,
        graph.edges.filter((edge) => edge.label !== undefined || edge.finding !== undefined),
        (edge) => edge.id,
        () => element('div', { class: 'edge-texts' }),
        (target, edge) => {
          const state = edgeState(edge, run);
          if (changed(target, [edge, state])) drawEdgeTexts(target, edge, state, events.onSelect);
        },
      );
      const levels = levelsOf(graph);
      keyed(
        tree,
        nodeElements,
        graph.nodes,
        (node) => node.id,
        (node) => element('div', { attributes: { 'data-node': node.id } }),
        (target, node) => {
          if (!(target instanceof HTMLElement)) return;
          const nodeRun = run?.nodes.get(node.id);
          // Only what runs shows a time that goes on.
          const now = nodeRun?.status === 'running' || nodeRun?.status === 'waiting' ? view.now : 0;
          drawFlags(target, node, nodeRun, {
            selected: node.id === view.selected,
            highlighted: node.id === view.highlighted,
            focused: node.id === view.focused,
            overlaid: run !== undefined,
          });
          // The contents stay while only the flags change: a press that moves the focus must not lose its target.
          place(target, node);
          // An edit moves most boxes and changes few.
          if (changed(target, [{ ...node, x: 0, y: 0 }, nodeRun, now]))
            drawNode(target, node, nodeRun, now, levels.get(node.id) ?? 1);
        },
      );
    },
    focus(node) {
      const target = nodeElements.get(node);
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    },
  };
}

function listen(tree: HTMLElement, events: DrawingEvents): void {
  const nodeOf = (event: Event): EntryAddress | undefined => {
    const target = event.target instanceof Element ? event.target.closest('[data-node]') : null;
    return target instanceof HTMLElement && target.classList.contains('inert') ? undefined : nodeIdOf(target);
  };
  tree.addEventListener('click', (event) => {
    const node = nodeOf(event);
    if (node === undefined) return;
    if (isFoldButton(event)) {
      events.onFold(node);
      return;
    }
    events.onSelect(node);
    events.onOpen(node, event.altKey ? 'definition' : 'use', event.altKey);
  });
  tree.addEventListener('dblclick', (event) => {
    const node = nodeOf(event);
    if (node !== undefined && !isFoldButton(event)) events.onOpen(node, 'definition', true);
  });
  tree.addEventListener('focusin', (event) => {
    const node = nodeOf(event);
    if (node !== undefined) events.onFocus(node);
  });
}

function isFoldButton(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('.fold') !== null;
}

function nodeIdOf(target: Element | null): EntryAddress | undefined {
  return target?.getAttribute('data-node') ?? undefined;
}

function levelsOf(graph: GraphView): ReadonlyMap<EntryAddress, number> {
  const levels = new Map<EntryAddress, number>();
  for (const { id, parent } of graph.nodes) {
    levels.set(id, parent === undefined ? 1 : (levels.get(parent) ?? 0) + 1);
  }
  return levels;
}
