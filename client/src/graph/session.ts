/** One open graph panel: asks for the drawing, keeps the last good one, and passes messages between panel and editor. */
import type * as vscode from 'vscode';
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { ExportToPanel } from '../../../common/protocol/export.ts';
import { commandIds, compareCommandId, overviewCommandId } from '../../../common/protocol/ids.ts';
import type { GraphResult } from '../../../common/protocol/messages.ts';
import { panelProtocolVersion } from '../../../common/protocol/panel.ts';
import type { HostToPanel, PanelTarget, PanelToHost } from '../../../common/protocol/panel.ts';
import { coalesced } from './coalesced.ts';
import { servePage } from './serve.ts';
import { createPanelAnswers } from './answers.ts';
import type { GraphSession, SessionDependencies } from './contract.ts';
import { parseMessage } from './messages.ts';
import { noticeOf } from './notices.ts';
import { placeOf, showJson, showPlace } from './places.ts';
import { statusOf } from './status.ts';
import { createWantedStep } from './wantedStep.ts';
import { resumeShown } from './resume.ts';
import { createRunFeed } from './run-feed.ts';
import { createShownRun } from './shown-run.ts';

/** Events of a run come in bursts; the eye does not follow faster than this. */
const runUpdateMilliseconds = 80;

/** `pinned`: Mastra's id of the run that the panel kept before the window was loaded anew. */
export function startSession(
  dependencies: SessionDependencies,
  panel: vscode.WebviewPanel,
  target: PanelTarget,
  pinned?: string,
): GraphSession {
  const { vscode, dist, icon, server, runs, log } = dependencies;
  const uri = vscode.Uri.parse(target.uri);
  const fileName = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  let graph: GraphModel | undefined;
  let result: GraphResult | undefined;
  let failure: string | undefined;
  let highlighted: EntryAddress | undefined;
  /** False while the page is loading or hidden: VS Code throws a hidden page away. */
  let listening = false;
  let runTimer: ReturnType<typeof setTimeout> | undefined;
  /** The model changed while nobody looked. */
  let outOfDate = false;
  const closed = new AbortController();

  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.iconPath = icon;
  panel.title = `Mastra: ${target.title}`;

  const post = (message: HostToPanel) => {
    if (listening && !closed.signal.aborted) void panel.webview.postMessage(message);
  };

  const feed = createRunFeed(post);
  const answers = createPanelAnswers(post);
  const wanted = createWantedStep(post, () => (listening ? graph : undefined));
  const shown = createShownRun({ runs, key: target.key, graph: () => graph, awaited: pinned });
  let isRunLost = false;
  let wantedExport: ExportToPanel | undefined;

  const pushRun = () => {
    if (listening) feed.update(shown.run());
  };

  const push = () => {
    const status = statusOf(server.statuses, uri);
    const title = graph?.workflow.title ?? target.title;
    panel.title = `Mastra: ${title}`;
    post({
      type: 'state',
      protocol: panelProtocolVersion,
      state: {
        target: { ...target, title },
        graph,
        notice: noticeOf({ result, failure, status, drawn: graph !== undefined, fileName, isRunLost }),
        canRun: graph !== undefined,
        pinned: shown.pinned(),
      },
    });
    pushRun();
    wanted.offer();
  };

  const take = (answer: GraphResult) => {
    result = answer;
    failure = undefined;
    // The last good drawing stays while there is no better one.
    if (answer.kind === 'graph') graph = answer.graph;
  };

  const refresh = coalesced(async () => {
    try {
      take(await server.request('mastra/graph', { uri: target.uri, key: target.key }));
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      log.warn(`The graph of ${target.title} could not be read: ${failure}`);
    }
    push();
  });

  const restorePin = async (runId: string): Promise<void> => {
    const recording = await dependencies.findRecording(runId).catch((error: unknown) => {
      log.warn(`The pinned run of ${target.title} could not be read: ${String(error)}`);
      return undefined;
    });
    if (!shown.restore(recording)) return;
    isRunLost = recording === undefined;
    push();
  };

  const receive = async (message: PanelToHost): Promise<void> => {
    const about = { uri: target.uri, key: target.key };
    switch (message.type) {
      case 'ready':
        listening = true;
        feed.restart();
        answers.restart();
        push();
        post({ type: 'highlight', node: highlighted });
        if (wantedExport !== undefined) post(wantedExport);
        wantedExport = undefined;
        return;
      case 'reveal': {
        const place = graph === undefined ? undefined : placeOf(graph, message.node, message.target);
        if (place !== undefined) {
          await showPlace(vscode, place, { focus: message.focus, panelColumn: panel.viewColumn });
        }
        return;
      }
      case 'run':
        await vscode.commands.executeCommand(commandIds.runWorkflow, about);
        return;
      case 'cancel':
        if (shown.recorded() !== undefined) {
          await vscode.window.showInformationMessage(
            'This is the recording of a run. Close it to see the run of this window, if there is one.',
          );
          return;
        }
        await vscode.commands.executeCommand(commandIds.cancelRun, about);
        return;
      case 'resume': {
        const step = graph?.nodes.find((node) => node.id === message.node)?.step;
        // The step that was selected is answered where it is.
        const offer = message.node === undefined ? undefined : dependencies.answers.offer(target.key, answers);
        await resumeShown(vscode, { key: target.key, recorded: shown.recorded(), step }).finally(() =>
          offer?.dispose(),
        );
        return;
      }
      case 'clear-run':
        if (shown.pinned() === undefined) runs.clear(target.key);
        shown.pin(false);
        isRunLost = false;
        push();
        return;
      case 'pin':
        shown.pin(message.pinned);
        isRunLost = false;
        push();
        return;
      case 'compare-run':
        await vscode.commands.executeCommand(compareCommandId, { runId: message.runId });
        return;
      case 'show-all-workflows':
        await vscode.commands.executeCommand(overviewCommandId);
        return;
      case 'export':
      case 'exported':
      case 'not-exported':
        await dependencies.takeExport({ ...target, title: graph?.workflow.title ?? target.title }, message);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'payload':
        feed.answer(message);
        return;
      case 'answer':
      case 'no-answer':
        await answers.receive(message);
        return;
      case 'open-payload':
        await showJson(vscode, feed.value(message));
    }
  };

  const subscriptions = [
    panel.webview.onDidReceiveMessage((data: unknown) => {
      const message = parseMessage(data);
      if (message === undefined)
        log.warn(`A graph panel sent something that is not a message: ${JSON.stringify(data)}`);
      else {
        receive(message).catch((error: unknown) => log.warn(`${message.type} from the graph failed: ${String(error)}`));
      }
    }),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) listening = false;
      else if (outOfDate) {
        outOfDate = false;
        refresh();
      }
    }),
    server.onModelChanged(() => {
      if (panel.visible) refresh();
      else outOfDate = true;
    }),
    server.onStatus(() => {
      // A server that is back has not been asked yet.
      if (failure === undefined) push();
      else refresh();
    }),
    runs.onDidChange((key) => {
      if (key !== target.key) return;
      runTimer ??= setTimeout(() => {
        runTimer = undefined;
        if (isRunLost) {
          isRunLost = false;
          push();
        } else pushRun();
      }, runUpdateMilliseconds);
    }),
  ];
  panel.onDidDispose(() => {
    closed.abort();
    answers.dismiss();
    clearTimeout(runTimer);
    for (const subscription of subscriptions) subscription.dispose();
  });

  servePage(vscode, panel, dist, { name: 'webview', drawsPictures: true });
  refresh();
  if (pinned !== undefined) void restorePin(pinned);

  return {
    target,
    panel,
    get graph() {
      return graph;
    },
    get pinned() {
      return shown.pinned() !== undefined;
    },
    export(request) {
      if (listening) post(request);
      else wantedExport = request;
    },
    select: wanted.want,
    highlight(node) {
      if (node === highlighted) return;
      highlighted = node;
      post({ type: 'highlight', node });
    },
  };
}
