/** Messages between the extension host and the graph panel. The host pushes whole states; the panel only asks. */
import type { EntryAddress } from '../model/address.ts';
import type { WorkflowKey } from '../model/workflow.ts';
import type { AnswerToPanel, PanelToAnswer } from './answer.ts';
import type { ExportToPanel, PanelToExport } from './export.ts';
import type { GraphModel } from './graph.ts';
import type { PanelToReplay, ReplayToPanel } from './replay.ts';

/** Raised when either side changes the meaning of a message; the panel asks for a reload when the numbers differ. */
export const panelProtocolVersion = 4;

/**
 * Why the drawing may not be what the source says now; the last good drawing stays on screen. `unpinned`: why it does not show the run
 * that was kept here.
 */
export interface PanelNotice {
  readonly kind: 'stale' | 'starting' | 'structure-only' | 'failed' | 'unpinned';
  readonly message: string;
}

export type HostToPanel =
  | { readonly type: 'state'; readonly protocol: number; readonly state: PanelHostState }
  /** The cursor entered an entry's source. */
  | { readonly type: 'highlight'; readonly node: EntryAddress | undefined }
  /** Selects a node, brings it into view and opens its details. */
  | { readonly type: 'select'; readonly node: EntryAddress }
  | ReplayToPanel
  | AnswerToPanel
  | ExportToPanel;

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
  readonly canRun: boolean;
  /** Mastra's id of the run that stays here when others come, empty while it has none yet; undefined when none does. */
  readonly pinned: string | undefined;
}

/** Where a node leads: its place in the chain, its declaration, or that of the schema of what arrives at it or leaves it. */
export type RevealTarget = 'use' | 'definition' | 'arrives' | 'leaves';

export type PanelToHost =
  | { readonly type: 'ready'; readonly protocol: number }
  | {
      readonly type: 'reveal';
      readonly node: EntryAddress;
      readonly target: RevealTarget;
      /** True to go there, false to show it while the keyboard stays in the panel. */
      readonly focus: boolean;
    }
  | { readonly type: 'run' }
  | { readonly type: 'cancel' }
  /** Answers what a suspended step waits for; without a node the host asks which. */
  | { readonly type: 'resume'; readonly node: EntryAddress | undefined }
  | { readonly type: 'clear-run' }
  | { readonly type: 'copy'; readonly text: string }
  /** Keeps showing the run that is shown, whatever runs next; or no more. */
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'show-all-workflows' }
  /** Compares the run with this id, Mastra's own, with another one. */
  | { readonly type: 'compare-run'; readonly runId: string }
  | PanelToReplay
  | PanelToAnswer
  | PanelToExport;

/** What the panel keeps with setState, and what the serializer hands back after a window reload. */
export interface PanelSavedState {
  readonly target: PanelTarget;
  readonly zoom: number;
  readonly scrollX: number;
  readonly scrollY: number;
  readonly selected: EntryAddress | undefined;
  /** The nested workflows that are folded; undefined until there was a drawing. */
  readonly folded: readonly EntryAddress[] | undefined;
  /** True while the list stands in place of the drawing. */
  readonly list?: boolean | undefined;
  /** Mastra's id of the run that is kept here when others come. */
  readonly pinned?: string | undefined;
  /** Pixels that the list of steps may take, where that was chosen. */
  readonly stepsHeight?: number | undefined;
}
