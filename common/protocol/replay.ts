/**
 * A run as a panel gets it: small events without the values that steps took and gave. The panel derives every moment from them and asks
 * for a value when it is shown; values stay in the extension host, however large they are.
 */
import type { Json, RunError, RunEvent, RunStatus } from '../runlog/events.ts';
import type { GraphModel } from './graph.ts';

/** What is known of a value that is not here. */
export interface PayloadSize {
  /** Of its JSON text in UTF-8. */
  readonly bytes: number;
  /** How many items an array has; undefined for anything else. */
  readonly items: number | undefined;
}

/** An error without its stack and causes. */
export interface SmallError {
  readonly name: string;
  /** Cut at 2,000 characters. */
  readonly message: string;
}

/** `RunEvent` with sizes in place of values. Its position in the run is its number. */
export type SmallEvent =
  | {
      readonly type: 'run-started';
      readonly time: number;
      readonly runId: string;
      readonly workflowId: string;
      readonly input: PayloadSize;
    }
  | {
      readonly type: 'run-resumed';
      readonly time: number;
      readonly runId: string;
      readonly workflowId: string;
      readonly step: readonly string[];
      readonly index: number | undefined;
      readonly data: PayloadSize;
    }
  | {
      readonly type: 'step-started';
      readonly time: number;
      readonly step: readonly string[];
      readonly callId: string | undefined;
      readonly iteration: number | undefined;
      readonly input: PayloadSize;
    }
  | {
      readonly type: 'step-retried';
      readonly time: number;
      readonly step: readonly string[];
      readonly attempt: number;
      readonly error: SmallError | undefined;
    }
  | {
      readonly type: 'step-waiting';
      readonly time: number;
      readonly step: readonly string[];
      readonly until: number | undefined;
    }
  | {
      readonly type: 'step-progress';
      readonly time: number;
      readonly step: readonly string[];
      readonly completed: number;
      readonly total: number;
      readonly index: number;
      readonly itemStatus: 'success' | 'failed' | 'suspended';
      readonly output: PayloadSize | undefined;
    }
  | {
      readonly type: 'step-succeeded';
      readonly time: number;
      readonly step: readonly string[];
      readonly callId: string | undefined;
      readonly output: PayloadSize;
    }
  | {
      readonly type: 'step-failed';
      readonly time: number;
      readonly step: readonly string[];
      readonly callId: string | undefined;
      readonly error: SmallError;
    }
  | {
      readonly type: 'step-suspended';
      readonly time: number;
      readonly step: readonly string[];
      readonly payload: PayloadSize;
    }
  | {
      readonly type: 'step-output';
      readonly time: number;
      readonly step: readonly string[];
      readonly output: PayloadSize;
    }
  | {
      readonly type: 'console';
      readonly time: number;
      readonly level: Extract<RunEvent, { readonly type: 'console' }>['level'];
      readonly step: readonly string[] | undefined;
    }
  | {
      readonly type: 'run-finished';
      readonly time: number;
      readonly status: Exclude<RunStatus, 'running'>;
      readonly output: PayloadSize | undefined;
      readonly error: SmallError | undefined;
    };

/** Where a value is: in the event with this number, which has one; `item` names one of an array. */
export interface PayloadReference {
  readonly event: number;
  readonly item: number | undefined;
  /** Undefined for an item of an array: only the whole was measured. */
  readonly bytes: number | undefined;
  /** How many items it has when it is an array. */
  readonly items: number | undefined;
}

/** An error and the event that has all of it. */
export interface ErrorReference extends SmallError {
  readonly event: number;
}

/** A run that the panel shows from now on, in place of any before it. Its events follow, from the first. */
export interface ShownRun {
  /** Rises with every run that is shown; messages about an earlier one are late. */
  readonly number: number;
  /** Of this window, where more may come, or read from its recording. */
  readonly source: 'live' | 'recorded';
  /** The workflow as it was when the run began; undefined when that is not known. */
  readonly drawing: GraphModel | undefined;
}

/** A value as it is sent: whole, or as much of it as a page can hold. */
export type PayloadAnswer =
  | {
      readonly kind: 'value';
      readonly value: Json;
      /** Of the whole value. */
      readonly bytes: number;
      /** True when `value` is not all of it. */
      readonly cut: boolean;
    }
  | { readonly kind: 'error'; readonly error: RunError }
  | { readonly kind: 'console'; readonly level: string; readonly text: string }
  /** The run that was asked about is not shown any more, or has no such value. */
  | { readonly kind: 'gone' };

export type ReplayToPanel =
  | { readonly type: 'run'; readonly run: ShownRun | undefined }
  /** Events of the run with this number, in order; `from` is the number of the first. */
  | {
      readonly type: 'run-events';
      readonly run: number;
      readonly from: number;
      readonly events: readonly SmallEvent[];
    }
  | { readonly type: 'payload'; readonly request: number; readonly answer: PayloadAnswer };

export type PanelToReplay =
  /** Asks for the value of an event, or for its error. */
  | {
      readonly type: 'payload';
      readonly run: number;
      readonly request: number;
      readonly event: number;
      readonly item: number | undefined;
      readonly part: 'value' | 'error';
    }
  /** Opens a value as JSON in an editor. */
  | {
      readonly type: 'open-payload';
      readonly run: number;
      readonly event: number;
      readonly item: number | undefined;
      readonly title: string;
    };
