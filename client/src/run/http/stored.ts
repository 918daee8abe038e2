/** A run as the server stores it -> events. What is stored is the last state of each step: earlier rounds of a loop are not in it. */
import { toRunError } from '../../../../common/runlog/error.ts';
import type { Json, RunStatus } from '../../../../common/runlog/events.ts';
import { toJson } from '../../../../common/runlog/json.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import type { StoredRun, StoredStatus, StoredStep } from './shapes.ts';

export type EndStatus = Exclude<RunStatus, 'running'>;

/** How a stored run ended; undefined while it goes on, and for one that never began. */
export function endStatusOf(status: StoredStatus): EndStatus | undefined {
  switch (status) {
    case 'success':
    case 'bailed':
    case 'skipped':
      return 'success';
    case 'failed':
    case 'tripwire':
      return 'failed';
    case 'suspended':
    case 'paused':
      return 'suspended';
    case 'canceled':
      return 'canceled';
    case 'running':
    case 'waiting':
    case 'pending':
      return undefined;
  }
}

/** The whole run, as far as it is stored: its start, the start and end of each step in their order, its end unless it goes on. */
export function eventsOfRun(run: StoredRun): readonly RunEventBody[] {
  const steps = eventsOfSteps(run);
  const first = steps[0]?.time ?? timeOf(run.createdAt) ?? 0;
  const last = steps.at(-1)?.time ?? first;
  const end = endOfRun(run, Math.max(timeOf(run.updatedAt) ?? last, last));
  return [
    startOfRun(run, Math.min(timeOf(run.createdAt) ?? first, first)),
    ...steps,
    ...(end === undefined ? [] : [end]),
  ];
}

export function startOfRun(run: StoredRun, time: number): Extract<RunEventBody, { type: 'run-started' }> {
  return {
    type: 'run-started',
    time,
    runId: run.runId,
    workflowId: run.workflowName ?? '',
    input: toJson(run.payload ?? null),
  };
}

export function endOfRun(run: StoredRun, time: number): Extract<RunEventBody, { type: 'run-finished' }> | undefined {
  const status = endStatusOf(run.status);
  if (status === undefined) return undefined;
  const thrown = run.error ?? Object.values(run.steps ?? {}).find((step) => step.status === 'failed')?.error;
  return {
    type: 'run-finished',
    time,
    status,
    output: status === 'success' && run.result !== undefined ? toJson(run.result) : undefined,
    error: status === 'failed' ? toRunError(thrown ?? 'The workflow failed') : undefined,
  };
}

/** Starts and ends of steps, in the order in which they happened. */
export function eventsOfSteps(run: StoredRun): readonly RunEventBody[] {
  const steps = Object.entries(run.steps ?? {});
  const ids = new Set(steps.map(([id]) => id));
  const sleeps = sleepsOf(run.serializedStepGraph ?? []);
  const begun = steps
    .map(([id, step], order) => ({ id, step, order, path: pathOf(id, ids), start: startOf(step), end: endOf(step) }))
    .toSorted((a, b) => a.start - b.start || a.path.length - b.path.length || a.order - b.order);
  const events: RunEventBody[] = [];
  let open: typeof begun = [];
  /** Ends up to `time`, inner ones first. A step around `inside` goes on. */
  const close = (time: number, inside: string | undefined): void => {
    const due = open
      .filter(({ id, end }) => end !== undefined && end <= time && inside?.startsWith(`${id}.`) !== true)
      .toSorted((a, b) => (a.end ?? 0) - (b.end ?? 0) || b.path.length - a.path.length);
    open = open.filter((entry) => !due.includes(entry));
    for (const { step, path, end } of due) events.push(...endsOfStep(step, path, end ?? time));
  };
  for (const entry of begun) {
    close(entry.start, entry.id);
    events.push(startOfStep(entry.step, entry.path, entry.start, isSleep(entry.step, entry.path, sleeps)));
    open.push(entry);
  }
  close(Infinity, undefined);
  return events;
}

function startOfStep(step: StoredStep, path: readonly string[], time: number, sleeps: boolean): RunEventBody {
  if (sleeps) return { type: 'step-waiting', time, step: path, until: undefined };
  return {
    type: 'step-started',
    time,
    step: path,
    callId: undefined,
    input: toJson(step.payload ?? null),
    iteration: iterationOf(step),
  };
}

function endsOfStep(step: StoredStep, path: readonly string[], time: number): readonly RunEventBody[] {
  const parts = { time, step: path };
  const result = { ...parts, callId: undefined, iteration: iterationOf(step) };
  switch (statusOf(step)) {
    case 'success':
    case 'bailed':
      return [...progressOf(step, path), { type: 'step-succeeded', ...result, output: toJson(step.output ?? null) }];
    case 'failed':
      return [
        ...progressOf(step, path),
        { type: 'step-failed', ...result, error: toRunError(step.error ?? 'The step failed') },
      ];
    case 'suspended':
      return [...progressOf(step, path), { type: 'step-suspended', ...parts, payload: payloadOf(step) }];
    default:
      return [];
  }
}

