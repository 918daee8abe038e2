/** The language status item: what the language server knows about the folder of the editor in front. */
import type * as vscode from 'vscode';
import { commandIds, type ServerStatus } from '../../common/protocol/index.ts';
import { mayAddMastraImport, type Relevance } from './relevance.ts';
import type { ServerState, WorkflowServer } from './server.ts';

/** What the item shows, as data. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly busy: boolean;
  readonly command: { readonly title: string; readonly id: string };
}

const showLog = { title: 'Show log', id: commandIds.showLog };
const restart = { title: 'Restart', id: commandIds.restartServer };
const showGraph = { title: 'Show graph', id: commandIds.showGraph };

/** `status` is the folder's own; it is absent before the server has reported on the folder, and outside of any folder. */
export function statusView(state: ServerState, status: ServerStatus | undefined): StatusView {
  switch (state.kind) {
    case 'failed':
      return failed(state.reason);
    case 'stopped':
      return {
        text: 'Mastra: off',
        detail: 'The language server is not running',
        severity: 'information',
        busy: false,
        command: restart,
      };
    case 'starting':
      return starting;
    case 'running':
      return status ? folderView(status) : starting;
  }
}

const starting: StatusView = {
  text: 'Mastra',
  detail: 'Reading workflows…',
  severity: 'information',
  busy: true,
  command: showLog,
};

function folderView(status: ServerStatus): StatusView {
  switch (status.state) {
    case 'starting':
      return starting;
    case 'ready':
      return {
        text: `${versioned(status.mastraVersion)} · ${counted(status.workflows)}`,
        detail: 'Flow and schemas are checked',
        severity: 'information',
        busy: false,
        command: status.workflows > 0 ? showGraph : showLog,
      };
    case 'structure-only':
      return {
        text: 'Mastra: dependencies not installed',
        detail: `Structure only · ${counted(status.workflows)}, schemas are not checked. Install the project's dependencies, for example with npm install.`,
        severity: 'warning',
        busy: false,
        command: showLog,
      };
    case 'failed':
      return failed(status.reason);
  }
}

function failed(reason: string): StatusView {
  return { text: 'Mastra: failed', detail: reason, severity: 'error', busy: false, command: restart };
}

/** The version is empty while no file of the folder imports Mastra. */
function versioned(version: string): string {
  return version === '' ? 'Mastra' : `Mastra ${version}`;
}

function counted(workflows: number): string {
  return workflows === 1 ? '1 workflow' : `${workflows === 0 ? 'no' : workflows} workflows`;
}

export interface StatusDependencies {
  readonly vscode: typeof vscode;
  readonly server: WorkflowServer;
  readonly relevance: Relevance;
  /** The files with workflows were determined anew. */
  readonly onFilesChanged: vscode.Event<void>;
}

export interface StatusItem {
  /** What is shown for the editor in front; undefined while the item is hidden. */
  readonly view: StatusView | undefined;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Shows the item while the editor in front holds a file that imports Mastra. */
export function createStatusItem({ vscode, server, relevance, onFilesChanged }: StatusDependencies): StatusItem {
  const item = vscode.languages.createLanguageStatusItem('mastra.status', []);
  item.name = 'Mastra Workflows';
  const changed = new vscode.EventEmitter<void>();
  const severities = {
    information: vscode.LanguageStatusSeverity.Information,
    warning: vscode.LanguageStatusSeverity.Warning,
    error: vscode.LanguageStatusSeverity.Error,
  };
  let view: StatusView | undefined;

  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    view =
      document && relevance.has(document)
        ? statusView(server.state, statusOf(server.statuses, document.uri))
        : undefined;
    if (document && view) {
      item.selector = { scheme: document.uri.scheme, language: document.languageId };
      item.text = view.text;
      item.detail = view.detail;
      item.severity = severities[view.severity];
      item.busy = view.busy;
      item.command = { title: view.command.title, command: view.command.id };
    } else {
      item.selector = [];
    }
    changed.fire();
  };

  const listeners = [
    server.onState(update),
    server.onStatus(update),
    onFilesChanged(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeTextDocument((event) => {
      // Typing or removing the import shows or hides the item.
      if (event.document === vscode.window.activeTextEditor?.document) {
        if (view ? !relevance.has(event.document) : mayAddMastraImport(event)) {
          update();
        }
      }
    }),
  ];
  update();

  return {
    get view() {
      return view;
    },
    onDidChange: changed.event,
    dispose() {
      for (const listener of listeners) {
        listener.dispose();
      }
      item.dispose();
      changed.dispose();
    },
  };
}

/** The status of the innermost folder that holds the file: the server has one more for files outside of the workspace. */
function statusOf(statuses: ReadonlyMap<string, ServerStatus>, file: vscode.Uri): ServerStatus | undefined {
  const uri = file.toString();
  return [...statuses]
    .filter(([folder]) => uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];
}
