/** Messages between the extension host and the graph panel. The host pushes whole states; the panel only asks. */
import type { EntryAddress } from '../model/address.ts';
import type { WorkflowKey } from '../model/workflow.ts';
import type { RunError, RunStatus, StepRunStatus } from '../runlog/events.ts';
import type { GraphModel } from './graph.ts';

/** Raised when either side changes the meaning of a message; the panel asks for a reload when the numbers differ. */
export const panelProtocolVersion = 2;

/** Why the drawing may not be what the source says now. The last good drawing stays on screen. */
export interface PanelNotice {
  readonly kind: 'stale' | 'starting' | 'structure-only' | 'failed';
  readonly message: string;
}

/** A run laid over the drawing: the state after the last event folded. */
export interface RunOverlay {
  readonly runId: string;
  readonly workflowId: string;
  readonly status: RunStatus;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly input: string;
  readonly output: string | undefined;
  readonly error: RunError | undefined;
  /** Only nodes that were reached. `skipped` marks branches whose condition was false, known once the branch is over. */
  readonly nodes: Readonly<Record<EntryAddress, NodeRun>>;
  /** Steps of the run that match no node of the drawing (the source changed since, or Mastra made them). */
  readonly unmatched: readonly string[];
}

export interface NodeRun {
  readonly status: StepRunStatus | 'skipped';
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** How often it ran (loops, foreach, repeated use); 1 for a plain step. */
  readonly runs: number;
  readonly progress: { readonly completed: number; readonly total: number } | undefined;
  /** JSON text of the last run, indented, cut at 20,000 characters. */
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly suspendPayload: string | undefined;
  readonly error: RunError | undefined;
  /** True when the run names several nodes alike and which of them this was cannot be told; all of them are marked. */
  readonly uncertain?: boolean;
}

export type HostToPanel =
  | { readonly type: 'state'; readonly protocol: number; readonly state: PanelHostState }
  /** The cursor entered an entry's source. */
  | { readonly type: 'highlight'; readonly node: EntryAddress | undefined };

/** The workflow a panel belongs to. Goes through the panel's saved state, so that a window reload finds it again. */
export interface PanelTarget {
  readonly uri: string;
  readonly key: WorkflowKey;
  /** Shown until the first drawing is there. */
  readonly title: string;
}

export interface PanelHostState {
  readonly target: PanelTarget;
  /** Undefined until the first drawing is there; see `notice` for why. */
  readonly graph: GraphModel | undefined;
  readonly notice: PanelNotice | undefined;
  readonly run: RunOverlay | undefined;
  readonly canRun: boolean;
}

export type PanelToHost =
  | { readonly type: 'ready'; readonly protocol: number }
  | {
      readonly type: 'reveal';
      readonly node: EntryAddress;
      readonly target: 'use' | 'definition';
      /** True to go there, false to show it while the keyboard stays in the panel. */
      readonly focus: boolean;
    }
  | { readonly type: 'run' }
  | { readonly type: 'cancel' }
  /** Answers what a suspended step waits for; without a node the host asks which. */
  | { readonly type: 'resume'; readonly node: EntryAddress | undefined }
  | { readonly type: 'clear-run' }
  | { readonly type: 'copy'; readonly text: string };

/** What the panel keeps with setState, and what the serializer hands back after a window reload. */
export interface PanelSavedState {
  readonly target: PanelTarget;
  readonly zoom: number;
  readonly scrollX: number;
  readonly scrollY: number;
  readonly selected: EntryAddress | undefined;
  /** The nested workflows that are folded; undefined until there was a drawing. */
  readonly folded: readonly EntryAddress[] | undefined;
}
