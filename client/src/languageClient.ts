/** How the language client is set up: which documents, what is asked about them, what happens when the server ends. */
import type * as vscode from 'vscode';
import type * as languageClient from 'vscode-languageclient/node';
import { documentSelector, type Relevance } from './relevance.ts';

export interface ClientSetup {
  readonly vscode: typeof vscode;
  readonly library: typeof languageClient;
  readonly log: vscode.LogOutputChannel;
  readonly relevance: Relevance;
  /** The server's process ended by itself; returns whether to start it again. */
  readonly ended: () => boolean;
}

export function clientOptions(setup: ClientSetup): languageClient.LanguageClientOptions {
  const { vscode, library, log, relevance, ended } = setup;
  return {
    documentSelector: [...documentSelector],
    outputChannel: log,
    revealOutputChannelOn: library.RevealOutputChannelOn.Never,
    synchronize: { fileEvents: installWatchers(vscode) },
    middleware: gate(relevance),
    // Whoever asked for the start reports that it failed; without this handler the library would show a second message.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (error) => ({
        action: library.ErrorAction.Continue,
        handled: true,
        message: `Connection: ${error.message}`,
      }),
      closed: () => ({
        action: ended() ? library.CloseAction.Restart : library.CloseAction.DoNotRestart,
        handled: true,
        message: 'The connection to the language server was closed.',
      }),
    },
  };
}

/** Nothing is asked about documents without Mastra: any other TypeScript file costs one look at its text per version. */
function gate(relevance: Relevance): languageClient.Middleware {
  return {
    provideCodeLenses: (document, token, next) => (relevance.has(document) ? next(document, token) : undefined),
    provideHover: (document, position, token, next) =>
      relevance.has(document) ? next(document, position, token) : undefined,
    provideDocumentSymbols: (document, token, next) => (relevance.has(document) ? next(document, token) : undefined),
    provideInlayHints: (document, range, token, next) =>
      relevance.has(document) ? next(document, range, token) : undefined,
    provideCompletionItem: (document, position, context, token, next) =>
      relevance.has(document) ? next(document, position, context, token) : undefined,
    provideDefinition: (document, position, token, next) =>
      relevance.has(document) ? next(document, position, token) : undefined,
    provideReferences: (document, position, options, token, next) =>
      relevance.has(document) ? next(document, position, options, token) : undefined,
    prepareRename: (document, position, token, next) =>
      relevance.has(document) ? next(document, position, token) : undefined,
    provideRenameEdits: (document, position, newName, token, next) =>
      relevance.has(document) ? next(document, position, newName, token) : undefined,
    provideCodeActions: (document, range, context, token, next) =>
      relevance.has(document) || context.diagnostics.some(({ source }) => source === 'mastra')
        ? next(document, range, context, token)
        : undefined,
  };
}

/**
 * Package managers write one of these files last when dependencies were installed. Changes inside node_modules are not
 * reported otherwise, and a watcher for a single folder is cheap where one for the whole tree is not.
 */
function installWatchers(code: typeof vscode): vscode.FileSystemWatcher[] {
  return (code.workspace.workspaceFolders ?? []).map((folder) =>
    code.workspace.createFileSystemWatcher(
      new code.RelativePattern(
        code.Uri.joinPath(folder.uri, 'node_modules'),
        '{.package-lock.json,.modules.yaml,.yarn-state.yml,.yarn-integrity}',
      ),
    ),
  );
}
