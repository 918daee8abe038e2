/** All graph panels: one per workflow, restored after a window reload, following the cursor. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import { graphViewType } from '../../../common/protocol/ids.ts';
import type { PanelTarget } from '../../../common/protocol/panel.ts';
import { parseSavedState } from './messages.ts';
import { nodeAtPosition } from './places.ts';
import { startSession } from './session.ts';
import type { GraphRuns, GraphServer, GraphSession } from './session.ts';

export interface GraphPanelDependencies {
  readonly vscode: typeof vscode;
  readonly context: vscode.ExtensionContext;
  readonly server: GraphServer;
  readonly runs: GraphRuns;
  readonly log: vscode.LogOutputChannel;
}

export interface GraphPanels {
  /** Closes every panel. */
  dispose(): void;
  /** Shows the graph of a workflow beside the source; the keyboard stays where it is. */
  show(target: { readonly uri: string; readonly key: WorkflowKey }): Promise<void>;
}

const cursorDelayMilliseconds = 120;

export function registerGraphPanels(dependencies: GraphPanelDependencies): GraphPanels {
  const { vscode, context, server, runs, log } = dependencies;
  const sessions = new Map<WorkflowKey, GraphSession>();
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  const icon = {
    light: vscode.Uri.joinPath(media, 'graph-light.svg'),
    dark: vscode.Uri.joinPath(media, 'graph-dark.svg'),
  };

  const open = (panel: vscode.WebviewPanel, target: PanelTarget) => {
    const session = startSession({ vscode, dist, icon, server, runs, log }, panel, target);
    sessions.set(target.key, session);
    panel.onDidDispose(() => {
      if (sessions.get(target.key) === session) sessions.delete(target.key);
    });
  };

  const highlighter = followCursor(dependencies, () => [...sessions.values()]);

  const serializer = vscode.window.registerWebviewPanelSerializer(graphViewType, {
    deserializeWebviewPanel(panel, state: unknown) {
      const saved = parseSavedState(state);
      if (saved === undefined || sessions.has(saved.target.key)) panel.dispose();
      else open(panel, saved.target);
      return Promise.resolve();
    },
  });

  return {
    show({ uri, key }) {
      const existing = sessions.get(key);
      if (existing !== undefined) {
        existing.panel.reveal(existing.panel.viewColumn, true);
        return Promise.resolve();
      }
      const beside = vscode.window.activeTextEditor !== undefined;
      const panel = vscode.window.createWebviewPanel(graphViewType, 'Mastra', {
        viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
        preserveFocus: beside,
      });
      open(panel, { uri, key, title: titleFromKey(key) });
      highlighter.update();
      return Promise.resolve();
    },
    dispose() {
      serializer.dispose();
      highlighter.dispose();
      for (const { panel } of [...sessions.values()]) panel.dispose();
    },
  };
}

/** The declared name, which a key ends with: what is known before the first drawing. */
function titleFromKey(key: WorkflowKey): string {
  return key.slice(key.lastIndexOf('#') + 1);
}

/** Highlights the entry that the cursor is in, in every panel that shows it. */
function followCursor(
  { vscode, server, log }: GraphPanelDependencies,
  sessions: () => readonly GraphSession[],
): { readonly update: () => void; readonly dispose: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  const locate = async (editor: vscode.TextEditor): Promise<void> => {
    latest += 1;
    const current = latest;
    const { document, selection } = editor;
    const position = { line: selection.active.line, character: selection.active.character };
    const uri = document.uri.toString();
    const at = await server.request('mastra/nodeAt', { uri, position });
    // The cursor may have moved on.
    if (current !== latest) return;
    for (const session of sessions()) {
      const { target, graph } = session;
      const own = at?.key === target.key ? at.address : undefined;
      // Steps of nested workflows, and definitions in other files, are in the drawing under other addresses.
      const drawn =
        graph === undefined
          ? undefined
          : nodeAtPosition(graph, (file) => vscode.Uri.file(file).toString() === uri, position);
      session.highlight(own ?? drawn);
    }
  };

  const later = (editor: vscode.TextEditor | undefined) => {
    if (editor === undefined || sessions().length === 0 || !languages.has(editor.document.languageId)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      locate(editor).catch((error: unknown) => log.debug(`The entry at the cursor is not known: ${String(error)}`));
    }, cursorDelayMilliseconds);
  };

  const subscriptions = [
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => later(textEditor)),
    vscode.window.onDidChangeActiveTextEditor(later),
    // Typing moves entries: what the cursor is in may have become another one.
    server.onModelChanged(() => later(vscode.window.activeTextEditor)),
  ];
  return {
    update: () => later(vscode.window.activeTextEditor),
    dispose() {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

const languages: ReadonlySet<string> = new Set(['typescript', 'typescriptreact']);
