/** Puts the parts of the extension together. `vscode` and everything with a process behind it is passed in. */
import type * as vscode from 'vscode';
import type * as languageClient from 'vscode-languageclient/node';
import { logChannelName } from '../../common/protocol/index.ts';
import { startWhenUsed } from './activation.ts';
import { showUnavailable } from './commands/choose.ts';
import { registerCommands } from './commands/index.ts';
import { createRelevance } from './relevance.ts';
import { createWorkflowServer, type WorkflowServer } from './server.ts';
import { createStatusItem, type StatusItem } from './status.ts';
import { watchWorkflowFiles } from './workflowFiles.ts';

export interface Surroundings {
  readonly vscode: typeof vscode;
  readonly context: vscode.ExtensionContext;
  readonly loadLanguageClient: () => Promise<typeof languageClient>;
}

export interface Extension {
  readonly server: WorkflowServer;
  readonly status: StatusItem;
  /** Ends the server; resolves when its process is gone. */
  stop(): Promise<void>;
}

/** Starts stage one: listeners, commands, status. Returns at once; the server comes when a file imports Mastra. */
export function createExtension({ vscode, context, loadLanguageClient }: Surroundings): Extension {
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
  const status = createStatusItem({ vscode, server, relevance });
  const activation = startWhenUsed({ vscode, server, relevance, log });

  const commands = registerCommands({
    vscode,
    server,
    log,
    memory: context.workspaceState,
    look: activation.look,
    graph: { show: () => Promise.resolve() },
    runs: { run: () => Promise.resolve(), cancel: () => Promise.resolve() },
    running: () => [],
  });

  context.subscriptions.push(log, server, status, activation, commands, watchWorkflowFiles({ vscode, server, log }));
  return { server, status, stop: () => server.stop() };
}
