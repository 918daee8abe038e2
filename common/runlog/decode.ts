/**
 * Records of `run.stream(...).fullStream` of @mastra/core 1.x (and of the HTTP API's streams, which carry the same) -> events.
 * Tolerant: a record of an unknown type or shape makes no event and is counted.
 */
import { toRunError } from './error.ts';
import type { Json, RunError, RunStatus } from './events.ts';
import { defaultJsonLimits, toJson } from './json.ts';
import type { RunEventBody } from './log.ts';

/** What earlier records of the same run tell about later ones. */
export interface DecodeState {
  /** Dotted ids of steps that started, and their paths. */
  readonly started: ReadonlyMap<string, readonly string[]>;
  /** Dotted ids of steps that run now. */
  readonly running: ReadonlySet<string>;
  /** The error of the last top-level step that failed: `workflow-finish` does not repeat it. */
  readonly lastError: RunError | undefined;
  /** Records that made no event, by type. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Set when the stream is that of a resumption. */
  readonly resumption: DecodedResumption | undefined;
}

/** What a suspended run was resumed with; its stream does not repeat it. */
export interface DecodedResumption {
  readonly step: readonly string[];
  readonly index: number | undefined;
  readonly data: Json;
}

export const initialDecodeState: DecodeState = {
  started: new Map(),
  running: new Set(),
  lastError: undefined,
  ignored: new Map(),
  resumption: undefined,
};

/** Where decoding the stream of a resumption begins: it starts with `run-resumed` instead of `run-started`. */
export function resumedDecodeState(resumption: DecodedResumption): DecodeState {
  // The workflows around the step are known before the stream names them.
  const started = new Map(resumption.step.map((_, index) => pathUpTo(resumption.step, index)));
  return { ...initialDecodeState, started, resumption };
}

function pathUpTo(step: readonly string[], index: number): [string, readonly string[]] {
  const path = step.slice(0, index + 1);
  return [path.join('.'), path];
}

export interface Decoded {
  readonly state: DecodeState;
  readonly events: readonly RunEventBody[];
}

/** What steps write while they run comes in pieces, thousands of them for an agent; each is small or of little interest. */
const writtenLimits = { ...defaultJsonLimits, characters: 16_384 };

/** Known records that say nothing that another record does not say. */
const silent = new Set(['workflow-step-finish', 'workflow-canceled', 'workflow-paused']);

/**
 * Decodes one record. `time` (milliseconds) stands in where the record has none; `input` is the run's input, which the
 * stream does not repeat.
 */
export function decodeRecord(state: DecodeState, record: unknown, time: number, input: Json): Decoded {
  const fields = asFields(record);
  const type = text(fields?.['type']);
  if (fields === undefined || type === undefined) return ignore(state, 'not a record');
  const payload = asFields(fields['payload']) ?? {};
  switch (type) {
    case 'workflow-start': {
      const workflowId = text(payload['workflowId']) ?? '';
      const runId = text(fields['runId']) ?? '';
      if (state.resumption !== undefined) {
        return { state, events: [{ type: 'run-resumed', time, runId, workflowId, ...state.resumption }] };
      }
      return { state, events: [{ type: 'run-started', time, runId, workflowId, input }] };
    }
    case 'workflow-finish':
      return finish(state, payload, time);
    case 'workflow-step-output':
      return output(state, payload, time);
    case 'workflow-step-start':
    case 'workflow-step-waiting':
    case 'workflow-step-progress':
    case 'workflow-step-suspended':
    case 'workflow-step-result':
      return step(state, type, payload, time);
    default:
      if (silent.has(type)) return { state, events: [] };
      // What an author sends with `writer.custom` names no step.
      if (type.startsWith('data-')) {
        return {
          state,
          events: [{ type: 'step-output', time, step: [], output: toJson(fields['data'], writtenLimits) }],
        };
      }
      return ignore(state, type);
  }
}

function step(state: DecodeState, type: string, payload: Fields, time: number): Decoded {
  const id = text(payload['id']) ?? text(payload['stepName']);
  if (id === undefined) return ignore(state, type);
  const path = stepPath(state.started, id);
  const callId = text(payload['stepCallId']);
  const iteration = number(asFields(payload['metadata'])?.['iterationCount']);
  // A resumed step repeats when it was started at first.
  const startedAt = number(payload['resumedAt']) ?? number(payload['startedAt']) ?? time;
  const endedAt = number(payload['endedAt']) ?? time;
  switch (type) {
    case 'workflow-step-start': {
      const events: RunEventBody[] = [
        { type: 'step-started', time: startedAt, step: path, callId, input: toJson(payload['payload']), iteration },
      ];
      return { state: start(state, id, path), events };
    }
    case 'workflow-step-waiting':
      return {
        state: start(state, id, path),
        events: [{ type: 'step-waiting', time: startedAt, step: path, until: undefined }],
      };
    case 'workflow-step-progress':
      return { state, events: [progress(payload, path, time)] };
    case 'workflow-step-suspended': {
      const suspendedAt = number(payload['suspendedAt']) ?? time;
      const suspendPayload = toJson(withoutMeta(payload['suspendPayload']));
      return {
        state: end(state, id),
        events: [{ type: 'step-suspended', time: suspendedAt, step: path, payload: suspendPayload }],
      };
    }
    default:
      return result(end(state, id), payload, path, { time: endedAt, callId, iteration });
  }
}

