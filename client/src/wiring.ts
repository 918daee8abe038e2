/** Puts the parts of the extension together. `vscode` and everything with a process behind it is passed in. */
import type * as vscode from 'vscode';
import type * as languageClient from 'vscode-languageclient/node';
import { logChannelName, runOutputChannelName, type WorkflowSummary } from '../../common/protocol/index.ts';
import { startWhenUsed, type Activation } from './activation.ts';
import { chooseWorkflow, showUnavailable } from './commands/choose.ts';
import { registerCommands } from './commands/index.ts';
import { labelOf } from './commands/pick.ts';
import { watchRunning } from './commands/running.ts';
import { registerGraphCommands } from './graph/commands.ts';
import type * as exportPart from './graph/export/part.ts';
import { registerCompare } from './compare/later.ts';
import type * as comparePart from './compare/part.ts';
import { answersInPlace } from './graph/answers.ts';
import { registerGraphPanels } from './graph/panel.ts';
import { recordRuns } from './history/follow.ts';
import type { History } from './history/history.ts';
import { openHistory, registerRuns } from './history/index.ts';
import { withRecordedRuns } from './history/recorded.ts';
import { findRecording } from './history/shown.ts';
import type { RunsView } from './history/view/view.ts';
import { registerOverview } from './overview/later.ts';
import type * as overviewPart from './overview/part.ts';
import { createRelevance } from './relevance.ts';
import { createEmbeddedServer } from './run/embedded.ts';
import { createLaterForms } from './run/form/later.ts';
import type * as formsPart from './run/form/part.ts';
import { createRunService, type RunService } from './run/service.ts';
import { findTools } from './run/tools.ts';
import { registerRunDiagnostics } from './run/view/diagnostics.ts';
import { createStepPlaces } from './run/view/stepPlaces.ts';
import { registerRunView, type RunView } from './run/view/view.ts';
import { createWorkflowServer, type WorkflowServer } from './server.ts';
import { registerServers } from './servers/index.ts';
import { isUp } from './servers/up.ts';
import type { Servers } from './servers/service.ts';
import { registerStoredRuns } from './storedRuns/command.ts';
import { createStatusItem, type StatusItem } from './status.ts';
import { watchWorkflowFiles } from './workflowFiles.ts';

export interface Surroundings {
  readonly vscode: typeof vscode;
  readonly context: vscode.ExtensionContext;
  readonly loadLanguageClient: () => Promise<typeof languageClient>;
  readonly loadForms: () => Promise<typeof formsPart>;
  readonly loadOverview: () => Promise<typeof overviewPart>;
  readonly loadCompare: () => Promise<typeof comparePart>;
  readonly loadExport: () => Promise<typeof exportPart>;
}

export interface Extension {
  readonly server: WorkflowServer;
  readonly status: StatusItem;
  readonly activation: Activation;
  readonly runs: RunService;
  readonly servers: Servers;
  readonly history: History;
  readonly runsView: RunsView;
  readonly runView: RunView;
  /** Ends the server; resolves when its process is gone. */
  stop(): Promise<void>;
}

