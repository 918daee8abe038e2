/** One run of a workflow: its stream as events. */
import { decodeRecord, initialDecodeState } from '../../../../common/runlog/decode.ts';
import { toRunError } from '../../../../common/runlog/error.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { isRecord } from './mastra.ts';
import type { RunLike, WorkflowLike } from './mastra.ts';

export interface RunInput {
  readonly input: Json;
  readonly state: Json | undefined;
  /** Called as soon as the run can be canceled. */
  readonly onRun: (run: RunLike) => void;
  /** The error as it was thrown, for one that arrives without its stack. */
  readonly original: (error: unknown) => unknown;
  readonly emit: (event: RunEventBody) => void;
}

/** Runs to the end and emits a `run-finished` event in every case. Throws only when the run cannot even start. */
export async function runWorkflow(workflow: WorkflowLike, options: RunInput): Promise<void> {
  const run = await workflow.createRun();
  options.onRun(run);
  const stream = await run.stream({
    inputData: options.input,
    ...(options.state === undefined ? {} : { initialState: options.state }),
  });
  let state = initialDecodeState;
  let finished = false;
  // Rejects for a run that is refused (e.g. bad input); the stream has told by then.
  const result = stream.result.catch((error: unknown) => ({ status: 'failed', error }));
  try {
    for await (const record of stream.fullStream) {
      const decoded = decodeRecord(state, withOriginalError(record, options.original), Date.now(), options.input);
      state = decoded.state;
      for (const event of decoded.events) {
        options.emit(event);
        if (event.type === 'run-finished') finished = true;
      }
    }
  } catch (error) {
    if (!finished) options.emit(failed(error));
    return;
  }
  if (finished) return;
  // Streams of other engines may end without a finish record; the result is there all the same.
  const payload = await result;
  const record = { type: 'workflow-finish', payload: finishPayload(payload) };
  const decoded = decodeRecord(state, record, Date.now(), options.input);
  const [event] = decoded.events;
  options.emit(event ?? failed(new Error('The run ended without a result')));
}

function failed(error: unknown): RunEventBody {
  return { type: 'run-finished', time: Date.now(), status: 'failed', output: undefined, error: toRunError(error) };
}

function finishPayload(result: unknown): object {
  if (!isRecord(result)) return {};
  return {
    workflowStatus: result['status'],
    finalWorkflowResult: result['result'],
    metadata: result['error'] === undefined ? {} : { error: result['error'] },
  };
}

function withOriginalError(record: unknown, original: (error: unknown) => unknown): unknown {
  if (!isRecord(record) || record['type'] !== 'workflow-step-result') return record;
  const payload = record['payload'];
  if (!isRecord(payload) || payload['error'] === undefined) return record;
  return { ...record, payload: { ...payload, error: original(payload['error']) } };
}
