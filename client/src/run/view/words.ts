/** What the rows of a run say. */
import type { Json, StepRunStatus } from '../../../../common/runlog/events.ts';
import { cutText } from '../../../../common/runlog/json.ts';
import { duration, stepName } from '../output.ts';
import type { StepTime } from './tree.ts';

const order: readonly StepRunStatus[] = ['failed', 'running', 'waiting', 'suspended', 'canceled', 'success'];

export function worst(statuses: readonly StepRunStatus[]): StepRunStatus | undefined {
  return order.find((status) => statuses.includes(status));
}

const statusWords: Readonly<Record<StepRunStatus, string>> = {
  running: 'running',
  waiting: 'sleeping',
  success: '',
  failed: 'failed',
  suspended: 'waits for an answer',
  canceled: 'canceled',
};

export function timeWords({ status, startedAt, finishedAt, total, items, attempts }: StepTime): string {
  const progress = total === undefined ? undefined : `${items.size} of ${total}`;
  const took =
    startedAt === undefined || finishedAt === undefined || status === 'suspended'
      ? undefined
      : duration(finishedAt - startedAt);
  const tried = attempts > 1 ? `${attempts} attempts` : undefined;
  return joined([statusWords[status], progress, took, tried]) ?? '';
}

export function spent(times: readonly StepTime[]): string {
  const sum = times.reduce(
    (all, { startedAt, finishedAt }) => all + ((finishedAt ?? startedAt ?? 0) - (startedAt ?? 0)),
    0,
  );
  return duration(sum);
}

export function sizes({
  input,
  output,
}: {
  readonly input: Json | undefined;
  readonly output: Json | undefined;
}): string | undefined {
  const parts = [
    input === undefined ? undefined : `in ${bytes(byteLength(input))}`,
    output === undefined ? undefined : `out ${bytes(byteLength(output))}`,
  ];
  return joined(parts, ', ');
}

/** Of the JSON text; values never change, and rows are made anew with every event. */
const lengths = new WeakMap<object, number>();

export function byteLength(value: Json): number {
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(value));
  const known = lengths.get(value);
  if (known !== undefined) return known;
  const length = Buffer.byteLength(JSON.stringify(value));
  lengths.set(value, length);
  return length;
}

export function bytes(length: number): string {
  if (length < 1_000) return `${length} B`;
  return length < 1_000_000 ? `${(length / 1_000).toFixed(1)} kB` : `${(length / 1_000_000).toFixed(1)} MB`;
}

export function tooltipOf({ path, input, output, startedAt }: StepTime): string {
  const at = startedAt === undefined ? undefined : `Started ${new Date(startedAt).toLocaleTimeString()}`;
  const value = (name: string, json: Json | undefined): string | undefined =>
    json === undefined ? undefined : `${name}: ${cutText(JSON.stringify(json), 1_000)}`;
  return joined([stepName(path), at, value('Input', input), value('Output', output)], '\n\n') ?? '';
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

export function joined(parts: readonly (string | undefined)[], separator = ' · '): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(separator);
}
