/** Servers in the extension: the view, the status item, the commands, and the answer to where a run goes. */
import type * as vscode from 'vscode';
import type { RunServer } from '../run/servers.ts';
import type { RunTools } from '../run/tools.ts';
import { createActiveRuns } from './activeRuns.ts';
import type { ActiveRunSources } from './activeRuns.ts';
import { registerServerCommands } from './commands.ts';
import { createServers } from './service.ts';
import type { Servers } from './service.ts';
import { showServerStatus } from './statusItem.ts';
import type { ServersSurface } from './surface.ts';
import { showServersView } from './view.ts';

export interface RegisterServersDependencies {
  readonly vscode: ServersSurface;
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly embedded: RunServer;
  readonly tools: RunTools;
  readonly environment: NodeJS.ProcessEnv;
  /** True for files that have to do with Mastra. */
  readonly isRelevant: (document: vscode.TextDocument) => boolean;
  readonly onFilesChanged: vscode.Event<void>;
  /** What runs now. Asked for later only: runs need servers first. */
  readonly runs: () => ActiveRunSources;
}

export interface RegisteredServers {
  readonly servers: Servers;
  dispose(): void;
}

export function registerServers(dependencies: RegisterServersDependencies): RegisteredServers {
  const { vscode: surface, context, log, isRelevant, onFilesChanged } = dependencies;
  const activeRuns = createActiveRuns(surface, context.workspaceState, dependencies.runs);
  const servers = createServers({ ...dependencies, activeRuns });
  const parts = [
    showServersView(surface, servers),
    showServerStatus({ vscode: surface, servers, isRelevant, onFilesChanged }),
    registerServerCommands({ vscode: surface, servers, memory: context.workspaceState, log }),
    servers,
  ];
  // The status item tells of a chosen one that runs already.
  const waits = servers.folders().some(({ chosen }) => chosen.startsWith('dev:'));
  if (waits) void servers.search();
  return {
    servers,
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}
