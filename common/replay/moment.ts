/** What a person sees of a run at one moment: after one of its events. */
import type { EntryAddress } from '../model/address.ts';
import type { ErrorReference, PayloadReference } from '../protocol/replay.ts';
import type { RunStatus, StepRunStatus } from '../runlog/events.ts';

export interface RunHead {
  readonly runId: string;
  readonly workflowId: string;
  readonly status: RunStatus;
  /** Milliseconds since the epoch, as all times. */
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly input: PayloadReference | undefined;
  readonly output: PayloadReference | undefined;
  readonly error: ErrorReference | undefined;
}

export interface Moment extends RunHead {
  /** Number of the event after which this is; -1 before the first. */
  readonly event: number;
  /** Only nodes that were reached. `skipped` marks branches whose condition was false, known once the branch is over. */
  readonly nodes: ReadonlyMap<EntryAddress, NodeRun>;
  /** Steps of the run that match no node of the drawing (the source changed since, or Mastra made them). */
  readonly unmatched: readonly string[];
}

export interface NodeRun {
  readonly status: StepRunStatus | 'skipped';
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** How often it ran (loops, foreach, repeated use); 1 for a plain step. */
  readonly runs: number;
  /** Of the last time; 2 when it threw and was tried again. Absent where nothing is told of it. */
  readonly attempts?: number;
  readonly progress: { readonly completed: number; readonly total: number } | undefined;
  /** Of the last time that it ran. */
  readonly input: PayloadReference | undefined;
  readonly output: PayloadReference | undefined;
  readonly suspendPayload: PayloadReference | undefined;
  readonly error: ErrorReference | undefined;
  /** True when the run names several nodes alike and which of them this was cannot be told; all of them are marked. */
  readonly uncertain?: boolean;
}
