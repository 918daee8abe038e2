/** One row of the step list as an element: its name, when it ran as a bar, how long it took, and what went in and out in bytes. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphNode } from '../../../common/protocol/graph.ts';
import type { PayloadReference } from '../../../common/protocol/replay.ts';
import type { Item, Occurrence, StepGroup } from '../../../common/replay/occurrence.ts';
import { valueAt } from '../../../common/replay/track.ts';
import { element } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { bytesText } from '../data/kinds.ts';
import { attemptsLabel, countLabel, durationLabel, statusLabel } from '../words.ts';
import type { NodeStatus } from '../words.ts';
import { bars } from './bars.ts';
import type { Bar, BarScale } from './bars.ts';
import type { StepRow } from './rows.ts';
import { itemText, occurrenceText } from './words.ts';

export interface RowLook extends BarScale {
  readonly id: string;
  readonly active: boolean;
  readonly selected: boolean;
  /** Milliseconds since the epoch: what still runs goes on until then. */
  readonly now: number;
  readonly nodeOf: (address: EntryAddress) => Pick<GraphNode, 'title' | 'kind'> | undefined;
}

/** What a row says at one moment. */
interface RowState {
  readonly status: NodeStatus | undefined;
  readonly duration: number | undefined;
  readonly input: PayloadReference | undefined;
  readonly output: PayloadReference | undefined;
  readonly note: string | undefined;
}

const notYet: RowState = {
  status: undefined,
  duration: undefined,
  input: undefined,
  output: undefined,
  note: undefined,
};

/** All that is seen and heard of a row: two rows with the same description look the same. */
export interface RowDescription extends Pick<RowLook, 'id' | 'active' | 'selected'> {
  readonly row: Pick<StepRow, 'kind' | 'level' | 'position' | 'siblings' | 'open'>;
  readonly name: string;
  /** Of the step, for its icon. */
  readonly kind: GraphNode['kind'] | undefined;
  /** It had not begun by the moment that is shown. */
  readonly isLater: boolean;
  readonly status: NodeStatus | undefined;
  readonly note: string | undefined;
  readonly bars: readonly Bar[];
  readonly duration: string;
  readonly sizes: string;
}

export function describeRow(row: StepRow, look: RowLook): RowDescription {
  const { status, note, ...state } = stateOf(row, look);
  const { kind, level, position, siblings, open } = row;
  return {
    id: look.id,
    active: look.active,
    selected: look.selected,
    row: { kind, level, position, siblings, open },
    kind: undefined,
    ...nameOf(row, look),
    isLater: firstOf(row) > look.shown,
    status,
    note,
    bars: bars(row, look),
    duration: state.duration === undefined ? '' : durationLabel(state.duration),
    sizes: sizesText(state),
  };
}

export function stepRowElement(description: RowDescription): HTMLElement {
  const { row, name, kind, isLater, status, note, active, selected } = description;
  const classes = ['step-row', row.kind, isLater && 'later', active && 'active', selected && 'selected'];
  return element(
    'div',
    {
      class: classes.filter(Boolean).join(' '),
      title: isLater ? `${name}\nNot yet at this moment` : undefined,
      attributes: {
        id: description.id,
        role: 'treeitem',
        'aria-level': String(row.level),
        'aria-posinset': String(row.position),
        'aria-setsize': String(row.siblings),
        'aria-expanded': row.open === undefined ? undefined : String(row.open),
        'aria-selected': String(selected),
        'aria-label': spoken(description),
      },
    },
    element(
      'span',
      { class: 'step-name' },
      indent(row.level),
      element(
        'span',
        { class: row.open === true ? 'twistie open' : 'twistie' },
        row.open !== undefined && icon('chevron'),
      ),
      statusIcon(status),
      kind !== undefined && icon(kind, 'kind'),
      element('span', { class: 'step-title', title: name }, name),
      note !== undefined && element('span', { class: 'step-note' }, note),
    ),
    element('span', { class: 'bars' }, ...description.bars.map(barElement)),
    element('span', { class: 'step-duration' }, description.duration),
    element('span', { class: 'step-sizes' }, description.sizes),
  );
}

function barElement(bar: Bar): HTMLElement {
  const drawn = element('span', { class: bar.class });
  drawn.style.left = `${bar.left}%`;
  drawn.style.width = `${bar.width}%`;
  return drawn;
}

function indent(level: number): HTMLElement {
  const space = element('span', { class: 'indent' });
  space.style.width = `${(level - 1) * 12}px`;
  return space;
}

function statusIcon(status: NodeStatus | undefined): Child {
  return element(
    'span',
    { class: `mark status ${status ?? 'none'}`, title: status === undefined ? undefined : statusLabel(status) },
    status !== undefined && icon(status),
  );
}

