/** Servers in the extension: the view, the status item, the commands, and the answer to where a run goes. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/index.ts';
import type { RunServer } from '../run/servers.ts';
import type { RunDescription } from '../run/service.ts';
import type { RunTools } from '../run/tools.ts';
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
  readonly runs: () => ActiveRuns;
}

export interface ActiveRuns {
  list(): readonly { readonly key: WorkflowKey; readonly workflowId: string }[];
  description(key: WorkflowKey): RunDescription | undefined;
}

export interface RegisteredServers {
  readonly servers: Servers;
  dispose(): void;
}

export function registerServers(dependencies: RegisterServersDependencies): RegisteredServers {
  const { vscode: surface, context, log, isRelevant, onFilesChanged } = dependencies;
  const servers = createServers({
    ...dependencies,
    activeRuns: (root) => embeddedRuns(surface, dependencies.runs(), root),
  });
  const parts = [
    showServersView(surface, servers),
    showServerStatus({ vscode: surface, servers, isRelevant, onFilesChanged }),
    registerServerCommands({ vscode: surface, servers, memory: context.workspaceState, log }),
    servers,
  ];
  return {
    servers,
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}

/** Ids of the workflows below `root` that run embedded now. */
function embeddedRuns(surface: Pick<ServersSurface, 'Uri'>, runs: ActiveRuns, root: string): readonly string[] {
  const folder = `${surface.Uri.file(root).toString()}/`;
  return runs
    .list()
    .filter(({ key }) => key.startsWith(folder) && runs.description(key)?.server.kind === 'embedded')
    .map(({ workflowId }) => workflowId);
}
