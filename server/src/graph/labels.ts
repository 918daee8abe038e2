/** The words on the boxes: a title, and a second line that says what the title does not. */
import type { FlowEntry, Known, Shape } from '../../../common/model/index.ts';

export interface Label {
  readonly title: string;
  readonly detail: string | undefined;
}

export function labelOf(entry: FlowEntry): Label {
  switch (entry.type) {
    case 'step':
      return entry.id.known
        ? { title: entry.id.value, detail: entry.description }
        : { title: 'Step', detail: `id not known: ${entry.id.reason}` };
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'workflow':
      return entry.id.known
        ? { title: entry.id.value, detail: entry.description }
        : { title: fallbackTitles[entry.type], detail: `id not known: ${entry.id.reason}` };
    case 'mapping':
      return { title: entry.id ?? 'Map', detail: fieldsText(entry.leaves) ?? entry.source };
    case 'parallel':
      return { title: entry.id ?? 'Parallel', detail: `${count(entry.entries.length, 'path')} at once` };
    case 'conditional':
      return { title: entry.id ?? 'Branch', detail: 'runs every path that is true' };
    case 'loop':
      return {
        title: entry.id ?? 'Loop',
        detail: `${entry.loopType === 'dowhile' ? 'while' : 'until'} ${entry.condition}`,
      };
    case 'foreach':
      return { title: entry.id ?? 'For each', detail: concurrencyText(entry.concurrency) };
    case 'sleep':
      return {
        title: entry.id ?? 'Sleep',
        detail: entry.duration === undefined ? entry.source : durationText(entry.duration),
      };
    case 'sleepUntil':
      return { title: entry.id ?? 'Sleep until', detail: entry.source };
    case 'opaque':
      return { title: 'Not readable here', detail: entry.reason };
  }
}

const fallbackTitles = { agent: 'Agent', tool: 'Tool', classifier: 'Classifier', workflow: 'Workflow' } as const;

function concurrencyText(concurrency: number | undefined): string {
  if (concurrency === undefined) return 'every item';
  return concurrency === 1 ? 'one item at a time' : `up to ${concurrency} items at once`;
}

/** What a mapping makes says more than how it begins; its source is told as the description. */
function fieldsText(leaves: Known<Shape>): string | undefined {
  const fields = leaves.known ? leaves.value.fields : undefined;
  if (fields === undefined || fields.length === 0) return undefined;
  return `gives ${fields.map((field) => field.name).join(', ')}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `250 ms`, `1.5 s`, `2 min`: the largest unit that leaves at most one decimal, so that nothing is rounded away. */
export function durationText(milliseconds: number): string {
  for (const [unit, size] of units) {
    const tenths = (milliseconds * 10) / size;
    if (milliseconds >= size && Number.isInteger(tenths)) return `${tenths / 10} ${unit}`;
  }
  return `${milliseconds} ms`;
}
