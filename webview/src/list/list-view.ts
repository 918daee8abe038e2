/** The list in place of the drawing: a tree of rows, of which only those in sight have elements. */
import type { Folded } from '../../../common/graph/boxes.ts';
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import { element, keyed, replaceChildren, setAttributes } from '../dom.ts';
import type { DrawingEvents } from '../drawing-events.ts';
import { icon } from '../icons.ts';
import type { RunView } from '../run-view.ts';
import { runLine, worstSeverity } from '../words.ts';
import { listRows, nextRow } from './rows.ts';
import type { ListRow } from './rows.ts';

export interface ListView {
  readonly root: HTMLElement;
  update(look: ListLook): void;
  focus(node: EntryAddress): void;
  reveal(node: EntryAddress): void;
}

export interface ListLook {
  readonly model: GraphModel;
  readonly folded: Folded;
  readonly run: RunView | undefined;
  readonly selected: EntryAddress | undefined;
  readonly focused: EntryAddress | undefined;
  readonly found: ReadonlySet<EntryAddress>;
  readonly match: EntryAddress | undefined;
  readonly now: number;
}

const rowHeight = 26;
const rowsAround = 12;

export function createListView(events: Pick<DrawingEvents, 'onSelect' | 'onOpen' | 'onFocus' | 'onFold'>): ListView {
  const space = element('div', { class: 'list-space', attributes: { role: 'presentation' } });
  const root = element('div', { class: 'list-view', attributes: { role: 'tree' } }, space);
  const elements = new Map<string, Element>();
  let look: ListLook | undefined;
  let rows: readonly ListRow[] = [];
  /** The row that Tab leads to: a join has no node of its own. */
  let current: EntryAddress | undefined;

  const draw = () => {
    if (look === undefined) return;
    const first = Math.floor(root.scrollTop / rowHeight) - rowsAround;
    const last = Math.ceil((root.scrollTop + root.clientHeight) / rowHeight) + rowsAround;
    const shown = rows.filter((row, index) => (index >= first && index <= last) || row.id === current);
    const places = new Map(rows.map(({ id }, index) => [id, index]));
    const now = look;
    keyed(
      space,
      elements,
      shown,
      (row) => row.id,
      () => element('div', { attributes: { role: 'treeitem' } }),
      (target, row) => {
        if (target instanceof HTMLElement) drawRow(target, row, (places.get(row.id) ?? 0) * rowHeight, now, current);
      },
    );
  };

  const go = (id: EntryAddress | undefined) => {
    const row = rows.find((each) => each.id === id);
    if (row === undefined) return;
    current = row.id;
    reveal(row.id);
    draw();
    const target = elements.get(row.id);
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  };

  const reveal = (id: EntryAddress) => {
    const top = rows.findIndex((row) => row.id === id) * rowHeight;
    if (top < 0) return;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + rowHeight > root.scrollTop + root.clientHeight) root.scrollTop = top + rowHeight - root.clientHeight;
  };

  const rowOf = (event: Event): ListRow | undefined => {
    const target = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    return rows.find(({ id }) => id === target?.getAttribute('data-row'));
  };

  root.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(root);
  root.addEventListener('focusin', (event) => {
    const row = rowOf(event);
    if (row === undefined) return;
    current = row.id;
    if (row.kind === 'node') events.onFocus(row.id);
  });
  root.addEventListener('click', (event) => {
    const row = rowOf(event);
    if (row === undefined) return;
    go(row.id);
    if (event.target instanceof Element && event.target.closest('.fold') !== null) events.onFold(row.id);
    else {
      events.onSelect(row.node.id);
      events.onOpen(row.node.id, event.altKey ? 'definition' : 'use', event.altKey);
    }
  });
  root.addEventListener('keydown', (event) => {
    const row = rowOf(event);
    if (row === undefined || event.ctrlKey || event.metaKey) return;
    if (!runKey(event, row)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  const runKey = ({ key, altKey }: KeyboardEvent, row: ListRow): boolean => {
    const moves = { ArrowUp: 'up', ArrowDown: 'down', Home: 'first', End: 'last' } as const;
    if (key === 'ArrowUp' || key === 'ArrowDown' || key === 'Home' || key === 'End') {
      go(nextRow(rows, row.id, moves[key]));
    } else if (key === 'ArrowRight') {
      if (row.folded === true) events.onFold(row.id);
      else go(nextRow(rows, row.id, 'child'));
    } else if (key === 'ArrowLeft') {
      if (row.folded === false) events.onFold(row.id);
      else go(nextRow(rows, row.id, 'parent'));
    } else if (key === 'Enter') {
      events.onSelect(row.node.id);
      events.onOpen(row.node.id, altKey ? 'definition' : 'use', true);
    } else if (key === 'F12') events.onOpen(row.node.id, 'definition', true);
    else if (key === ' ') events.onSelect(row.node.id);
    else if (key === 'f' && row.folded !== undefined) events.onFold(row.id);
    else return false;
    return true;
  };

  return {
    root,
    update(next) {
      if (next.model !== look?.model || next.folded !== look.folded) {
        rows = listRows(next.model, next.folded);
        space.style.height = `${rows.length * rowHeight}px`;
        setAttributes(root, { 'aria-label': `Steps of ${next.model.workflow.title}` });
      }
      const isGone = !rows.some(({ id }) => id === current);
      if (isGone || next.focused !== look?.focused) current = next.focused ?? rows[0]?.id;
      look = next;
      draw();
    },
    focus: go,
    reveal,
  };
}

function drawRow(
  target: HTMLElement,
  row: ListRow,
  top: number,
  { run, selected, found, match, now }: ListLook,
  current: EntryAddress | undefined,
): void {
  const isNode = row.kind === 'node';
  const nodeRun = isNode ? run?.nodes.get(row.id) : undefined;
  const told = nodeRun === undefined ? [] : [runLine(nodeRun, now)];
  const severity = isNode ? worstSeverity(row.node.findings) : undefined;
  const classes = ['list-row', `kind-${row.node.kind}`];
  if (isNode && row.id === selected) classes.push('selected');
  if (isNode && found.has(row.id)) classes.push('found');
  if (isNode && row.id === match) classes.push('current');
  if (nodeRun !== undefined) classes.push(`status-${nodeRun.status}`);
  target.className = classes.join(' ');
  target.style.top = `${top}px`;
  target.style.paddingInlineStart = `${8 + (row.level - 1) * 20}px`;
  const words = [...told, ...row.parts];
  setAttributes(target, {
    'data-row': row.id,
    tabindex: row.id === current ? '0' : '-1',
    'aria-level': String(row.level),
    'aria-posinset': String(row.position),
    'aria-setsize': String(row.siblings),
    'aria-expanded': row.folded === undefined ? undefined : String(!row.folded),
    'aria-selected': String(isNode && row.id === selected),
    'aria-label': [row.title, ...words].join(', '),
    title: [row.title, ...words].join('\n'),
  });
  const signature = JSON.stringify([row.title, words, row.folded, severity, nodeRun?.status]);
  if (target.dataset['shown'] === signature) return;
  target.dataset['shown'] = signature;
  replaceChildren(
    target,
    row.folded === undefined
      ? element('span', { class: 'list-gap' })
      : element('span', { class: 'fold' }, icon(row.folded ? 'chevron' : 'opened')),
    icon(isNode ? row.node.kind : 'end', 'kind'),
    element('span', { class: 'title' }, row.title),
    element('span', { class: 'detail' }, words.join(' · ')),
    severity !== undefined && element('span', { class: `mark badge ${severity}` }, icon(severity)),
    nodeRun !== undefined && element('span', { class: `mark status ${nodeRun.status}` }, icon(nodeRun.status)),
  );
}
