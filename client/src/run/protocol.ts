/**
 * What the extension host and the runner (the child process in the author's project) say to each other: one JSON object per
 * line. Commands go down file descriptor 4, messages come up descriptor 3; stdout and stderr stay the author's own.
 */
import type { Json, RunError } from '../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import type { Resumption, RunInputs, SuspendedStep } from './connection.ts';

export const messageDescriptor = 3;
export const commandDescriptor = 4;

/** How to find the workflow in the built project. */
export interface WorkflowReference {
  readonly id: string | undefined;
  /** Variable it is declared as, for messages. */
  readonly name: string | undefined;
  readonly exportName: string | undefined;
}

export type RunnerCommand =
  /** Import the bundle (a file URL) and find the workflow. Answered by `loaded` or `refused`. */
  | { readonly type: 'load'; readonly bundle: string; readonly workflow: WorkflowReference }
  /** Check a value with the workflow's own schema. Answered by `validated` with the same number. */
  | { readonly type: 'validate'; readonly number: number; readonly part: CheckedPart; readonly value: Json }
  /** Run once. Answered by `events` until a `run-finished` event, or by `refused`. */
  | ({ readonly type: 'start' } & RunInputs)
  /** Go on with a suspended run, of this process or of the project's storage. Answered like `start`. */
  | ({ readonly type: 'resume' } & Resumption)
  /** Which steps of a run wait. Answered by `suspended` with the same number. */
  | { readonly type: 'suspended'; readonly number: number; readonly runId: string }
  /** End a suspended run. Answered by `abandoned` with the same number. */
  | { readonly type: 'abandon'; readonly number: number; readonly runId: string }
  | { readonly type: 'cancel' }
  /** The run is over: let the project write what it still holds back, and end. */
  | { readonly type: 'close' };

/** What a person may give to a run: its input, an initial state where the workflow has state, entries of the request context. */
export type InputPart = 'input' | 'state' | 'requestContext';

/** What can be checked before it is sent: also the data that a suspended step (ids from the outside in) waits for. */
export type CheckedPart = InputPart | { readonly resume: readonly string[] };

export interface InputIssue {
  /** Field path; empty for the whole value. */
  readonly path: readonly string[];
  readonly message: string;
}

/** How the project's `Mastra` instance and the workflow belong together. */
export type MastraLink =
  /** The workflow is registered in `new Mastra({ workflows })`. */
  | 'registered'
  /** It is not, and runs with the project's Mastra instance all the same. */
  | 'attached'
  /** The project makes no Mastra instance: no storage, no agents by name. */
  | 'none';

export interface LoadedWorkflow {
  readonly id: string;
  readonly mastra: MastraLink;
  /** JSON Schema (draft 7) of what goes in: fields with defaults are optional. Undefined when the schema cannot say. */
  readonly inputSchema: Json | undefined;
  /** The same of the initial state; undefined when the workflow declares no state. */
  readonly stateSchema: Json | undefined;
  /** True when the state schema does not accept `{}`: then a run is not started without a state. */
  readonly needsState: boolean;
  /** The same of the request context; undefined when the workflow declares none. */
  readonly requestContextSchema: Json | undefined;
  /** False when a suspended run ends with the process that holds it: the project keeps no storage on disk. */
  readonly durable: boolean;
}

export type RefusalKind =
  /** `@mastra/core` cannot be imported from the project. */
  | 'core-missing'
  /** A module of the project threw while it was loaded. */
  | 'load-failed'
  | 'workflow-not-found'
  | 'not-committed'
  | 'start-failed';

export type RunnerMessage =
  | ({ readonly type: 'loaded' } & LoadedWorkflow)
  | {
      readonly type: 'refused';
      readonly kind: RefusalKind;
      readonly message: string;
      readonly error: RunError | undefined;
    }
  /** Before the `run-finished` of a resumption that Mastra refused: the run is suspended as before. */
  | { readonly type: 'unresumed'; readonly error: RunError }
  | { readonly type: 'validated'; readonly number: number; readonly issues: readonly InputIssue[] }
  | { readonly type: 'suspended'; readonly number: number; readonly steps: readonly SuspendedStep[] }
  /** `error` says why it could not be ended. */
  | { readonly type: 'abandoned'; readonly number: number; readonly error: RunError | undefined }
  | { readonly type: 'events'; readonly events: readonly RunEventBody[] }
  /** For the log, e.g. records of the stream that this version does not know. */
  | { readonly type: 'note'; readonly text: string }
  /** The author's code called `process.exit`, or threw where nothing caught it. */
  | {
      readonly type: 'exiting';
      readonly cause: 'process-exit' | 'uncaught';
      readonly code: number;
      readonly step: readonly string[] | undefined;
      readonly error: RunError;
    };