/** Which round of a loop: the last one is stored. */
function iterationOf(step: StoredStep): number | undefined {
  return step.metadata?.iterationCount ?? undefined;
}

/** The items of a foreach, as long as the server keeps them: until all of them are through. */
function progressOf(step: StoredStep, path: readonly string[]): readonly RunEventBody[] {
  const items = foreachItems(step);
  const total = Array.isArray(step.payload) ? step.payload.length : items.length;
  const done = items
    .map((item, index) => ({ item, index, time: item.endedAt ?? item.suspendedAt ?? 0 }))
    .filter(({ item }) => ['success', 'failed', 'suspended'].includes(item.status))
    .toSorted((a, b) => a.time - b.time);
  let completed = 0;
  return done.map(({ item, index, time }): RunEventBody => {
    const itemStatus = item.status === 'failed' || item.status === 'suspended' ? item.status : 'success';
    if (itemStatus !== 'suspended') completed += 1;
    const output = item.output === undefined ? undefined : toJson(item.output);
    return { type: 'step-progress', time, step: path, completed, total, index, itemStatus, output };
  });
}

export interface StoredItem {
  readonly status: string;
  readonly output?: Json;
  readonly endedAt?: number;
  readonly suspendedAt?: number;
  readonly suspendPayload?: Json;
}

/** Items of a foreach by index; empty for every other step. An item that has not begun is null in what is stored. */
export function foreachItems(step: StoredStep): readonly StoredItem[] {
  const items = metaOf(step.suspendPayload)['foreachOutput'];
  if (!Array.isArray(items)) return [];
  return items.map((item: Json): StoredItem => {
    const fields = asObject(item);
    const { status, output, endedAt, suspendedAt, suspendPayload } = fields;
    return {
      status: typeof status === 'string' ? status : 'pending',
      ...(output === undefined ? {} : { output }),
      ...(typeof endedAt === 'number' ? { endedAt } : {}),
      ...(typeof suspendedAt === 'number' ? { suspendedAt } : {}),
      ...(suspendPayload === undefined ? {} : { suspendPayload }),
    };
  });
}

/** Mastra's own notes in a payload on how to resume. */
export function metaOf(payload: Json | undefined): { readonly [key: string]: Json } {
  return asObject(asObject(payload)['__workflow_meta']);
}

/** What the author suspended with. */
export function payloadOf(step: { readonly suspendPayload?: Json | undefined }): Json {
  const { suspendPayload } = step;
  if (typeof suspendPayload !== 'object' || suspendPayload === null || Array.isArray(suspendPayload)) {
    return toJson(suspendPayload ?? null);
  }
  return toJson(Object.fromEntries(Object.entries(suspendPayload).filter(([name]) => name !== '__workflow_meta')));
}

function asObject(value: Json | undefined): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}

/** Ids hold dots too: what is in front of one counts as a workflow only when a step of that id is stored. */
export function pathOf(id: string, ids: ReadonlySet<string>): readonly string[] {
  for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) {
    const outer = id.slice(0, dot);
    if (ids.has(outer)) return [...pathOf(outer, ids), id.slice(dot + 1)];
  }
  return [id];
}

/** A nested workflow that waits is stored as `running`, with a note of where it stopped. */
export function statusOf(step: StoredStep): string {
  const waits = step.status === 'running' && Array.isArray(metaOf(step.suspendPayload)['path']);
  return waits ? 'suspended' : step.status;
}

function startOf(step: StoredStep): number {
  return step.startedAt ?? step.suspendedAt ?? step.endedAt ?? 0;
}

function endOf(step: StoredStep): number | undefined {
  switch (statusOf(step)) {
    case 'success':
    case 'failed':
    case 'bailed':
      return step.endedAt ?? startOf(step);
    case 'suspended':
      return step.suspendedAt ?? startOf(step);
    default:
      return undefined;
  }
}

function isSleep(step: StoredStep, path: readonly string[], sleeps: ReadonlySet<string>): boolean {
  return step.status === 'waiting' || sleeps.has(path.at(-1) ?? '');
}

/** Ids of sleeps anywhere in a graph: nothing else in what is stored tells them from steps. */
function sleepsOf(graph: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value && (value.type === 'sleep' || value.type === 'sleepUntil')) {
      if ('id' in value && typeof value.id === 'string') found.add(value.id);
    }
    if ('steps' in value) visit(value.steps);
    if ('step' in value) visit(value.step);
    if ('serializedStepFlow' in value) visit(value.serializedStepFlow);
  };
  visit(graph);
  return found;
}

export function timeOf(date: string | number | null | undefined): number | undefined {
  const time = typeof date === 'string' ? Date.parse(date) : date;
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}
