/** events[0..k] -> what a person sees at moment k. Live view is the fold over all events so far. */
import type { Json, RunError, RunEvent, RunStatus } from './events.ts';
import { endStep, foldStep } from './step.ts';
import type { StepState } from './step.ts';

export interface RunState {
  readonly runId: string | undefined;
  readonly workflowId: string | undefined;
  /** Undefined before the run started. */
  readonly status: RunStatus | undefined;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly error: RunError | undefined;
  /** By dotted step id, in the order in which they were first named. */
  readonly steps: ReadonlyMap<string, StepState>;
}

export const initialRunState: RunState = {
  runId: undefined,
  workflowId: undefined,
  status: undefined,
  startedAt: undefined,
  finishedAt: undefined,
  input: undefined,
  output: undefined,
  error: undefined,
  steps: new Map(),
};

/** `foldRun(b, foldRun(a)) = foldRun([...a, ...b])`. Never throws, and never changes `before`. */
export function foldRun(events: Iterable<RunEvent>, before: RunState = initialRunState): RunState {
  const steps = new Map(before.steps);
  let state = before;
  for (const event of events) {
    switch (event.type) {
      case 'run-started':
        state = {
          ...state,
          runId: event.runId,
          workflowId: event.workflowId,
          status: 'running',
          startedAt: event.time,
          input: event.input,
        };
        break;
      case 'run-resumed':
        state = {
          ...state,
          runId: event.runId,
          workflowId: event.workflowId,
          status: 'running',
          startedAt: state.startedAt ?? event.time,
          finishedAt: undefined,
        };
        break;
      case 'run-finished':
        state = { ...state, status: event.status, finishedAt: event.time, output: event.output, error: event.error };
        for (const [id, step] of steps) steps.set(id, endStep(step, event.status, event.time));
        break;
      case 'console':
        break;
      case 'step-started':
      case 'step-retried':
      case 'step-waiting':
      case 'step-progress':
      case 'step-succeeded':
      case 'step-failed':
      case 'step-suspended':
      case 'step-output': {
        // What is written without a step belongs to the run and is in the log only.
        if (event.step.length === 0) break;
        const id = event.step.join('.');
        steps.set(id, foldStep(steps.get(id), event));
        break;
      }
    }
  }
  return { ...state, steps };
}
