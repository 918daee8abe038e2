/** The boxes and lines of a graph, updated in place. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphEdge, GraphFinding, GraphNode, GraphView } from '../../common/protocol/graph.ts';
import type { NodeRun } from '../../common/protocol/panel.ts';
import { element, keyed, replaceChildren, setAttributes, svgElement } from './dom.ts';
import { icon } from './icons.ts';
import { arrowHead, markPoint, roundedPath } from './paths.ts';
import type { RunView } from './run-view.ts';
import { nodeDescription, problemsLabel, runLine, secondLine, statusLabel, worstSeverity } from './words.ts';

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
    events.onSelect(node);
    events.onOpen(node, event.altKey ? 'definition' : 'use', event.altKey);
  });
  tree.addEventListener('dblclick', (event) => {
    const node = nodeOf(event);
    if (node !== undefined) events.onOpen(node, 'definition', true);
  });
  tree.addEventListener('focusin', (event) => {
    const node = nodeOf(event);
    if (node !== undefined) events.onFocus(node);
  });
}

function nodeIdOf(target: Element | null): EntryAddress | undefined {
  return target?.getAttribute('data-node') ?? undefined;
}

type EdgeState = 'passed' | 'idle' | undefined;

function edgeState(edge: GraphEdge, run: RunView | undefined): EdgeState {
  if (run === undefined) return undefined;
  return run.passed.has(edge.id) ? 'passed' : 'idle';
}

function edgeClasses(base: string, edge: GraphEdge, state: EdgeState): string {
  const parts = [base, edge.kind];
  if (state !== undefined) parts.push(state);
  if (edge.finding !== undefined) parts.push(`finding-${edge.finding.severity}`);
  return parts.join(' ');
}

function drawEdge(target: Element, edge: GraphEdge, state: EdgeState): void {
  setAttributes(target, { class: edgeClasses('edge', edge, state), 'data-edge': edge.id });
  const data = roundedPath(edge.points);
  const tooltip = [edge.finding?.message, edge.shape?.text].filter((part) => part !== undefined).join('\n\n');
  replaceChildren(
    target,
    tooltip !== '' && svgElement('title', {}, tooltip),
    // A wide invisible line, so that the thin one is easy to point at.
    svgElement('path', { class: 'edge-hit', d: data }),
    svgElement('path', { class: 'edge-line', d: data }),
    endsAtNode(edge) && svgElement('path', { class: 'edge-arrow', d: arrowHead(edge.points) }),
  );
}

/** Lines that leave a container's inside end at its border and go on as the next line: no arrow in between. */
function endsAtNode(edge: GraphEdge): boolean {
  return edge.kind === 'loop-back' || !edge.from.startsWith(`${edge.to}/`);
}

function drawEdgeTexts(
  target: Element,
  edge: GraphEdge,
  state: EdgeState,
  onSelect: (node: EntryAddress) => void,
): void {
  target.className = edgeClasses('edge-texts', edge, state);
  const { label, finding } = edge;
  const children: HTMLElement[] = [];
  if (label !== undefined) {
    const chip = element('span', { class: 'condition', title: label.text }, label.text);
    place(chip, label);
    children.push(chip);
  }
  if (finding !== undefined) {
    const [x, y] = markPoint(edge.points);
    const select = (event: Event) => {
      event.stopPropagation();
      onSelect(edge.to);
    };
    const mark = element(
      'span',
      { class: `edge-mark ${finding.severity}`, title: finding.message, on: { click: select } },
      icon(finding.severity),
    );
    mark.style.left = `${x - 10}px`;
    mark.style.top = `${y - 10}px`;
    children.push(mark);
  }
  replaceChildren(target, ...children);
}

interface NodeFlags {
  readonly selected: boolean;
  readonly highlighted: boolean;
  readonly focused: boolean;
  readonly overlaid: boolean;
}

function isDot(node: GraphNode): boolean {
  return node.parent !== undefined && (node.kind === 'start' || node.kind === 'end');
}

function drawFlags(target: HTMLElement, node: GraphNode, run: NodeRun | undefined, is: NodeFlags): void {
  const classes = nodeClasses(node, run, is);
  if (target.className !== classes) target.className = classes;
  if (isDot(node)) return;
  setAttributes(target, {
    tabindex: is.focused ? '0' : '-1',
    'aria-selected': String(is.selected),
    'aria-current': is.highlighted ? 'location' : undefined,
  });
}

