/** The pane that tells all about the selected node. */
import type { ShapeField, Shape } from '../../common/model/flow.ts';
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphFinding, GraphNode } from '../../common/protocol/graph.ts';
import type { NodeRun } from '../../common/protocol/panel.ts';
import type { RunError } from '../../common/runlog/events.ts';
import { element, replaceChildren } from './dom.ts';
import type { Child } from './dom.ts';
import { icon } from './icons.ts';
import { iconButton } from './toolbar.ts';
import { kindLabel, runLine } from './words.ts';

export interface DetailsEvents {
  readonly onOpen: (node: EntryAddress, target: 'use' | 'definition') => void;
  readonly onClose: () => void;
  readonly onResume: (node: EntryAddress) => void;
  readonly onCopy: (text: string, what: string) => void;
}

export interface Details {
  readonly root: HTMLElement;
  update(node: GraphNode | undefined, run: NodeRun | undefined, now: number): void;
}

export function createDetails(events: DetailsEvents): Details {
  const root = element('aside', { class: 'details', attributes: { 'aria-label': 'Details' } });
  let shown = '';
  let shownNode: EntryAddress | undefined;
  return {
    root,
    update(node, run, now) {
      root.hidden = node === undefined;
      const line = run === undefined ? undefined : runLine(run, now);
      const signature = JSON.stringify([node, run, line]);
      if (signature === shown) return;
      shown = signature;
      const { scrollTop } = root;
      replaceChildren(root, ...(node === undefined ? [] : content(node, run, line, events)));
      // The same node after an edit or an event of the run: the reader stays where they are.
      root.scrollTop = node?.id === shownNode ? scrollTop : 0;
      shownNode = node?.id;
    },
  };
}

function content(
  node: GraphNode,
  run: NodeRun | undefined,
  line: string | undefined,
  events: DetailsEvents,
): readonly Child[] {
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
      run?.status === 'suspended' &&
        !node.container &&
        node.step !== undefined &&
        action('resume', 'Resume', () => events.onResume(node.id)),
      definition !== undefined && action('definition', 'Go to definition', () => events.onOpen(node.id, 'definition')),
    ),
    node.description !== undefined && element('p', { class: 'description' }, node.description),
    node.findings.length > 0 && section('Problems', ...node.findings.map(finding)),
    run !== undefined && line !== undefined && runSection(run, line, events),
    ...dataSections(node),
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
function withCode(message: string): readonly Child[] {
  return message.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

function runSection(run: NodeRun, line: string, events: DetailsEvents): HTMLElement {
  return section(
    'Last run',
    element('p', { class: `run-line status ${run.status}` }, icon(run.status), element('span', {}, line)),
    run.error !== undefined && errorBlock(run.error, events),
    run.uncertain === true &&
      element('p', { class: 'unknown' }, 'Several steps have this id: which of them ran cannot be told.'),
    json('Suspended with', run.suspendPayload, events),
    json('Input', run.input, events),
    json('Output', run.output, events),
  );
}

function errorBlock(error: RunError, events: DetailsEvents): HTMLElement {
  const chain: RunError[] = [];
  for (let current: RunError | undefined = error; current !== undefined; current = current.cause) chain.push(current);
  const text = chain.map((part) => part.stack ?? `${part.name}: ${part.message}`).join('\n\nCaused by: ');
  return element(
    'div',
    { class: 'error-block' },
    blockHead('Error', text, 'error', events),
    ...chain.flatMap((part, index): Child[] => [
      element('p', { class: 'error-message' }, `${index === 0 ? '' : 'Caused by '}${part.name}: ${part.message}`),
      part.stack !== undefined && pre(withoutMessage(part), `Stack trace of ${part.name}`),
    ]),
  );
}

/** The frames alone: the message above says the rest. */
function withoutMessage({ stack = '', name, message }: RunError): string {
  const head = `${name}: ${message}`;
  return (stack.startsWith(head) ? stack.slice(head.length).replace(/^\n/, '') : stack).replace(/^ {4}/gm, '');
}

function json(title: string, text: string | undefined, events: DetailsEvents): Child {
  if (text === undefined) return undefined;
  return element('div', { class: 'json' }, blockHead(title, text, title.toLowerCase(), events), pre(text, title));
}

function blockHead(title: string, text: string, what: string, events: DetailsEvents): HTMLElement {
  return element(
    'div',
    { class: 'block-head' },
    element('h4', {}, title),
    iconButton('copy', `Copy ${what}`, () => events.onCopy(text, what)),
  );
}

/** Long texts scroll, so the keyboard must reach them. */
function pre(text: string, label: string): HTMLElement {
  return element('pre', { attributes: { tabindex: '0', role: 'group', 'aria-label': label } }, text);
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