function firstOf(row: StepRow): number {
  switch (row.kind) {
    case 'group':
    case 'unknown':
      return row.group.first;
    case 'occurrence':
      return row.occurrence.first;
    case 'item':
      return row.item.first;
  }
}

function nameOf(row: StepRow, { nodeOf }: RowLook): { readonly name: string; readonly kind?: GraphNode['kind'] } {
  switch (row.kind) {
    case 'group':
      return stepName(row.group, nodeOf);
    case 'occurrence':
      return row.only ? stepName(row.occurrence.group, nodeOf) : { name: occurrenceText(row.occurrence) };
    case 'item':
      return { name: itemText(row.item) };
    case 'unknown':
      return { name: 'In one of these, which is not known' };
  }
}

function stepName(
  { nodes, box, step }: StepGroup,
  nodeOf: RowLook['nodeOf'],
): { readonly name: string; readonly kind?: GraphNode['kind'] } {
  const [first] = nodes;
  const node = first === undefined ? undefined : nodeOf(first);
  const name = node?.title ?? step.at(-1) ?? '';
  const kind = box === undefined ? node?.kind : 'foreach';
  return kind === undefined ? { name } : { name, kind };
}

function stateOf(row: StepRow, look: RowLook): RowState {
  switch (row.kind) {
    case 'unknown':
      return notYet;
    case 'occurrence':
      return row.occurrence.first > look.shown
        ? notYet
        : occurrenceState(row.occurrence, look, row.only ? noteOf(row.occurrence.group) : undefined);
    case 'item':
      return itemState(row.item, look.shown);
    case 'group':
      return groupState(row.group, look);
  }
}

function noteOf({ nodes }: StepGroup): string | undefined {
  if (nodes.length === 0) return 'not in the drawing';
  return nodes.length > 1 ? `one of ${nodes.length} with this id` : undefined;
}

function occurrenceState(occurrence: Occurrence, { shown, now }: RowLook, note: string | undefined): RowState {
  const state = valueAt(occurrence.states, shown);
  if (state === undefined) return { ...notYet, note };
  const { status, startedAt, finishedAt, input, output, progress } = state;
  const done = progress === undefined ? undefined : `${progress.completed} of ${countLabel(progress.total, 'item')}`;
  const last = finishedAt ?? (status === 'running' || status === 'waiting' ? now : undefined);
  const duration = startedAt === undefined || last === undefined ? undefined : Math.max(0, last - startedAt);
  const tried = state.attempts > 1 ? attemptsLabel(state.attempts, status) : undefined;
  const notes = [note, done, tried].filter((part) => part !== undefined);
  return { status, duration, input, output, note: notes.length === 0 ? undefined : notes.join(' · ') };
}

function itemState({ states }: Item, shown: number): RowState {
  const state = valueAt(states, shown);
  // When an item began is not told, so neither is how long it took.
  return state === undefined
    ? notYet
    : { status: state.status, duration: undefined, input: state.input, output: state.output, note: undefined };
}

/** The gravest of what happened, and the time from the first to the last. */
function groupState(group: StepGroup, { shown, now }: RowLook): RowState {
  const summary = valueAt(group.summary, shown);
  if (summary === undefined) return notYet;
  const { begun, startedAt, finishedAt } = summary;
  const [first] = group.occurrences;
  const last = group.occurrences[begun - 1];
  const end = summary.running > 0 ? now : (finishedAt ?? now);
  const note = noteOf(group);
  const times = countLabel(begun, first?.iteration === undefined ? 'run' : 'iteration');
  return {
    status: (['failed', 'suspended', 'running', 'canceled'] as const).find((each) => summary[each] > 0) ?? 'success',
    duration: startedAt === undefined ? undefined : Math.max(0, end - startedAt),
    input: first === undefined ? undefined : valueAt(first.states, shown)?.input,
    output: last === undefined ? undefined : valueAt(last.states, shown)?.output,
    note: note === undefined ? times : `${times} · ${note}`,
  };
}

function sizesText({ input, output }: Pick<RowState, 'input' | 'output'>): string {
  const texts = [input, output].map((reference) => (reference?.bytes === undefined ? '' : shortBytes(reference.bytes)));
  if (texts.every((text) => text === '')) return '';
  return `${texts[0] ?? ''} → ${texts[1] ?? ''}`.trim();
}

function shortBytes(bytes: number): string {
  return bytesText(bytes).replace(/ bytes?$/, ' B');
}

function spoken({ name, isLater, status, note, duration, sizes }: RowDescription): string {
  if (isLater) return `${name}, not yet at this moment`;
  const parts = [
    name,
    status === undefined ? '' : statusLabel(status),
    note ?? '',
    duration,
    sizes === '' ? '' : `data ${sizes.replace('→', 'to')}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
