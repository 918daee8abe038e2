/** All graph panels: of different workflows, or several of one; restored after a window reload, following the cursor. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { ExportToPanel } from '../../../common/protocol/export.ts';
import { graphViewType } from '../../../common/protocol/ids.ts';
import type { PanelTarget } from '../../../common/protocol/panel.ts';
import type { AnswersInPlace } from './answers.ts';
import type { GraphRuns, GraphServer, GraphSession, SessionDependencies } from './contract.ts';
import { parseSavedState } from './messages.ts';
import { nodeAtPosition } from './places.ts';
import { pageFiles } from './serve.ts';
import { startSession } from './session.ts';

export interface GraphPanelDependencies {
  readonly vscode: typeof vscode;
  readonly context: vscode.ExtensionContext;
  readonly server: GraphServer;
  readonly runs: GraphRuns;
  readonly answers: Pick<AnswersInPlace, 'offer'>;
  readonly log: vscode.LogOutputChannel;
  readonly findRecording: SessionDependencies['findRecording'];
  readonly takeExport: SessionDependencies['takeExport'];
}

/** A workflow, as commands name it. */
export interface GraphTarget {
  readonly uri: string;
  readonly key: WorkflowKey;
}

export interface GraphPanels {
  /** Closes every panel. */
  dispose(): void;
  /**
   * Shows the graph of a workflow beside the source; the keyboard stays where it is. Of several panels it is the one that was in front
   * last, but none that keeps a run of its own. `step`, as the events of a run name it, is selected.
   */
  show(target: GraphTarget, step?: readonly string[]): Promise<void>;
  /** Opens one more panel, whether or not the workflow has one. */
  openAnother(target: GraphTarget): void;
  /** Has the panel of a workflow export its drawing; opens one where there is none. */
  export(target: GraphTarget, request: ExportToPanel): void;
  /** The workflow of the panel that has the focus. */
  active(): PanelTarget | undefined;
}

const cursorDelayMilliseconds = 120;

export function registerGraphPanels(dependencies: GraphPanelDependencies): GraphPanels {
  const { vscode, context, server, runs, answers, log, findRecording, takeExport } = dependencies;
  /** The one that was in front last comes first. */
  let sessions: readonly GraphSession[] = [];

  const parts = {
    vscode,
    ...pageFiles(vscode, context.extensionUri),
    server,
    runs,
    answers,
    log,
    findRecording,
    takeExport,
  };
  const start = (panel: vscode.WebviewPanel, target: PanelTarget, pinned?: string): GraphSession => {
    const session = startSession(parts, panel, target, pinned);
    const others = () => sessions.filter((other) => other !== session);
    sessions = [session, ...sessions];
    panel.onDidChangeViewState(() => {
      if (panel.active) sessions = [session, ...others()];
    });
    panel.onDidDispose(() => {
      sessions = others();
    });
    return session;
  };

  const open = ({ uri, key }: GraphTarget, column?: vscode.ViewColumn): GraphSession => {
    const beside = column === undefined && vscode.window.activeTextEditor !== undefined;
    const panel = vscode.window.createWebviewPanel(graphViewType, 'Mastra', {
      viewColumn: column ?? (beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active),
      preserveFocus: beside,
    });
    const session = start(panel, { uri, key, title: titleFromKey(key) });
    highlighter.update();
    return session;
  };

  const highlighter = followCursor(dependencies, () => sessions);

  const serializer = vscode.window.registerWebviewPanelSerializer(graphViewType, {
    deserializeWebviewPanel(panel, state: unknown) {
      const saved = parseSavedState(state);
      if (saved === undefined) panel.dispose();
      else start(panel, saved.target, saved.pinned);
      return Promise.resolve();
    },
  });

  return {
    show(target, step) {
      const existing = sessions.find((session) => session.target.key === target.key && !session.pinned);
      existing?.panel.reveal(existing.panel.viewColumn, true);
      const session = existing ?? open(target);
      if (step !== undefined) session.select(step);
      return Promise.resolve();
    },
    openAnother(target) {
      const existing = sessions.find((session) => session.target.key === target.key);
      open(target, existing?.panel.viewColumn);
    },
    export(target, request) {
      const existing = sessions.find((session) => session.target.key === target.key);
      existing?.panel.reveal(existing.panel.viewColumn);
      (existing ?? open(target)).export(request);
    },
    active() {
      const session = sessions.find(({ panel }) => panel.active);
      return session && { ...session.target, title: session.graph?.workflow.title ?? session.target.title };
    },
    dispose() {
      serializer.dispose();
      highlighter.dispose();
      for (const { panel } of sessions) panel.dispose();
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