interface ResultParts {
  readonly time: number;
  readonly callId: string | undefined;
  readonly iteration: number | undefined;
}

function result(state: DecodeState, payload: Fields, path: readonly string[], parts: ResultParts): Decoded {
  switch (payload['status']) {
    case 'success':
    case 'bailed':
      return {
        state,
        events: [{ type: 'step-succeeded', step: path, output: toJson(payload['output']), ...parts }],
      };
    case 'failed': {
      const error = toRunError(payload['error'] ?? asFields(payload['tripwire'])?.['reason'] ?? 'The step failed');
      return {
        state: path.length === 1 ? { ...state, lastError: error } : state,
        events: [{ type: 'step-failed', step: path, error, ...parts }],
      };
    }
    case 'suspended': {
      const suspendPayload = toJson(withoutMeta(payload['suspendPayload']));
      return { state, events: [{ type: 'step-suspended', time: parts.time, step: path, payload: suspendPayload }] };
    }
    default:
      // `canceled`, `paused`, `skipped`: the end of the run settles these.
      return ignore(state, `workflow-step-result ${text(payload['status']) ?? 'without status'}`);
  }
}

function progress(payload: Fields, path: readonly string[], time: number): RunEventBody {
  const status = payload['iterationStatus'];
  return {
    type: 'step-progress',
    time,
    step: path,
    completed: number(payload['completedCount']) ?? 0,
    total: number(payload['totalCount']) ?? 0,
    index: number(payload['currentIndex']) ?? 0,
    itemStatus: status === 'failed' || status === 'suspended' ? status : 'success',
    output: payload['iterationOutput'] === undefined ? undefined : toJson(payload['iterationOutput']),
  };
}

function output(state: DecodeState, payload: Fields, time: number): Decoded {
  const name = text(payload['stepName']) ?? text(payload['id']);
  if (name === undefined) return ignore(state, 'workflow-step-output');
  return {
    state,
    events: [
      { type: 'step-output', time, step: writerPath(state, name), output: toJson(payload['output'], writtenLimits) },
    ],
  };
}

/**
 * `writer.write` names the step without the workflows around it. When exactly one running step is called so, it is that
 * one; else the bare name stays.
 */
function writerPath(state: DecodeState, name: string): readonly string[] {
  const running = [...state.running].flatMap((id) => {
    const path = state.started.get(id);
    return path !== undefined && path.at(-1) === name ? [path] : [];
  });
  const only = running.length === 1 ? running[0] : undefined;
  return only ?? state.started.get(name) ?? [name];
}

function finish(state: DecodeState, payload: Fields, time: number): Decoded {
  const status = runStatus(payload['workflowStatus']);
  if (status === undefined) return ignore(state, `workflow-finish ${text(payload['workflowStatus']) ?? ''}`);
  const reported = asFields(payload['metadata'])?.['error'] ?? asFields(payload['metadata'])?.['errorMessage'];
  const error = reported === undefined ? state.lastError : toRunError(reported);
  const workflowResult = payload['finalWorkflowResult'];
  return {
    state: { ...state, running: new Set() },
    events: [
      {
        type: 'run-finished',
        time,
        status,
        output: workflowResult === undefined ? undefined : toJson(workflowResult),
        error: status === 'failed' ? (error ?? toRunError('The workflow failed')) : undefined,
      },
    ],
  };
}

function runStatus(status: unknown): Exclude<RunStatus, 'running'> | undefined {
  switch (status) {
    case 'success':
    case 'failed':
    case 'suspended':
    case 'canceled':
      return status;
    case 'bailed':
      return 'success';
    case 'tripwire':
      return 'failed';
    case 'paused':
    case 'waiting':
      return 'suspended';
    default:
      return undefined;
  }
}

/**
 * Steps of a nested workflow come as `<workflow>.<step>`, but a step's own id may hold dots too. A prefix counts as a
 * workflow only when a step of that id started before; the longest such prefix wins.
 */
function stepPath(started: ReadonlyMap<string, readonly string[]>, id: string): readonly string[] {
  const seen = started.get(id);
  if (seen !== undefined) return seen;
  for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) {
    const parent = started.get(id.slice(0, dot));
    if (parent !== undefined) return [...parent, id.slice(dot + 1)];
  }
  return [id];
}

function start(state: DecodeState, id: string, path: readonly string[]): DecodeState {
  return { ...state, started: new Map(state.started).set(id, path), running: new Set(state.running).add(id) };
}

function end(state: DecodeState, id: string): DecodeState {
  if (!state.running.has(id)) return state;
  const running = new Set(state.running);
  running.delete(id);
  return { ...state, running };
}

function ignore(state: DecodeState, type: string): Decoded {
  const ignored = new Map(state.ignored).set(type, (state.ignored.get(type) ?? 0) + 1);
  return { state: { ...state, ignored }, events: [] };
}

/** Mastra's own notes on how to resume are not the author's payload. */
function withoutMeta(payload: unknown): unknown {
  const fields = asFields(payload);
  if (fields === undefined || !('__workflow_meta' in fields)) return payload;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== '__workflow_meta'));
}

type Fields = Readonly<Record<string, unknown>>;

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
