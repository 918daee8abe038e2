/** One row of the step list as an element: its name, when it ran as a bar, how long it took, and what went in and out in bytes. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphNode } from '../../../common/protocol/graph.ts';
import type { PayloadReference } from '../../../common/protocol/replay.ts';
import type { Item, Occurrence, StepGroup } from '../../../common/replay/occurrences.ts';
import { valueAt } from '../../../common/replay/track.ts';
import type { Track } from '../../../common/replay/track.ts';
import { element } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { bytesText } from '../data/kinds.ts';
import { countLabel, durationLabel, statusLabel } from '../words.ts';
import type { NodeStatus } from '../words.ts';
import type { StepRow } from './rows.ts';
import { itemText, occurrenceText } from './words.ts';

export interface RowLook {
  readonly id: string;
  readonly active: boolean;
  readonly selected: boolean;
  /** Number of the event after which the run is shown. */
  readonly shown: number;
  readonly offsets: readonly number[];
  /** Milliseconds that the width of the bars stands for. */
  readonly length: number;
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

export function stepRowElement(row: StepRow, look: RowLook): HTMLElement {
  const state = stateOf(row, look);
  const { name, kind } = nameOf(row, look);
  const isLater = firstOf(row) > look.shown;
  const classes = ['step-row', row.kind, isLater && 'later', look.active && 'active', look.selected && 'selected'];
  const duration = state.duration === undefined ? '' : durationLabel(state.duration);
  const sizes = sizesText(state);
  return element(
    'div',
    {
      class: classes.filter(Boolean).join(' '),
      title: isLater ? `${name}\nNot yet at this moment` : undefined,
      attributes: {
        id: look.id,
        role: 'treeitem',
        'aria-level': String(row.level),
        'aria-posinset': String(row.position),
        'aria-setsize': String(row.siblings),
        'aria-expanded': row.open === undefined ? undefined : String(row.open),
        'aria-selected': String(look.selected),
        'aria-label': spoken(name, isLater, state, duration, sizes),
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
      statusIcon(state.status),
      kind !== undefined && icon(kind, 'kind'),
      element('span', { class: 'step-title', title: name }, name),
      state.note !== undefined && element('span', { class: 'step-note' }, state.note),
    ),
    element('span', { class: 'bars' }, ...bars(row, look)),
    element('span', { class: 'step-duration' }, duration),
    element('span', { class: 'step-sizes' }, sizes),
  );
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
  const notes = [note, done].filter((part) => part !== undefined);
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

function sizesText({ input, output }: RowState): string {
  const texts = [input, output].map((reference) => (reference?.bytes === undefined ? '' : shortBytes(reference.bytes)));
  if (texts.every((text) => text === '')) return '';
  return `${texts[0] ?? ''} → ${texts[1] ?? ''}`.trim();
}

function shortBytes(bytes: number): string {
  return bytesText(bytes).replace(/ bytes?$/, ' B');
}

function spoken(name: string, isLater: boolean, state: RowState, duration: string, sizes: string): string {
  if (isLater) return `${name}, not yet at this moment`;
  const parts = [
    name,
    state.status === undefined ? '' : statusLabel(state.status),
    state.note ?? '',
    duration,
    sizes === '' ? '' : `data ${sizes.replace('→', 'to')}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What ran when, on the same scale as the time line above. */
function bars(row: StepRow, look: RowLook): readonly HTMLElement[] {
  switch (row.kind) {
    case 'unknown':
      return [];
    case 'item':
      return marks(row.item.states, look);
    case 'occurrence':
      return pieces(row.occurrence.states, look);
    case 'group': {
      const { occurrences } = row.group;
      // Of a thousand rounds the whole is drawn.
      if (occurrences.length > maxBars) return [wholeBar(row.group, look)];
      return occurrences.flatMap(({ states }) => pieces(states, look));
    }
  }
}

const maxBars = 60;

interface StateWithStatus {
  readonly status: NodeStatus;
}

/** A bar for each stretch of one status; what ran has the colour of how that ended. */
function pieces({ events, values }: Track<StateWithStatus>, look: RowLook): readonly HTMLElement[] {
  const drawn: HTMLElement[] = [];
  for (let index = 0; index < values.length;) {
    const status = values[index]?.status ?? 'running';
    const next = values.findIndex((state, at) => at > index && state.status !== status);
    const from = events[index] ?? 0;
    const to = next === -1 ? undefined : events[next];
    if (!isUnderWay(status)) {
      // An end has no length of its own, unless nothing is known of a beginning.
      if (index === 0) drawn.push(bar('mark', status, look, from, from));
    } else if (status === 'suspended') drawn.push(bar('wait', status, look, from, to));
    else {
      const ended = to !== undefined && to <= look.shown ? values[next]?.status : undefined;
      drawn.push(bar('piece', ended ?? status, look, from, to));
    }
    index = next === -1 ? values.length : next;
  }
  return drawn;
}

function isUnderWay(status: NodeStatus): boolean {
  return status === 'running' || status === 'waiting' || status === 'suspended';
}

/** When an item was done; how long it took is not told. */
function marks({ events, values }: Track<StateWithStatus>, look: RowLook): readonly HTMLElement[] {
  return values.map(({ status }, index) => {
    const at = events[index] ?? 0;
    return bar('mark', status, look, at, at);
  });
}

function wholeBar({ occurrences }: StepGroup, look: RowLook): HTMLElement {
  const first = occurrences[0]?.states.events[0] ?? 0;
  const last = occurrences.at(-1)?.states.events.at(-1);
  return bar('piece', 'success', look, first, last);
}

/** From one event to another; without the other, to the end. What is after the moment shown is drawn pale. */
function bar(
  className: string,
  status: NodeStatus,
  { offsets, length, shown }: RowLook,
  from: number,
  to: number | undefined,
): HTMLElement {
  const start = offsets[from] ?? 0;
  const end = to === undefined ? length : (offsets[to] ?? length);
  const drawn = element('span', { class: `bar ${className} ${from > shown ? 'later' : status}` });
  drawn.style.left = `${share(start, length)}%`;
  drawn.style.width = `${share(end - start, length)}%`;
  return drawn;
}

function share(offset: number, length: number): number {
  return length === 0 ? 0 : Math.round((offset / length) * 100_000) / 1_000;
}
