/** What graph panels need of the rest of the extension, and what they give. */
import type * as vscode from 'vscode';
import type { EntryAddress } from '../../../common/model/address.ts';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { ExportToPanel, PanelToExport } from '../../../common/protocol/export.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { Requests, ServerStatus } from '../../../common/protocol/messages.ts';
import type { PanelTarget } from '../../../common/protocol/panel.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { ShownRecording } from '../history/shown.ts';
import type { AnswersInPlace } from './answers.ts';

/** What panels need of the run service (client/src/run/service.ts has it all). */
export interface GraphRuns {
  /** Events of the last run of a workflow; undefined when there was none, or it was cleared. */
  events(key: WorkflowKey): readonly RunEvent[] | undefined;
  clear(key: WorkflowKey): void;
  /** Id in the history of the recorded run that is shown in place of the live one; undefined when none is. */
  recorded?(key: WorkflowKey): string | undefined;
  /** The workflow as it was when the recorded run took place; undefined when that is not known. */
  drawing?(key: WorkflowKey): GraphModel | undefined;
  readonly onDidChange: vscode.Event<WorkflowKey>;
}

/** What panels need of the language server (client/src/server.ts has it all). */
export interface GraphServer {
  request<M extends 'mastra/graph' | 'mastra/nodeAt'>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result']>;
  readonly onModelChanged: vscode.Event<readonly string[]>;
  readonly onStatus: vscode.Event<ServerStatus>;
  readonly statuses: ReadonlyMap<string, ServerStatus>;
}

export interface SessionDependencies {
  readonly vscode: typeof vscode;
  /** Where the bundle's files are. */
  readonly dist: vscode.Uri;
  readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  readonly server: GraphServer;
  readonly runs: GraphRuns;
  /** Where a panel offers to ask for answers to suspended steps. */
  readonly answers: Pick<AnswersInPlace, 'offer'>;
  readonly log: Pick<vscode.LogOutputChannel, 'debug' | 'warn'>;
  /** The recording of a run, by Mastra's id of it; undefined when there is none. */
  readonly findRecording: (runId: string) => Promise<ShownRecording | undefined>;
  /** Saves or copies what a panel exports. */
  readonly takeExport: (target: PanelTarget, message: PanelToExport) => Promise<void>;
}

export interface GraphSession {
  readonly target: PanelTarget;
  readonly panel: vscode.WebviewPanel;
  readonly graph: GraphModel | undefined;
  /** True while the panel keeps a run of its own. */
  readonly pinned: boolean;
  /** Has the panel export its drawing, as soon as it has one. */
  export(request: ExportToPanel): void;
  highlight(node: EntryAddress | undefined): void;
  /** Selects a step of a run, as soon as it is drawn. */
  readonly select: (step: readonly string[]) => void;
}
