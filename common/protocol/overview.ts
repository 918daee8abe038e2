/** All workflows of the workspace and how they nest: what the language server tells, and the messages of the page that shows it. */
import type { WorkflowKey } from '../model/workflow.ts';
import type { RunStatus } from '../runlog/events.ts';
import type { WorkflowSummary } from './messages.ts';
import type { Severity } from './rules.ts';

export interface OverviewWorkflow extends WorkflowSummary {
  /** The package that the workflow's file is in: what tells it from others in a monorepo. */
  readonly package: OverviewPackage;
  /** `unknown`: there is no `new Mastra` among the files read, or it may register more than what is written in it. */
  readonly registered: 'yes' | 'no' | 'unknown';
  readonly findings: Readonly<Record<Severity, number>>;
  /** The workflows that its chain uses as steps, itself included where it nests itself; each once. */
  readonly uses: readonly WorkflowKey[];
}

export interface OverviewPackage {
  /** URI of the folder. */
  readonly folder: string;
  /** What its package.json calls it, else the name of the folder. */
  readonly name: string;
}

/** Raised when either side changes the meaning of a message. */
export const overviewProtocolVersion = 1;

/** How the last run of a workflow that is known went. */
export interface LastRun {
  readonly status: RunStatus | 'interrupted';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

export interface OverviewRow extends OverviewWorkflow {
  /** The path of its file as a person reads it, relative to the workspace, with the line: `src/orders.ts:12`. */
  readonly place: string;
  readonly lastRun: LastRun | undefined;
}

export type OverviewState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'workflows'; readonly workflows: readonly OverviewRow[] }
  /** There are none, or they cannot be read: why, and what to do next. */
  | { readonly kind: 'none'; readonly message: string; readonly action: OverviewAction | undefined };

/** A command that helps, as a button. */
export interface OverviewAction {
  readonly title: string;
  readonly command: string;
}

export interface HostToOverview {
  readonly type: 'state';
  readonly protocol: number;
  readonly state: OverviewState;
}

export type OverviewToHost =
  | { readonly type: 'ready'; readonly protocol: number }
  | { readonly type: 'open'; readonly key: WorkflowKey; readonly target: 'graph' | 'source' | 'run' }
  /** The button of the state `none`. */
  | { readonly type: 'action' };
