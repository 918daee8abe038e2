/** One run of a workflow, or the part of one after it was resumed: its stream as events, its result as the last word. */
import { decodeRecord, initialDecodeState, resumedDecodeState } from '../../../../common/runlog/decode.ts';
import type { DecodeState } from '../../../../common/runlog/decode.ts';
import { toRunError } from '../../../../common/runlog/error.ts';
import type { Json, RunError } from '../../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import type { Resumption } from '../connection.ts';
import { isRecord } from './mastra.ts';
import type { RunLike, StreamLike, WorkflowLike } from './mastra.ts';

export interface RunReport {
  /** Called as soon as the run can be canceled. */
  readonly onRun: (run: RunLike) => void;
  /** The error as it was thrown, for one that arrives without its stack. */
  readonly original: (error: unknown) => unknown;
  readonly emit: (event: RunEventBody) => void;
  readonly note: (text: string) => void;
}

export interface StartOptions extends RunReport {
  readonly input: Json;
  readonly state: Json | undefined;
  /** An instance of the project's own class; undefined for none. */
  readonly requestContext: unknown;
}

export interface ResumeOptions extends RunReport {
  readonly onRefused: (error: RunError) => void;
}

type Finished = Extract<RunEventBody, { type: 'run-finished' }>;

interface Streamed {
  readonly stream: StreamLike;
  readonly input: Json;
  readonly decoding: DecodeState;
}

/** Runs to the end and emits one `run-started` and one `run-finished` event. Throws only when the run cannot even start. */
export async function runWorkflow(workflow: WorkflowLike, options: StartOptions): Promise<void> {
  const run = await workflow.createRun();
  options.onRun(run);
  const stream = await run.stream({
    inputData: options.input,
    ...(options.state === undefined ? {} : { initialState: options.state }),
    ...(options.requestContext === undefined ? {} : { requestContext: options.requestContext }),
  });
  await follow(workflow, run, { stream, input: options.input, decoding: initialDecodeState }, options);
}

/**
 * Goes on with a stored run, to its end or its next stop: one `run-resumed` and one `run-finished`. Throws as `runWorkflow`. When
 * Mastra refuses, the run is suspended as before, and `onRefused` tells why before the end is emitted.
 */
export async function resumeWorkflow(
  workflow: WorkflowLike,
  resumption: Resumption,
  options: ResumeOptions,
): Promise<void> {
  const { runId, step, index, data } = resumption;
  const run = await workflow.createRun({ runId });
  options.onRun(run);
  if (run.resumeStream === undefined) throw new Error('This version of @mastra/core cannot resume a run as a stream');
  const stream = await run.resumeStream({
    step,
    resumeData: data,
    ...(index === undefined ? {} : { forEachIndex: index }),
  });
  const decoding = resumedDecodeState({ step, index, data });
  await follow(workflow, run, { stream, input: null, decoding }, options);
}

async function follow(
  workflow: WorkflowLike,
  run: RunLike,
  streamed: Streamed,
  options: RunReport & Partial<ResumeOptions>,
): Promise<void> {
  // Rejects for a run that is refused (e.g. bad input); the stream has told by then.
  const result = streamed.stream.result.catch((error: unknown) => ({ status: 'failed', error }));
  const told = await readStream(streamed, options);
  const known = await Promise.race([result, quiet(told.finished)]);
  const ignored = [...told.state.ignored].map(([type, count]) => `${count} × ${type}`);
  if (ignored.length > 0) options.note(`Ignored records of the run's stream: ${ignored.join(', ')}`);
  const events = ending(told, known, options);
  const last = events.at(-1);
  const refused = last?.type === 'run-finished' && !told.stepped && streamed.decoding.resumption !== undefined;
  const waits = await stillWaits(workflow, run.runId, last, refused ? 'any' : known);
  if (waits && refused && last.error !== undefined) options.onRefused?.(last.error);
  for (const event of waits ? events.map(asSuspended) : events) options.emit(event);
}

interface Told {
  readonly finished: Finished | undefined;
  /** True when any step did anything. */
  readonly stepped: boolean;
  readonly failedSteps: ReadonlySet<string>;
  readonly state: DecodeState;
}

