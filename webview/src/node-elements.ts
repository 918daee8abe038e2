/** What stands for one node of the drawing. */
import { joinText } from '../../common/graph/words.ts';
import type { GraphFinding, GraphNode } from '../../common/protocol/graph.ts';
import type { NodeRun } from '../../common/replay/moment.ts';
import { element, replaceChildren, setAttributes } from './dom.ts';
import { icon } from './icons.ts';
import { nodeDescription, problemsLabel, runFigures, secondLine, statusLabel, worstSeverity } from './words.ts';

export interface NodeFlags {
  readonly selected: boolean;
  readonly highlighted: boolean;
  readonly focused: boolean;
  readonly found: boolean;
  /** The one that the search shows now. */
  readonly match: boolean;
  readonly overlaid: boolean;
}

function isDot(node: GraphNode): boolean {
  return node.parent !== undefined && (node.kind === 'start' || node.kind === 'end');
}

/** What changes often and needs no new contents. */
export function drawFlags(target: HTMLElement, node: GraphNode, run: NodeRun | undefined, is: NodeFlags): void {
  const classes = nodeClasses(node, run, is);
  if (target.className !== classes) target.className = classes;
  if (isDot(node)) return;
  setAttributes(target, {
    tabindex: is.focused ? '0' : '-1',
    'aria-selected': String(is.selected),
    'aria-current': is.highlighted ? 'location' : undefined,
  });
}

export function drawNode(
  target: HTMLElement,
  node: GraphNode,
  run: NodeRun | undefined,
  now: number,
  level: number,
): void {
  if (isDot(node)) {
    setAttributes(target, { 'aria-hidden': 'true', role: 'none' });
    return;
  }
  setAttributes(target, {
    role: 'treeitem',
    'aria-label': nodeDescription(node, run, now),
    'aria-level': String(level),
    'aria-expanded': node.folding === undefined ? undefined : String(!node.folding.folded),
  });
  if (node.kind === 'start' || node.kind === 'end') {
    replaceChildren(target, icon(node.kind, 'kind'), element('span', { class: 'title' }, node.title), ...badges(node));
    return;
  }
  if (node.container) replaceChildren(target, containerHeader(node, run, now), join(node));
  else replaceChildren(target, leafContent(node, run, now));
}

function nodeClasses(node: GraphNode, run: NodeRun | undefined, is: NodeFlags): string {
  const parts = ['node', `kind-${node.kind}`, node.container ? 'container' : 'leaf'];
  if (isDot(node)) parts.push('dot', 'inert');
  if (is.selected) parts.push('selected');
  if (is.highlighted) parts.push('highlighted');
  if (is.found) parts.push('found');
  if (is.match) parts.push('current');
  if (is.overlaid) parts.push(run === undefined ? 'status-none' : `status-${run.status}`);
  const severity = worstSeverity(node.findings);
  if (severity !== undefined) parts.push(`has-${severity}`);
  return parts.join(' ');
}

function leafContent(node: GraphNode, run: NodeRun | undefined, now: number): HTMLElement {
  return element(
    'div',
    { class: 'card', title: tooltip(node) },
    foldButton(node),
    icon(node.kind, 'kind'),
    element(
      'span',
      { class: 'texts' },
      element('span', { class: 'title' }, node.title),
      run === undefined ? element('span', { class: 'detail' }, secondLine(node)) : runDetail(run, now),
    ),
    element('span', { class: 'marks' }, ...marks(node, run)),
  );
}

/** Status and figures. Where there is room for one of them it is the figures: the status has a mark as well. */
function runDetail(run: NodeRun, now: number): HTMLElement {
  const figures = runFigures(run, now);
  const status = statusLabel(run.status);
  return element(
    'span',
    { class: 'detail run-detail' },
    element(
      'span',
      {},
      element('span', { class: 'run-part' }, figures === '' ? status : `${status} ·`),
      ...(figures === '' ? [] : [' ', element('span', { class: 'run-part' }, figures)]),
    ),
  );
}

/** Where the paths of a parallel or a branch come together again. */
function join({ kind }: GraphNode): HTMLElement | undefined {
  if (kind !== 'parallel' && kind !== 'conditional') return undefined;
  return element('span', { class: 'join', title: joinText(kind) });
}

function containerHeader(node: GraphNode, run: NodeRun | undefined, now: number): HTMLElement {
  return element(
    'div',
    { class: 'header', title: tooltip(node) },
    foldButton(node),
    icon(node.kind, 'kind'),
    element('span', { class: 'title' }, node.title),
    element('span', { class: 'detail kind-detail' }, element('span', {}, secondLine(node))),
    element(
      'span',
      { class: 'marks' },
      run?.startedAt !== undefined && element('span', { class: 'detail' }, runFigures(run, now)),
      ...marks(node, run),
    ),
  );
}

/** Out of the order of Tab, since the node itself is in it: there the keyboard folds with F. */
function foldButton({ folding, title }: GraphNode): HTMLElement | undefined {
  if (folding === undefined) return undefined;
  const label = folding.folded ? `Open ${title} here (F)` : `Fold ${title} (F)`;
  return element(
    'span',
    { class: 'fold', title: label, attributes: { 'aria-hidden': 'true' } },
    icon(folding.folded ? 'chevron' : 'opened'),
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
