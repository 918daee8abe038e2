/** Messages between the extension host and the page that shows two runs of a workflow beside each other. */
import type { FlowEntryType } from '../model/workflow.ts';
import type { StepDifference } from '../replay/compare.ts';
import type { Json, RunStatus, StepRunStatus } from '../runlog/events.ts';

/** Raised when either side changes the meaning of a message. */
export const compareProtocolVersion = 1;

/** The left run is A, the right one B. */
export type RunSide = 'left' | 'right';

export interface ComparedRun {
  /** In the history. */
  readonly id: string;
  /** `interrupted`: the recording ends before the run did. */
  readonly status: RunStatus | 'interrupted';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly server: string;
  readonly mastraVersion: string | undefined;
  /** Name of the saved input that it was given. */
  readonly inputName: string | undefined;
  readonly error: string | undefined;
}

export interface ComparedRowSide {
  readonly status: StepRunStatus | RunStatus | 'interrupted';
  /** Milliseconds; undefined where the run does not tell. */
  readonly duration: number | undefined;
}

export interface ComparedRow {
  /** `$run` for the run as a whole, else unique among the steps. */
  readonly id: string;
  /** 0 for the run as a whole. */
  readonly level: number;
  readonly title: string;
  /** `round 2`, `item 3`; undefined for a step that ran once. */
  readonly detail: string | undefined;
  readonly kind: FlowEntryType;
  /** Undefined on the side where it did not run. */
  readonly left: ComparedRowSide | undefined;
  readonly right: ComparedRowSide | undefined;
  readonly differences: readonly StepDifference[];
  /** Several nodes have this id: which time of one run is which of the other cannot be told for sure. */
  readonly uncertain: boolean;
}

export interface Comparison {
  /** Of the workflow. */
  readonly title: string;
  readonly left: ComparedRun;
  readonly right: ComparedRun;
  readonly rows: readonly ComparedRow[];
  readonly parting: {
    /** Undefined when every step is the same in both. */
    readonly row: string | undefined;
    /** Where and how the two part, or that they do not. Names stand between backticks. */
    readonly text: string;
  };
  /** What to keep in mind, in sentences: the source changed between the runs, a recording is damaged. */
  readonly remarks: readonly string[];
}

export type CompareState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  /** They cannot be compared: why, and what can be done. */
  | { readonly kind: 'refused'; readonly message: string };

/** What a step took and gave; a field is undefined where there is no such value. */
export interface RowValues {
  readonly input?: Json | undefined;
  readonly output?: Json | undefined;
  readonly suspended?: Json | undefined;
  readonly error?: string | undefined;
}

export type HostToCompare =
  | { readonly type: 'state'; readonly protocol: number; readonly state: CompareState; readonly runs: ComparedRuns }
  | { readonly type: 'values'; readonly row: string; readonly left: RowValues; readonly right: RowValues };

/** Ids in the history. */
export interface ComparedRuns {
  readonly left: string;
  readonly right: string;
}

export type CompareToHost =
  | { readonly type: 'ready'; readonly protocol: number }
  /** Asks for what a row took and gave in both runs. */
  | { readonly type: 'values'; readonly row: string }
  | { readonly type: 'source'; readonly row: string }
  /** Shows one of the runs on the graph, with the step of the row selected. */
  | { readonly type: 'graph'; readonly side: RunSide; readonly row: string | undefined }
  | { readonly type: 'swap' }
  /** Another run in place of this one. */
  | { readonly type: 'choose'; readonly side: RunSide }
  | { readonly type: 'copy'; readonly text: string };

/** What the page keeps, and what comes back after a window reload. */
export interface CompareSavedState extends ComparedRuns {
  readonly selected: string | undefined;
  readonly onlyDifferences: boolean;
}