/** Emits everything but the end: `workflow-finish` says "success" for failed runs of some engines, and others leave it out. */
async function readStream({ stream, input, decoding }: Streamed, options: RunReport): Promise<Told> {
  let state = decoding;
  let started = false;
  let stepped = false;
  let finished: Finished | undefined;
  const failedSteps = new Set<string>();
  try {
    for await (const record of stream.fullStream) {
      const decoded = decodeRecord(state, withOriginalError(record, options.original), Date.now(), input);
      state = decoded.state;
      for (const event of decoded.events) {
        if (event.type === 'step-failed') failedSteps.add(event.step.join('.'));
        if (event.type === 'run-finished') finished = event;
        // The evented engine says twice that it started.
        else if (!isBeginning(event) || !started) options.emit(event);
        started ||= isBeginning(event);
        stepped ||= event.type.startsWith('step-');
      }
    }
  } catch (error) {
    finished ??= {
      type: 'run-finished',
      time: Date.now(),
      status: 'failed',
      output: undefined,
      error: toRunError(error),
    };
  }
  return { finished, stepped, failedSteps, state };
}

function isBeginning(event: RunEventBody): boolean {
  return event.type === 'run-started' || event.type === 'run-resumed';
}

const quietMilliseconds = 1_000;

/** A stream that told its end does not wait for ever for a result that never comes. */
function quiet(finished: Finished | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (finished !== undefined) setTimeout(() => resolve(undefined), quietMilliseconds).unref();
  });
}

/** The end as stream and result tell it together, with failed steps that only the result names. */
function ending(told: Told, result: unknown, options: RunReport): readonly RunEventBody[] {
  const fromResult = finishedOf(told.state, result);
  const { finished } = told;
  if (fromResult === undefined || fromResult.status === finished?.status) {
    return [finished ?? noEnd()];
  }
  return [...failedStepsOf(result, told.failedSteps, options.original), fromResult];
}

/**
 * Resuming one of several suspended steps ends with "success" while the others wait: the result still has them, and so has the
 * stored run. Each alone may be behind: a workflow decides itself when it is stored. A resumption that is refused before any step
 * ran ends with "failed", and its result has no steps: then the stored run alone tells.
 */
async function stillWaits(
  workflow: WorkflowLike,
  runId: string,
  last: RunEventBody | undefined,
  result: unknown,
): Promise<boolean> {
  if (last?.type !== 'run-finished' || last.status === 'suspended' || last.status === 'canceled') return false;
  const steps = isRecord(result) ? result['steps'] : undefined;
  const waiting =
    isRecord(steps) && Object.values(steps).some((step) => isRecord(step) && step['status'] === 'suspended');
  if (!waiting && result !== 'any') return false;
  const stored = await workflow.getWorkflowRunById?.(runId, { withNestedWorkflows: false });
  return isRecord(stored) && stored['status'] === 'suspended';
}

function asSuspended(event: RunEventBody): RunEventBody {
  return event.type === 'run-finished' ? { ...event, status: 'suspended', output: undefined, error: undefined } : event;
}

function finishedOf(state: DecodeState, result: unknown): Finished | undefined {
  if (!isRecord(result)) return undefined;
  const error = result['error'];
  const payload = {
    workflowStatus: result['status'],
    finalWorkflowResult: result['result'],
    metadata: error === undefined ? {} : { error },
  };
  const [event] = decodeRecord(state, { type: 'workflow-finish', payload }, Date.now(), null).events;
  return event?.type === 'run-finished' ? event : undefined;
}

function failedStepsOf(
  result: unknown,
  told: ReadonlySet<string>,
  original: (error: unknown) => unknown,
): readonly RunEventBody[] {
  const steps = isRecord(result) ? result['steps'] : undefined;
  if (!isRecord(steps)) return [];
  return Object.entries(steps).flatMap(([id, step]): readonly RunEventBody[] => {
    if (!isRecord(step) || step['status'] !== 'failed' || told.has(id)) return [];
    const error = toRunError(original(step['error']));
    return [{ type: 'step-failed', time: Date.now(), step: [id], callId: undefined, error, iteration: undefined }];
  });
}

function noEnd(): Finished {
  const error = toRunError('The run ended without a result');
  return { type: 'run-finished', time: Date.now(), status: 'failed', output: undefined, error };
}

function withOriginalError(record: unknown, original: (error: unknown) => unknown): unknown {
  if (!isRecord(record) || record['type'] !== 'workflow-step-result') return record;
  const payload = record['payload'];
  if (!isRecord(payload) || payload['error'] === undefined) return record;
  return { ...record, payload: { ...payload, error: original(payload['error']) } };
}
