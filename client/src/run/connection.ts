/** What every way to run a workflow offers: the embedded runner, `mastra dev`, a remote server. All give the same events. */
import type { Json } from '../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import type { RunProblem } from './problem.ts';
import type { CheckedPart, InputIssue, LoadedWorkflow } from './protocol.ts';

/** What goes into a run. */
export interface RunInputs {
  readonly input: Json;
  /** The initial state, for a workflow that declares a `stateSchema`. */
  readonly state: Json | undefined;
  /** Entries of the request context; undefined for none. */
  readonly requestContext: Json | undefined;
}

/** A step that waits for `resume`, as the stored run tells it: each suspended path once. */
export interface SuspendedStep {
  /** The ids of the workflows on the way and of the step: `['approve-order', 'ask-manager']`. */
  readonly step: readonly string[];
  /** Which item of a `.foreach`; undefined for every other step. */
  readonly index: number | undefined;
  readonly payload: Json;
  /** JSON Schema (draft 7) of what the step wants to go on; undefined when it does not say. */
  readonly resumeSchema: Json | undefined;
  /** Why an answer would be in vain, in a sentence: what its engine cannot do. Absent where it can be answered. */
  readonly blocked?: string;
}

/** The answer to one suspended step. */
export interface Resumption {
  readonly runId: string;
  readonly step: readonly string[];
  readonly index: number | undefined;
  readonly data: Json;
}

/** A run that another window began, and what is known of it. */
export interface FollowedRun {
  readonly runId: string;
  readonly events: readonly RunEventBody[];
}

/** A connection to one workflow, for one run of it. Opened at once, so that loading goes on while the author types the input. */
export interface RunConnection {
  /** Rejects with RunFailure when the workflow cannot be run there. */
  readonly loaded: Promise<LoadedWorkflow>;
  /** What the workflow's own schema says; waits until it is loaded. Nothing where only the server can tell. */
  validate(part: CheckedPart, value: Json): Promise<readonly InputIssue[]>;
  /** Runs it once. Resolves when the run is over or suspended; never rejects. A problem when it ended from outside. */
  start(inputs: RunInputs): Promise<RunProblem | undefined>;
  /** Goes on with a suspended run, also one of an earlier session. Resolves like `start`. */
  resume(resumption: Resumption): Promise<RunProblem | undefined>;
  /**
   * Watches a run that began over another connection, to its end; tells what is not known of it yet. Resolves like `start`. Absent where
   * a run ends with its connection.
   */
  follow?(run: FollowedRun): Promise<RunProblem | undefined>;
  /** What waits for an answer in a run, as the stored run says it; empty when nothing does or nothing is stored. */
  suspended(runId: string): Promise<readonly SuspendedStep[]>;
  /** Ends whatever goes on. Gently first. */
  cancel(): void;
  /** Ends a suspended run for good, also one of an earlier session. Tells no event. A problem when it could not be ended. */
  abandon(runId: string): Promise<RunProblem | undefined>;
  dispose(): Promise<void>;
}

/** What a connection tells while it lasts. */
export interface RunListener {
  /**
   * Every event but its number. After each `start` one `run-started` and one `run-finished`, after each `resume` one `run-resumed` and
   * one `run-finished`; only `run-finished` when it did not come to that.
   */
  readonly onEvent: (event: RunEventBody) => void;
  /** For the log: what went on, in words. */
  readonly log: (message: string) => void;
}
