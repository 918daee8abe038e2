/** The tree of a run as rows: what each says, and what is below it. Rows are made when they are looked at. */
import type { Json, RunError, StepRunStatus } from '../../../../common/runlog/events.ts';
import { cutText } from '../../../../common/runlog/json.ts';
import { stepName } from '../output.ts';
import type { Spoken } from './spoken.ts';
import type { ItemState, RunTree, StepNode, StepTime } from './tree.ts';
import { counted, joined, sizes, spent, timeWords, tooltipOf, worst } from './words.ts';

export type RowStatus = StepRunStatus | undefined;

interface RowBase {
  /** Stable while the run goes on, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly tooltip: string | undefined;
  readonly status: RowStatus;
  readonly parent: Row | undefined;
}

export type Row = RowBase &
  (
    | { readonly kind: 'step'; readonly node: StepNode; readonly values: Values }
    | { readonly kind: 'time'; readonly time: StepTime; readonly values: Values }
    | { readonly kind: 'item'; readonly step: readonly string[]; readonly index: number; readonly values: Values }
    | { readonly kind: 'range'; readonly rows: () => readonly Row[] }
    | { readonly kind: 'error'; readonly error: RunError; readonly step: readonly string[] | undefined }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'group'; readonly icon: 'output' | 'comment' | 'broadcast'; readonly rows: () => readonly Row[] }
  );

/** What went in and came out; undefined where nothing did. */
export interface Values {
  readonly step: readonly string[];
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly payload: Json | undefined;
  /** True for what can be answered: not for a workflow around a step that waits. */
  readonly waits: boolean;
}

/** So many at once; more are put into ranges. */
export const rangeSize = 100;
const maxLabel = 200;

export function rootRows(tree: RunTree): readonly Row[] {
  const failed = [...tree.steps.values()].some((node) => node.times.some(({ status }) => status === 'failed'));
  return [
    ...[...tree.steps.values()].map((node) => stepRow(node, undefined)),
    // The error of a step is with the step.
    ...(tree.error !== undefined && !failed ? [errorRow(tree.error, undefined, undefined, 'run')] : []),
    ...spokenRows(tree.spoken, undefined, 'run'),
  ];
}

export function childRows(row: Row): readonly Row[] {
  switch (row.kind) {
    case 'step':
      return stepChildren(row, row.node);
    case 'time':
      return timeChildren(row, row.time);
    case 'range':
    case 'group':
      return row.rows();
    case 'error':
      return row.error.cause === undefined ? [] : [errorRow(row.error.cause, row.step, row, `${row.id}/cause`)];
    case 'item':
    case 'text':
      return [];
  }
}

export function hasChildren(row: Row): boolean {
  switch (row.kind) {
    case 'step':
      return row.node.times.length > 1 || row.node.times.some(hasInside);
    case 'time':
      return hasInside(row.time);
    case 'range':
    case 'group':
      return true;
    case 'error':
      return row.error.cause !== undefined;
    case 'item':
    case 'text':
      return false;
  }
}

function hasInside(time: StepTime): boolean {
  const { steps, items, error, spoken } = time;
  return steps.size > 0 || items.size > 0 || error !== undefined || waitsHere(time) || isLoud(spoken);
}

/** Not so for a workflow around the step that waits. */
function waitsHere({ status, steps, payload }: StepTime): boolean {
  return status === 'suspended' && steps.size === 0 && payload !== undefined;
}

function isLoud(spoken: Spoken): boolean {
  return spoken.lineCount > 0 || spoken.tokens > 0 || spoken.writtenCount > 0;
}

function stepRow(node: StepNode, parent: Row | undefined): Row {
  const last = node.times.at(-1);
  const id = `${parent?.id ?? ''}/${node.path.at(-1) ?? ''}`;
  const label = stepName(node.path.slice(-1));
  const base = { id, label, parent, kind: 'step', node } as const;
  if (last === undefined) {
    return { ...base, description: undefined, tooltip: undefined, status: undefined, values: noValues(node.path) };
  }
  const count = node.times.length > 1 ? `${node.times.length}×` : undefined;
  const status = worst(node.times.map((time) => time.status));
  const took = node.times.length > 1 ? spent(node.times) : undefined;
  return {
    ...base,
    description: joined([count, took ?? timeWords(last), sizes(last)]),
    tooltip: tooltipOf(last),
    status,
    values: valuesOf(last),
  };
}

function stepChildren(row: Row, node: StepNode): readonly Row[] {
  const [only] = node.times;
  if (node.times.length === 1 && only !== undefined) return timeChildren(row, only);
  return inRanges(
    node.times,
    row,
    (time) => timeRow(time, row),
    (times) => worst(times.map(({ status }) => status)),
  );
}

function timeRow(time: StepTime, parent: Row): Row {
  return {
    kind: 'time',
    id: `${parent.id}#${time.number}`,
    label: time.iteration === undefined ? `Time ${time.number + 1}` : `Iteration ${time.iteration}`,
    description: joined([timeWords(time), sizes(time)]),
    tooltip: tooltipOf(time),
    status: time.status,
    parent,
    time,
    values: valuesOf(time),
  };
}

function timeChildren(row: Row, time: StepTime): readonly Row[] {
  const { payload } = time;
  const items = [...time.items.values()].sort((a, b) => a.index - b.index);
  return [
    ...(waitsHere(time) ? [textRow(`Waits for an answer: ${JSON.stringify(payload)}`, row, `${row.id}/payload`)] : []),
    ...(time.error === undefined ? [] : [errorRow(time.error, time.path, row, `${row.id}/error`)]),
    ...time.validation.map((text, index) => textRow(text, row, `${row.id}/field/${index}`)),
    ...[...time.steps.values()].map((node) => stepRow(node, row)),
    ...inRanges(
      items,
      row,
      (item) => itemRow(item, time, row),
      (some) => worst(some.map(({ status }) => status)),
    ),
    ...spokenRows(time.spoken, row, row.id),
  ];
}

function itemRow(item: ItemState, time: StepTime, parent: Row): Row {
  return {
    kind: 'item',
    id: `${parent.id}[${item.index}]`,
    label: `[${item.index}]`,
    description: joined([sizes(item)]),
    tooltip: undefined,
    status: item.status,
    parent,
    step: time.path,
    index: item.index,
    values: {
      step: time.path,
      input: item.input,
      output: item.output,
      payload: undefined,
      waits: item.status === 'suspended',
    },
  };
}

/** All of them when they are few, else ranges of 100 whose rows are made when they are opened. */
function inRanges<T>(
  all: readonly T[],
  parent: Row,
  toRow: (one: T) => Row,
  statusOf: (some: readonly T[]) => RowStatus,
): readonly Row[] {
  if (all.length <= rangeSize) return all.map(toRow);
  const ranges: Row[] = [];
  for (let from = 0; from < all.length; from += rangeSize) {
    const some = all.slice(from, from + rangeSize);
    ranges.push({
      kind: 'range',
      id: `${parent.id}[${from}…]`,
      label: `[${from} … ${from + some.length - 1}]`,
      description: undefined,
      tooltip: undefined,
      status: statusOf(some),
      parent,
      rows: () => some.map(toRow),
    });
  }
  return ranges;
}

function errorRow(error: RunError, step: readonly string[] | undefined, parent: Row | undefined, id: string): Row {
  const head = parent?.kind === 'error' ? `Caused by ${error.name}` : error.name;
  return {
    kind: 'error',
    id,
    label: cutText(`${head}: ${error.message}`.replace(/\s+/g, ' '), maxLabel),
    description: undefined,
    tooltip: error.stack ?? `${error.name}: ${error.message}`,
    status: 'failed',
    parent,
    error,
    step,
  };
}

function spokenRows(spoken: Spoken, parent: Row | undefined, id: string): readonly Row[] {
  const { lines, lineCount, text, tokens, written, writtenCount } = spoken;
  const rows: Row[] = [];
  const group = (
    icon: 'output' | 'comment' | 'broadcast',
    label: string,
    description: string | undefined,
    texts: readonly string[],
  ): void => {
    const row: Row = {
      kind: 'group',
      id: `${id}/${icon}`,
      label,
      description,
      tooltip: undefined,
      status: undefined,
      parent,
      icon,
      rows: () => texts.map((each, index) => textRow(each, row, `${id}/${icon}/${index}`)),
    };
    rows.push(row);
  };
  if (tokens > 0)
    group('comment', 'Text', joined([counted(tokens, 'token'), cutText(text, maxLabel)]), text.split('\n'));
  if (writtenCount > 0) {
    const texts = written.map((each) => JSON.stringify(each));
    group('broadcast', 'Events', kept(writtenCount, written.length, 'event'), texts);
  }
  if (lineCount > 0) {
    group(
      'output',
      'Console',
      kept(lineCount, lines.length, 'line'),
      lines.map(({ text: line }) => line),
    );
  }
  return rows;
}

function kept(all: number, shown: number, what: string): string {
  return all > shown ? `${counted(all, what)}, the last ${shown} are shown` : counted(all, what);
}

function textRow(text: string, parent: Row, id: string): Row {
  const label = cutText(text, maxLabel);
  return { kind: 'text', id, label, description: undefined, tooltip: text, status: undefined, parent, text };
}

function valuesOf(time: StepTime): Values {
  const { path, input, output, payload, status, steps, items } = time;
  return { step: path, input, output, payload, waits: status === 'suspended' && steps.size === 0 && items.size === 0 };
}

function noValues(step: readonly string[]): Values {
  return { step, input: undefined, output: undefined, payload: undefined, waits: false };
}
