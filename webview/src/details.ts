/** The pane that tells all about the selected node. */
import type { ShapeField, Shape } from '../../common/model/flow.ts';
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphFinding, GraphNode } from '../../common/protocol/graph.ts';
import { element, replaceChildren } from './dom.ts';
import type { Child } from './dom.ts';
import { icon } from './icons.ts';
import { iconButton } from './toolbar.ts';
import { kindLabel } from './words.ts';

export interface DetailsEvents {
  readonly onOpen: (node: EntryAddress, target: 'use' | 'definition') => void;
  readonly onClose: () => void;
  readonly onResume: (node: EntryAddress) => void;
}

export interface Details {
  readonly root: HTMLElement;
  /** `canResume` when the node waits for an answer that can be given now. */
  update(node: GraphNode | undefined, canResume: boolean): void;
}

/** `run` tells what a run did in the node, and is kept up by who made it. */
export function createDetails(run: HTMLElement, events: DetailsEvents): Details {
  const above = element('div', {});
  const below = element('div', {});
  const root = element('aside', { class: 'details', attributes: { 'aria-label': 'Details' } }, above, run, below);
  let shown = '';
  let shownNode: EntryAddress | undefined;
  return {
    root,
    update(node, canResume) {
      root.hidden = node === undefined;
      const signature = JSON.stringify([node, canResume]);
      if (signature === shown) return;
      shown = signature;
      const { scrollTop } = root;
      replaceChildren(above, ...(node === undefined ? [] : head(node, canResume, events)));
      replaceChildren(below, ...(node === undefined ? [] : dataSections(node)));
      // The same node after an edit or an event of the run: the reader stays where they are.
      root.scrollTop = node?.id === shownNode ? scrollTop : 0;
      shownNode = node?.id;
    },
  };
}

function head(node: GraphNode, canResume: boolean, events: DetailsEvents): readonly Child[] {
  const { definition } = node;
  return [
    element(
      'div',
      { class: 'details-head' },
      icon(node.kind, 'kind'),
      element('h2', { class: 'details-title' }, node.title),
      iconButton('close', 'Close (Escape)', events.onClose),
    ),
    element('p', { class: 'details-kind' }, subtitle(node)),
    element(
      'div',
      { class: 'actions' },
      node.source !== undefined &&
        action('source', node.kind === 'start' || node.kind === 'end' ? 'Go to workflow' : 'Go to source', () =>
          events.onOpen(node.id, 'use'),
        ),
      // A container repeats what the steps in it wait for.
      canResume &&
        !node.container &&
        node.step !== undefined &&
        action('resume', 'Resume', () => events.onResume(node.id)),
      definition !== undefined && action('definition', 'Go to definition', () => events.onOpen(node.id, 'definition')),
    ),
    node.description !== undefined && element('p', { class: 'description' }, node.description),
    node.findings.length > 0 && section('Problems', ...node.findings.map(finding)),
  ];
}

function subtitle(node: GraphNode): string {
  const detail = node.detail === node.description ? undefined : node.detail;
  const kind = node.title === kindLabel(node) ? undefined : kindLabel(node);
  const suspends = node.canSuspend ? 'can suspend' : undefined;
  return [kind, detail, suspends].filter((part) => part !== undefined).join(' · ');
}

function action(name: 'source' | 'definition' | 'resume', label: string, onClick: () => void): HTMLElement {
  return element('button', { class: 'button link', on: { click: onClick } }, icon(name), element('span', {}, label));
}

function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', {}, element('h3', {}, title), ...children);
}

function finding({ rule, severity, message }: GraphFinding): HTMLElement {
  return element(
    'div',
    { class: `finding ${severity}` },
    icon(severity),
    element('p', {}, ...withCode(message), ' ', element('span', { class: 'rule' }, rule)),
  );
}

/** Names stand between backticks in messages. */
export function withCode(message: string): readonly Child[] {
  return message.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

function dataSections(node: GraphNode): readonly Child[] {
  if (node.kind === 'start') return [shapeSection('Workflow input', node.leaves)];
  if (node.kind === 'end') {
    return sameShape(node.arrives, node.needs)
      ? [shapeSection('Workflow output', node.arrives)]
      : [shapeSection('Arrives', node.arrives), shapeSection('Workflow output', node.needs)];
  }
  return [
    shapeSection('Arrives', node.arrives),
    sameShape(node.arrives, node.needs) ? undefined : shapeSection('Needs', node.needs),
    shapeSection('Leaves', node.leaves),
  ];
}

function sameShape(a: Shape | undefined, b: Shape | undefined): boolean {
  return a?.text === b?.text;
}

function shapeSection(title: string, shape: Shape | undefined): HTMLElement {
  if (shape === undefined) return section(title, element('p', { class: 'unknown' }, 'Not known from the source'));
  const { fields } = shape;
  if (fields === undefined) return section(title, element('code', { class: 'type' }, shape.text));
  if (fields.length === 0) return section(title, element('p', { class: 'unknown' }, 'An object without fields'));
  return section(title, element('dl', { class: 'fields' }, ...fields.flatMap(field)));
}

function field({ name, optional, text }: ShapeField): readonly HTMLElement[] {
  return [
    element('dt', {}, name, optional && element('span', { class: 'optional', title: 'Optional' }, '?')),
    element('dd', {}, element('code', {}, text)),
  ];
}