/** Starts stage one: listeners, commands, status. Returns at once; the server comes when a file imports Mastra. */
export function createExtension(surroundings: Surroundings): Extension {
  const { vscode, context, loadLanguageClient, loadForms, loadOverview, loadCompare, loadExport } = surroundings;
  const log = vscode.window.createOutputChannel(logChannelName, { log: true });
  const relevance = createRelevance();
  const server = createWorkflowServer({
    vscode,
    log,
    relevance,
    loadLanguageClient,
    module: context.asAbsolutePath('dist/server.cjs'),
    onGivenUp: (reason) => void showUnavailable(vscode, reason),
  });
  const workflowFiles = watchWorkflowFiles({ vscode, server, relevance, log });
  const status = createStatusItem({ vscode, server, relevance, onFilesChanged: workflowFiles.onDidChange });
  const activation = startWhenUsed({ vscode, server, relevance, log });

  const output = vscode.window.createOutputChannel(runOutputChannelName);
  const tools = findTools(context.extensionPath);
  const environment = process.env;
  const embedded = createEmbeddedServer({ vscode, tools, environment });
  const places = registerServers({
    vscode,
    context,
    log,
    embedded,
    tools,
    environment,
    isRelevant: (document) => relevance.has(document),
    onFilesChanged: workflowFiles.onDidChange,
    runs: () => ({
      list: running.list,
      description: (key) => runs.description(key),
      recorded: () => history.store.list(),
    }),
  });
  const { servers } = places;
  const forms = createLaterForms({ vscode, context, log, load: loadForms });
  context.subscriptions.push(forms);
  const answers = answersInPlace(forms);
  const runs = createRunService({ vscode, context, log, output, servers, forms: answers });
  const running = watchRunning(runs);
  const history = openHistory({ vscode, context, log, server });
  const recording = recordRuns(runs, history);
  const recorded = withRecordedRuns(runs, vscode);
  const graph = registerGraphPanels({
    vscode,
    context,
    server,
    runs: recorded,
    answers,
    log,
    findRecording: (runId) => findRecording(history.store, runId),
    takeExport: async (target, message) => {
      const { takeExport } = await loadExport();
      await takeExport({ vscode, memory: context.workspaceState, server }, target, message);
    },
  });
  const choosing = { vscode, server, memory: context.workspaceState, look: activation.look };
  const graphCommands = registerGraphCommands({
    vscode,
    graph,
    loadExport,
    choose: async (argument, title) => {
      const chosen = await chooseWorkflow(choosing, argument, title);
      return chosen && { uri: chosen.workflow.uri, key: chosen.workflow.key, title: labelOf(chosen.workflow) };
    },
  });
  const overview = registerOverview({
    vscode,
    extension: context.extensionUri,
    server,
    runs: {
      events: (key) => runs.events(key),
      onDidChange: runs.onDidChange,
      recorded: () => history.store.list(),
      onDidChangeRecorded: (listener) => history.onDidChange(listener),
    },
    log,
    look: activation.look,
    load: loadOverview,
  });
  const stepPlaces = createStepPlaces(vscode, server);
  const runView = registerRunView({ vscode, runs: recorded, places: stepPlaces });
  context.subscriptions.push(runView, registerRunDiagnostics({ vscode, runs, places: stepPlaces, log }));
  const commands = registerCommands({
    vscode,
    server,
    log,
    memory: context.workspaceState,
    look: activation.look,
    graph,
    runs,
    running: running.list,
    recorded: () => history.store.list(),
  });
  const workflows = async (): Promise<readonly WorkflowSummary[]> => {
    const searched = server.state.kind === 'stopped' ? await activation.look() : undefined;
    if (searched !== undefined && searched.kind !== 'found') return [];
    return server.request('mastra/workflows', { uri: undefined });
  };
  const runsView = registerRuns({
    vscode,
    context,
    log,
    history,
    runs,
    recorded,
    graph,
    workflows,
  });
  if (vscode.workspace.isTrusted) {
    runsView.reattach(isUp(vscode, servers)).catch((error: unknown) => log.warn(String(error)));
  }
  const storedRuns = registerStoredRuns({ vscode, servers, history, workflows, view: runsView, log });

  const compare = registerCompare({
    vscode,
    extension: context.extensionUri,
    history,
    selection: () => runsView.selection(),
    workflows,
    places: stepPlaces,
    log,
    load: loadCompare,
  });

  context.subscriptions.push(recording, compare, recorded, runsView, storedRuns, places, overview, graphCommands);
  context.subscriptions.push(server, status, activation, runs, running, graph, commands, workflowFiles, output, log);
  return {
    server,
    status,
    activation,
    runs,
    servers,
    history,
    runsView,
    runView,
    stop: async () => {
      // The ends of the runs are recorded as well.
      await Promise.all([runs.dispose(), embedded.dispose(), server.stop(), servers.stop()]);
      await history.stop();
    },
  };
}
