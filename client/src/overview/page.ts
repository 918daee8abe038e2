/** The open overview: asks for the workflows, puts to them how they last ran, and passes what is clicked to the editor. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import { commandIds } from '../../../common/protocol/ids.ts';
import type { Requests, ServerStatus } from '../../../common/protocol/messages.ts';
import { overviewProtocolVersion } from '../../../common/protocol/overview.ts';
import type {
  HostToOverview,
  OverviewAction,
  OverviewRow,
  OverviewState,
  OverviewToHost,
  OverviewWorkflow,
} from '../../../common/protocol/overview.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import { explainNoWorkflows } from '../commands/explain.ts';
import { createPageHost } from '../graph/page-host.ts';
import { showPlace } from '../graph/places.ts';
import type { RecordedRun } from '../history/summary.ts';
import type { SearchResult } from '../search.ts';
import { lastRecorded, lastRunOf, laterRun } from './last-runs.ts';
import { parseOverviewMessage } from './messages.ts';

/** What the overview needs of the language server (client/src/server.ts has it all). */
export interface OverviewServer {
  request(
    method: 'mastra/overview',
    params: Requests['mastra/overview']['params'],
  ): Promise<readonly OverviewWorkflow[]>;
  readonly onModelChanged: vscode.Event<readonly string[]>;
  readonly onStatus: vscode.Event<ServerStatus>;
  readonly state: { readonly kind: string };
}

/** What the overview needs of runs: those of this window, and those of the history. */
export interface OverviewRuns {
  events(key: WorkflowKey): readonly RunEvent[] | undefined;
  readonly onDidChange: vscode.Event<WorkflowKey>;
  /** Newest first. */
  recorded(): Promise<readonly RecordedRun[]>;
  onDidChangeRecorded(listener: () => void): { dispose(): void };
}

export interface OverviewDependencies {
  readonly vscode: typeof vscode;
  readonly extension: vscode.Uri;
  readonly server: OverviewServer;
  readonly runs: OverviewRuns;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  /** Looks for Mastra in the workspace and starts the server when it is there. */
  readonly look: () => Promise<SearchResult>;
}

/** Runs report each event; nobody reads faster than this. */
const quietMilliseconds = 150;

/** Shows the page in `panel` and keeps it up to date until that is closed. */
export function showOverview(dependencies: OverviewDependencies, panel: vscode.WebviewPanel): void {
  const { vscode: code, server, runs, log } = dependencies;
  const page = createPageHost<HostToOverview>(dependencies, panel);
  let state: OverviewState = { kind: 'reading' };
  let workflows: readonly OverviewWorkflow[] = [];
  let recorded: ReturnType<typeof lastRecorded> = new Map();
  const wanted = { workflows: false, recorded: false };
  let busy = false;

  const push = () => page.post({ type: 'state', protocol: overviewProtocolVersion, state });

  const draw = () => {
    if (workflows.length > 0) state = { kind: 'workflows', workflows: workflows.map((workflow) => rowOf(workflow)) };
    push();
  };

  const rowOf = (workflow: OverviewWorkflow): OverviewRow => ({
    ...workflow,
    place: `${code.workspace.asRelativePath(code.Uri.parse(workflow.uri))}:${workflow.line + 1}`,
    lastRun: laterRun(recorded.get(workflow.key), lastRunOf(runs.events(workflow.key))),
  });

  /** One question at a time; what is wanted meanwhile is asked for after it. */
  const refresh = async (): Promise<void> => {
    if (busy || !panel.visible) return;
    busy = true;
    try {
      while ((wanted.workflows || wanted.recorded) && !page.isClosed()) {
        const read = { ...wanted };
        wanted.workflows = false;
        wanted.recorded = false;
        if (read.recorded) recorded = lastRecorded(await runs.recorded().catch(() => []));
        if (read.workflows) await readWorkflows();
        draw();
      }
    } finally {
      busy = false;
    }
  };

  const readWorkflows = async (): Promise<void> => {
    try {
      if (server.state.kind === 'stopped') {
        const searched = await dependencies.look();
        if (searched.kind !== 'found') {
          none(explainNoWorkflows(searched.kind));
          return;
        }
      }
      const read = await server.request('mastra/overview', { uri: undefined });
      if (read.length > 0) workflows = read;
      else none(explainNoWorkflows('found'));
    } catch (error) {
      // What was read last stays on screen.
      const message = error instanceof Error ? error.message : String(error);
      log.warn(`The workflows could not be read: ${message}`);
      if (workflows.length === 0) {
        none({ message, action: { title: 'Restart the language server', command: commandIds.restartServer } });
      }
    }
  };

  const none = ({ message, action }: { readonly message: string; readonly action: OverviewAction | undefined }) => {
    workflows = [];
    state = { kind: 'none', message, action };
  };

  const want = (what: Partial<typeof wanted>) => {
    Object.assign(wanted, what);
    page.soon(quietMilliseconds, () => void refresh());
  };

  const receive = async (message: OverviewToHost): Promise<void> => {
    switch (message.type) {
      case 'ready':
        // Runs may have gone on while the page was hidden.
        draw();
        return;
      case 'action':
        if (state.kind === 'none' && state.action !== undefined) {
          await code.commands.executeCommand(state.action.command);
        }
        return;
      case 'open': {
        const workflow = workflows.find(({ key }) => key === message.key);
        if (workflow === undefined) return;
        const { uri, key, line } = workflow;
        if (message.target === 'source') {
          const range = { start: { line, character: 0 }, end: { line, character: 0 } };
          const file = code.Uri.parse(uri).fsPath;
          await showPlace(code, { file, range }, { focus: true, panelColumn: panel.viewColumn });
          return;
        }
        await code.commands.executeCommand(message.target === 'graph' ? commandIds.showGraph : commandIds.runWorkflow, {
          uri,
          key,
        });
      }
    }
  };

  panel.title = 'Mastra: Workflows';
  page.start({
    name: 'overview',
    title: 'Workflows',
    about: 'the overview',
    parse: parseOverviewMessage,
    receive,
    subscriptions: [
      panel.onDidChangeViewState(() => void refresh()),
      server.onModelChanged(() => want({ workflows: true })),
      server.onStatus(() => want({ workflows: true })),
      runs.onDidChange(() => {
        page.soon(quietMilliseconds, () => {
          if (panel.visible) draw();
          void refresh();
        });
      }),
      runs.onDidChangeRecorded(() => want({ recorded: true })),
    ],
  });
  Object.assign(wanted, { workflows: true, recorded: true });
  void refresh();
}
