/** The state of one step (or one node of the drawing) after some of its events. */
import type { Json, RunError, RunEvent, RunStatus, StepRunStatus } from './events.ts';

export interface StepState {
  readonly status: StepRunStatus;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** How often it was started. */
  readonly runs: number;
  /** Starts that have not ended: more than one for a step inside a foreach. */
  readonly open: number;
  /** The worst end among starts that overlap: a failure stays visible while its neighbours end well. */
  readonly worst: 'success' | 'failed' | 'suspended';
  readonly progress: { readonly completed: number; readonly total: number } | undefined;
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly suspendPayload: Json | undefined;
  readonly error: RunError | undefined;
  /** What the step wrote while it ran, newest last, bounded. */
  readonly written: readonly Json[];
}

/** Events that are about one step. */
export type StepEvent = Extract<RunEvent, { readonly type: `step-${string}` }>;

export const maxWritten = 100;

const empty: StepState = {
  status: 'running',
  startedAt: undefined,
  finishedAt: undefined,
  runs: 0,
  open: 0,
  worst: 'success',
  progress: undefined,
  input: undefined,
  output: undefined,
  suspendPayload: undefined,
  error: undefined,
  written: [],
};

/** The state after `event`; `undefined` before the first one. Total: any order of events gives a state. */
export function foldStep(before: StepState | undefined, event: StepEvent): StepState {
  const state = before ?? empty;
  switch (event.type) {
    case 'step-started':
      return begin(state, event.time, 'running', event.input);
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
      return { ...state, written: [...state.written, event.output].slice(-maxWritten) };
  }
}

function begin(state: StepState, time: number, status: 'running' | 'waiting', input: Json | undefined): StepState {
  const overlaps = state.open > 0;
  // A suspended step starts again only when it is resumed, which is the same time that it runs.
  const continues = !overlaps && state.status === 'suspended';
  return {
    ...state,
    status,
    startedAt: overlaps || continues ? state.startedAt : time,
    finishedAt: undefined,
    runs: continues ? state.runs : state.runs + 1,
    open: state.open + 1,
    worst: overlaps ? state.worst : 'success',
    input,
    // What an earlier round left is not what this one made.
    output: overlaps ? state.output : undefined,
    error: overlaps ? state.error : undefined,
    suspendPayload: overlaps ? state.suspendPayload : undefined,
  };
}

function settle(state: StepState, time: number, end: 'success' | 'failed' | 'suspended'): StepState {
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
export function endStep(state: StepState, status: Exclude<RunStatus, 'running'>, time: number): StepState {
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
