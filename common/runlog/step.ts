/** The state of one step (or one node of the drawing) after some of its events. */
import type { Json, RunError, RunEvent, RunStatus, StepRunStatus } from './events.ts';

export interface StepState<Payload = Json, Failure = RunError> {
  readonly status: StepRunStatus;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** How often it was started. */
  readonly runs: number;
  /** Of the last time that it was started: 2 when it threw and was tried again. */
  readonly attempts: number;
  /** Starts that have not ended: more than one for a step inside a foreach. */
  readonly open: number;
  /** The worst end among starts that overlap: a failure stays visible while its neighbours end well. */
  readonly worst: 'success' | 'failed' | 'suspended';
  readonly progress: { readonly completed: number; readonly total: number } | undefined;
  readonly input: Payload | undefined;
  readonly output: Payload | undefined;
  readonly suspendPayload: Payload | undefined;
  readonly error: Failure | undefined;
}

/** Events that are about one step. */
export type StepEvent = Extract<RunEvent, { readonly type: `step-${string}` }>;

/**
 * The part of a step event that changes a state. Where the log is at hand what a step took and gave are values; in a panel, which
 * gets no values until they are shown, they are references to them.
 */
export type StepChange<Payload = Json, Failure = RunError> =
  | { readonly type: 'step-started'; readonly time: number; readonly input: Payload }
  | { readonly type: 'step-retried'; readonly attempt: number }
  | { readonly type: 'step-waiting'; readonly time: number }
  | { readonly type: 'step-progress'; readonly completed: number; readonly total: number }
  | { readonly type: 'step-succeeded'; readonly time: number; readonly output: Payload }
  | { readonly type: 'step-failed'; readonly time: number; readonly error: Failure }
  | { readonly type: 'step-suspended'; readonly time: number; readonly payload: Payload }
  | { readonly type: 'step-output' };

const empty: StepState<never, never> = {
  status: 'running',
  startedAt: undefined,
  finishedAt: undefined,
  runs: 0,
  attempts: 1,
  open: 0,
  worst: 'success',
  progress: undefined,
  input: undefined,
  output: undefined,
  suspendPayload: undefined,
  error: undefined,
};

/** The state after `event`; `undefined` before the first one. Total: any order of events gives a state. */
export function foldStep<Payload, Failure>(
  before: StepState<Payload, Failure> | undefined,
  event: StepChange<Payload, Failure>,
): StepState<Payload, Failure> {
  const state: StepState<Payload, Failure> = before ?? empty;
  switch (event.type) {
    case 'step-started':
      return begin(state, event.time, 'running', event.input);
    case 'step-retried':
      return { ...state, attempts: event.attempt };
    case 'step-waiting':
      return begin(state, event.time, 'waiting', undefined);
    case 'step-progress':
      return { ...state, progress: { completed: event.completed, total: event.total } };
    case 'step-succeeded':
      return { ...settle(state, event.time, 'success'), output: event.output };
    case 'step-failed':
      return { ...settle(state, event.time, 'failed'), error: event.error };
    case 'step-suspended':
      return { ...settle(state, event.time, 'suspended'), suspendPayload: event.payload };
    case 'step-output':
      return state;
  }
}

function begin<Payload, Failure>(
  state: StepState<Payload, Failure>,
  time: number,
  status: 'running' | 'waiting',
  input: Payload | undefined,
): StepState<Payload, Failure> {
  const overlaps = state.open > 0;
  // A suspended step starts again only when it is resumed, which is the same time that it runs.
  const continues = !overlaps && state.status === 'suspended';
  return {
    ...state,
    status,
    startedAt: overlaps || continues ? state.startedAt : time,
    finishedAt: undefined,
    runs: continues ? state.runs : state.runs + 1,
    attempts: overlaps ? state.attempts : 1,
    open: state.open + 1,
    worst: overlaps ? state.worst : 'success',
    input,
    // What an earlier round left is not what this one made.
    output: overlaps ? state.output : undefined,
    error: overlaps ? state.error : undefined,
    suspendPayload: overlaps ? state.suspendPayload : undefined,
  };
}

function settle<Payload, Failure>(
  state: StepState<Payload, Failure>,
  time: number,
  end: 'success' | 'failed' | 'suspended',
): StepState<Payload, Failure> {
  const open = Math.max(0, state.open - 1);
  const worst = end === 'failed' || state.worst === 'success' ? end : state.worst;
  return {
    ...state,
    open,
    worst,
    status: open > 0 ? 'running' : worst,
    finishedAt: open > 0 ? undefined : time,
    // An end without a beginning still happened.
    runs: Math.max(1, state.runs),
  };
}

/** When the run is over, so is every step: what still ran was waiting for a suspended step, or was stopped. */
export function endStep<Payload, Failure>(
  state: StepState<Payload, Failure>,
  status: Exclude<RunStatus, 'running'>,
  time: number,
): StepState<Payload, Failure> {
  // Nobody waits any more for the answer to a step of a run that was canceled.
  if (state.status === 'suspended' && status === 'canceled') return { ...state, status, finishedAt: time };
  if (state.status !== 'running' && state.status !== 'waiting') return state;
  return {
    ...state,
    open: 0,
    status: state.worst === 'failed' ? 'failed' : status === 'suspended' ? 'suspended' : 'canceled',
    finishedAt: time,
  };
}
