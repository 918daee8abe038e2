/** What the rest of the extension knows of runs. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import type { RunDescription, RunRequest } from './attempt.ts';
import type { RunForms } from './form/ask.ts';
import type { RunServers } from './servers.ts';
import type { RunOutput, RunSurface } from './surface.ts';

/** Which suspended run goes on, and where. */
export interface ResumeRequest extends Pick<RunRequest, 'uri' | 'workflow'> {
  readonly runId: string;
  /** Id of the server that has the run; the current one when absent. Not asked for a run of this window. */
  readonly server?: string;
  /** What is known of a run of an earlier session, e.g. from its log: it is shown as its beginning. */
  readonly events?: readonly RunEvent[];
  /** Asked for when there are several. */
  readonly step?: readonly string[];
  readonly index?: number | undefined;
  /** What the step gets; asked for when absent. */
  readonly data?: unknown;
}

/** A run that began in another window and may still go on at its server. */
export interface FollowRequest extends Pick<RunRequest, 'uri' | 'workflow'> {
  readonly runId: string;
  readonly server: string;
  readonly serverName: string;
  /** What is known of it, e.g. from its log. */
  readonly events: readonly RunEvent[];
  /** True when nobody asked for it: then only what comes of it is told. */
  readonly quiet: boolean;
}

/** A run of this window that waits for an answer. */
export interface SuspendedRun {
  readonly runId: string;
  readonly run: RunDescription;
  readonly events: readonly RunEvent[];
  /** False when it ends with the editor. */
  readonly durable: boolean;
}

export interface RunService {
  /** Resolves when the run is over or suspended, or did not come about; says itself what happened. Never rejects. */
  run(request: RunRequest): Promise<void>;
  /** Goes on with a suspended run, of this window or an earlier one. Resolves like `run`. Never rejects. */
  resume(request: ResumeRequest): Promise<void>;
  /** Watches a run at a server on, to its end. Resolves like `run`. Never rejects. */
  follow(request: FollowRequest): Promise<void>;
  /** Ends the run (or its build) gently, then by force; also a suspended one that is shown. Resolves when it is over. */
  cancel(key: WorkflowKey): Promise<void>;
  /** Ends a suspended run of this window for good. */
  abandon(runId: string): Promise<void>;
  /** Newest first. */
  suspended(): readonly SuspendedRun[];
  /** Events of the last run; undefined when there was none. The array grows in place. */
  events(key: WorkflowKey): readonly RunEvent[] | undefined;
  /** The last run itself. */
  description(key: WorkflowKey): RunDescription | undefined;
  /** Forgets the last run, unless it still goes on. */
  clear(key: WorkflowKey): void;
  /** Fired in batches while events come in. */
  readonly onDidChange: vscode.Event<WorkflowKey>;
  /** Fired for each event at once, before `onDidChange`: for whoever keeps runs. */
  readonly onRunEvent: vscode.Event<{ readonly run: RunDescription; readonly event: RunEventBody }>;
  /** Ends every run. Resolves when their processes are gone and what was built for them is deleted. May be called again. */
  dispose(): Promise<void>;
}

export interface RunServiceDependencies {
  readonly vscode: RunSurface;
  readonly context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly output: RunOutput;
  /** Where runs take place. */
  readonly servers: RunServers;
  /** Asks for inputs and answers; without it, or where the setting says so, an input box does. */
  readonly forms?: RunForms;
}
