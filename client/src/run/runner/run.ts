/** One run of a workflow: its stream as events, its result as the last word. */
import { decodeRecord, initialDecodeState } from '../../../../common/runlog/decode.ts';
import type { DecodeState } from '../../../../common/runlog/decode.ts';
import { toRunError } from '../../../../common/runlog/error.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { isRecord } from './mastra.ts';
import type { RunLike, StreamLike, WorkflowLike } from './mastra.ts';

export interface RunInput {
  readonly input: Json;
  readonly state: Json | undefined;
  /** Called as soon as the run can be canceled. */
  readonly onRun: (run: RunLike) => void;
  /** The error as it was thrown, for one that arrives without its stack. */
  readonly original: (error: unknown) => unknown;
  readonly emit: (event: RunEventBody) => void;
  readonly note: (text: string) => void;
}

type Finished = Extract<RunEventBody, { type: 'run-finished' }>;

/** Runs to the end and emits one `run-started` and one `run-finished` event. Throws only when the run cannot even start. */
export async function runWorkflow(workflow: WorkflowLike, options: RunInput): Promise<void> {
  const run = await workflow.createRun();
  options.onRun(run);
  const stream = await run.stream({
    inputData: options.input,
    ...(options.state === undefined ? {} : { initialState: options.state }),
  });
  // Rejects for a run that is refused (e.g. bad input); the stream has told by then.
  const result = stream.result.catch((error: unknown) => ({ status: 'failed', error }));
  const told = await readStream(stream, options);
  const known = await Promise.race([result, quiet(told.finished)]);
  const ignored = [...told.state.ignored].map(([type, count]) => `${count} × ${type}`);
  if (ignored.length > 0) options.note(`Ignored records of the run's stream: ${ignored.join(', ')}`);
  for (const event of ending(told, known, options)) options.emit(event);
}

interface Told {
  readonly finished: Finished | undefined;
  readonly failedSteps: ReadonlySet<string>;
  readonly state: DecodeState;
}

/** Emits everything but the end: `workflow-finish` says "success" for failed runs of some engines, and others leave it out. */
async function readStream(stream: StreamLike, options: RunInput): Promise<Told> {
  let state = initialDecodeState;
  let started = false;
  let finished: Finished | undefined;
  const failedSteps = new Set<string>();
  try {
    for await (const record of stream.fullStream) {
      const decoded = decodeRecord(state, withOriginalError(record, options.original), Date.now(), options.input);
      state = decoded.state;
      for (const event of decoded.events) {
        if (event.type === 'step-failed') failedSteps.add(event.step.join('.'));
        if (event.type === 'run-finished') finished = event;
        // The evented engine says twice that it started.
        else if (event.type !== 'run-started' || !started) options.emit(event);
        started ||= event.type === 'run-started';
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
  return { finished, failedSteps, state };
}

const quietMilliseconds = 1_000;

/** A stream that told its end does not wait for ever for a result that never comes. */
function quiet(finished: Finished | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (finished !== undefined) setTimeout(() => resolve(undefined), quietMilliseconds).unref();
  });
}

/** The end as stream and result tell it together, with failed steps that only the result names. */
function ending(told: Told, result: unknown, options: RunInput): readonly RunEventBody[] {
  const fromResult = finishedOf(told.state, result, options.input);
  const { finished } = told;
  if (fromResult === undefined || fromResult.status === finished?.status) {
    return [finished ?? noEnd()];
  }
  return [...failedStepsOf(result, told.failedSteps, options.original), fromResult];
}

function finishedOf(state: DecodeState, result: unknown, input: Json): Finished | undefined {
  if (!isRecord(result)) return undefined;
  const error = result['error'];
  const payload = {
    workflowStatus: result['status'],
    finalWorkflowResult: result['result'],
    metadata: error === undefined ? {} : { error },
  };
  const [event] = decodeRecord(state, { type: 'workflow-finish', payload }, Date.now(), input).events;
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
