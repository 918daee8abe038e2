/**
 * What a run did, as an append-only list of events of ours (design decision 5). Every source (embedded runner, later
 * `mastra dev` and remote servers) is decoded into these; live view and replay are the same fold over them.
 */

/** Written in the header of a stored log; raise when an event changes its meaning. */
export const runEventVersion = 1;

export type RunStatus = 'running' | 'success' | 'failed' | 'suspended' | 'canceled';

export type StepRunStatus = 'running' | 'waiting' | 'success' | 'failed' | 'suspended' | 'canceled';

/** An error as it was thrown, outermost first; `stack` has positions in the author's own source where they are known. */
export interface RunError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: RunError | undefined;
}

/** Any JSON value; the decoder makes sure of it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface EventBase {
  /** 0 for the first event of a run, then without gaps. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/**
 * `step` is the step's id as Mastra names it, nested workflows as a path from the outside in: `['pack-order', 'weigh']`.
 * It is not unique: loops, foreach items and a workflow used twice repeat it (see align.ts).
 */
export type RunEvent = EventBase &
  (
    | { readonly type: 'run-started'; readonly runId: string; readonly workflowId: string; readonly input: Json }
    /** A suspended run goes on: comes after a `run-finished` with status `suspended`, or first in the log of a run that began elsewhere. */
    | {
        readonly type: 'run-resumed';
        readonly runId: string;
        readonly workflowId: string;
        readonly step: readonly string[];
        /** Which item of a `.foreach`; undefined for every other step. */
        readonly index: number | undefined;
        /** What the step was given to go on. */
        readonly data: Json;
      }
    | {
        readonly type: 'step-started';
        readonly step: readonly string[];
        readonly callId: string | undefined;
        readonly input: Json;
        readonly iteration: number | undefined;
      }
    /** A step that threw is tried again. Only the embedded runner sees it: Mastra's streams do not tell of retries. */
    | {
        readonly type: 'step-retried';
        readonly step: readonly string[];
        /** The one that begins now, from 2. */
        readonly attempt: number;
        /** What the attempt before threw; undefined when that is not known. */
        readonly error: RunError | undefined;
      }
    | { readonly type: 'step-waiting'; readonly step: readonly string[]; readonly until: number | undefined }
    | {
        readonly type: 'step-progress';
        readonly step: readonly string[];
        readonly completed: number;
        readonly total: number;
        readonly index: number;
        readonly itemStatus: 'success' | 'failed' | 'suspended';
        readonly output: Json | undefined;
      }
    | {
        readonly type: 'step-succeeded';
        readonly step: readonly string[];
        readonly callId: string | undefined;
        readonly output: Json;
        readonly iteration: number | undefined;
      }
    | {
        readonly type: 'step-failed';
        readonly step: readonly string[];
        readonly callId: string | undefined;
        readonly error: RunError;
        readonly iteration: number | undefined;
      }
    | { readonly type: 'step-suspended'; readonly step: readonly string[]; readonly payload: Json }
    | { readonly type: 'step-output'; readonly step: readonly string[]; readonly output: Json }
    | {
        readonly type: 'console';
        readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
        readonly text: string;
        readonly step: readonly string[] | undefined;
      }
    /** The run is over, or suspended: then a `run-resumed` may follow, or a second `run-finished` when it is canceled. */
    | {
        readonly type: 'run-finished';
        readonly status: Exclude<RunStatus, 'running'>;
        readonly output: Json | undefined;
        readonly error: RunError | undefined;
      }
  );

export type RunEventType = RunEvent['type'];
