/** Puts the history together: where it is kept, its settings, the Runs view with its commands. */
import path from 'node:path';
import type * as vscode from 'vscode';
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import { statusOf } from '../graph/status.ts';
import type { WorkflowServer } from '../server.ts';
import { createHistory } from './history.ts';
import type { History } from './history.ts';
import type { RecordedRuns } from './recorded.ts';
import { readHistorySettings } from './settings.ts';
import { reattach } from './reattach.ts';
import type { ReattachDependencies } from './reattach.ts';
import { followRun } from './view/actions.ts';
import type { ActionDependencies } from './view/actions.ts';
import { registerRunsCommands } from './view/commands.ts';
import type { RunsCommandDependencies } from './view/commands.ts';
import { createRunsView } from './view/view.ts';
import type { RunsView } from './view/view.ts';

export interface OpenHistoryDependencies {
  readonly vscode: typeof vscode;
  readonly context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'storageUri'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly server: Pick<WorkflowServer, 'request' | 'statuses'>;
}

/** The history of the workspace; of windows without one together. */
export function openHistory({ vscode: code, context, log, server }: OpenHistoryDependencies): History {
  const { fsPath } = context.storageUri ?? context.globalStorageUri;
  return createHistory({
    folder: path.join(fsPath, 'runs'),
    settings: () => readHistorySettings(code.workspace),
    source: async (uri, key) => {
      const status = statusOf(server.statuses, code.Uri.parse(uri));
      const answer = await server.request('mastra/graph', { uri, key });
      return {
        graph: answer.kind === 'graph' ? answer.graph : undefined,
        mastraVersion: status?.state === 'ready' ? status.mastraVersion : undefined,
      };
    },
    warn: (message) => void code.window.showWarningMessage(message),
    log: (message) => log.warn(message),
  });
}

export interface RegisterRunsDependencies {
  readonly vscode: typeof vscode;
  readonly context: Pick<vscode.ExtensionContext, 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly history: History;
  readonly workflows: () => Promise<readonly WorkflowSummary[]>;
  readonly runs: ActionDependencies['runs'];
  readonly recorded: Pick<RecordedRuns, 'showRecorded'>;
  readonly graph: Pick<ActionDependencies['graph'], 'show'>;
}

export interface RegisteredRuns extends RunsView {
  /** Watches again what goes on at servers since an earlier window. Resolves when that is over. */
  reattach(isUp: ReattachDependencies['isUp']): Promise<void>;
}

/** The view and its commands. */
export function registerRuns(dependencies: RegisterRunsDependencies): RegisteredRuns {
  const { vscode: code, context, history, recorded, graph } = dependencies;
  const log = (message: string): void => dependencies.log.warn(message);
  const memory = context.workspaceState;
  const view = createRunsView({ vscode: code, history, memory, log });
  const actions: RunsCommandDependencies = {
    vscode: code,
    history,
    view,
    memory,
    log,
    workflows: dependencies.workflows,
    runs: dependencies.runs,
    graph: {
      show: (target) => graph.show(target),
      showRecorded: (key, id, events, drawing) => recorded.showRecorded(key, id, events, drawing),
    },
  };
  const commands = registerRunsCommands(actions);
  return {
    ...view,
    reattach: (isUp) =>
      reattach({ recorded: () => history.store.list(), isUp, follow: (run) => followRun(actions, run, true) }),
    // Getters do not survive a copy.
    get filter() {
      return view.filter;
    },
    get grouping() {
      return view.grouping;
    },
    dispose() {
      commands.dispose();
      view.dispose();
    },
  };
}
