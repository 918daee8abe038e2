/**
 * The second stage of activation: the language server is started when a file that imports Mastra shows up, and not
 * before. A workspace without one never gets a server process.
 */
import type * as vscode from 'vscode';
import { mayAddMastraImport, type Relevance } from './relevance.ts';
import { openWorkspace, searchForMastra, type SearchResult } from './search.ts';
import type { WorkflowServer } from './server.ts';

export interface ActivationDependencies {
  readonly vscode: typeof vscode;
  readonly server: WorkflowServer;
  readonly relevance: Relevance;
  readonly log: vscode.LogOutputChannel;
}

export interface Activation {
  /** Looks at open documents, then at the workspace; starts the server when Mastra is there. */
  readonly look: () => Promise<SearchResult>;
  dispose(): void;
}

export function startWhenUsed({ vscode, server, relevance, log }: ActivationDependencies): Activation {
  const cancellation = new vscode.CancellationTokenSource();
  let started = false;

  const start = (file: vscode.Uri) => {
    if (!started) {
      started = true;
      log.info(`Starting the language server: ${vscode.workspace.asRelativePath(file)} imports Mastra.`);
      // A failure is shown by the status item and by whatever command needs the server.
      server.start().catch(() => undefined);
    }
  };

  const look = async (): Promise<SearchResult> => {
    const open = vscode.workspace.textDocuments.find((document) => relevance.has(document));
    const result: SearchResult = open
      ? { kind: 'found', file: open.uri }
      : await searchForMastra(openWorkspace(vscode, cancellation.token));
    if (result.kind === 'found') {
      start(result.file);
    } else {
      log.debug(`No language server is needed: ${result.kind}.`);
    }
    return result;
  };

  const lookQuietly = () => {
    look().catch((error: unknown) => log.warn(`The workspace could not be searched: ${String(error)}`));
  };

  const listeners = [
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (!started && relevance.has(document)) {
        start(document.uri);
      }
    }),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (!started && mayAddMastraImport(event) && relevance.has(event.document)) {
        start(event.document.uri);
      }
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => {
      if (!started && added.length > 0) {
        lookQuietly();
      }
    }),
  ];
  lookQuietly();

  return {
    look,
    dispose() {
      cancellation.cancel();
      cancellation.dispose();
      for (const listener of listeners) {
        listener.dispose();
      }
    },
  };
}