function drawNode(target: HTMLElement, node: GraphNode, run: NodeRun | undefined, now: number, level: number): void {
  if (isDot(node)) {
    setAttributes(target, { 'aria-hidden': 'true', role: 'none' });
    return;
  }
  setAttributes(target, {
    role: 'treeitem',
    'aria-label': nodeDescription(node, run, now),
    'aria-level': String(level),
  });
  if (node.kind === 'start' || node.kind === 'end') {
    replaceChildren(target, icon(node.kind, 'kind'), element('span', { class: 'title' }, node.title), ...badges(node));
    return;
  }
  replaceChildren(target, node.container ? containerHeader(node, run, now) : leafContent(node, run, now));
}

function nodeClasses(node: GraphNode, run: NodeRun | undefined, is: NodeFlags): string {
  const parts = ['node', `kind-${node.kind}`, node.container ? 'container' : 'leaf'];
  if (isDot(node)) parts.push('dot', 'inert');
  if (is.selected) parts.push('selected');
  if (is.highlighted) parts.push('highlighted');
  if (is.overlaid) parts.push(run === undefined ? 'status-none' : `status-${run.status}`);
  const severity = worstSeverity(node.findings);
  if (severity !== undefined) parts.push(`has-${severity}`);
  return parts.join(' ');
}

function leafContent(node: GraphNode, run: NodeRun | undefined, now: number): HTMLElement {
  const detail = run === undefined ? secondLine(node) : runLine(run, now);
  return element(
    'div',
    { class: 'card', title: tooltip(node) },
    icon(node.kind, 'kind'),
    element(
      'span',
      { class: 'texts' },
      element('span', { class: 'title' }, node.title),
      element('span', { class: 'detail' }, detail),
    ),
    element('span', { class: 'marks' }, ...marks(node, run)),
  );
}

function containerHeader(node: GraphNode, run: NodeRun | undefined, now: number): HTMLElement {
  return element(
    'div',
    { class: 'header', title: tooltip(node) },
    icon(node.kind, 'kind'),
    element('span', { class: 'title' }, node.title),
    element('span', { class: 'detail' }, secondLine(node)),
    element(
      'span',
      { class: 'marks' },
      run?.startedAt !== undefined && element('span', { class: 'detail run' }, runLine(run, now)),
      ...marks(node, run),
    ),
  );
}

function marks(node: GraphNode, run: NodeRun | undefined): readonly HTMLElement[] {
  const list = [...badges(node)];
  if (node.canSuspend && run?.status !== 'suspended') {
    list.push(element('span', { class: 'mark suspends', title: 'This step can suspend the run' }, icon('suspended')));
  }
  if (run !== undefined) {
    const label = statusLabel(run.status);
    list.push(element('span', { class: `mark status ${run.status}`, title: label }, icon(run.status)));
  }
  return list;
}

function badges(node: GraphNode): readonly HTMLElement[] {
  const severity = worstSeverity(node.findings);
  if (severity === undefined) return [];
  return [
    element(
      'span',
      { class: `mark badge ${severity}`, title: findingsText(node.findings) },
      icon(severity),
      node.findings.length > 1 && String(node.findings.length),
    ),
  ];
}

function findingsText(findings: readonly GraphFinding[]): string {
  const messages = findings.map((finding) => finding.message).join('\n');
  return findings.length === 1 ? messages : `${problemsLabel(findings)}\n${messages}`;
}

function tooltip(node: GraphNode): string {
  const parts = [node.title, secondLine(node)];
  if (node.description !== undefined && node.description !== node.detail) parts.push(node.description);
  return parts.filter((part) => part !== '').join('\n');
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function place(target: HTMLElement, { x, y, width, height }: Rectangle): void {
  const wanted = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
  for (const property of ['left', 'top', 'width', 'height'] as const) {
    if (target.style[property] !== wanted[property]) target.style[property] = wanted[property];
  }
}

function levelsOf(graph: GraphView): ReadonlyMap<EntryAddress, number> {
  const levels = new Map<EntryAddress, number>();
  for (const { id, parent } of graph.nodes) {
    levels.set(id, parent === undefined ? 1 : (levels.get(parent) ?? 0) + 1);
  }
  return levels;
}
