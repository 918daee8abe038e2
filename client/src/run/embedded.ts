/** The server that needs none: workflows run in a process of our own, in the author's project, with the author's Node. */
import type { NodeSearch } from './node.ts';
import { launchRunner } from './launch.ts';
import { openSession } from './session.ts';
import type { RunServer } from './servers.ts';
import type { RunSurface } from './surface.ts';
import type { RunTools } from './tools.ts';

export const embeddedServerId = 'embedded';

export interface EmbeddedOptions {
  readonly vscode: Pick<RunSurface, 'Uri' | 'workspace'>;
  readonly tools: RunTools;
  readonly environment: NodeJS.ProcessEnv;
}

export function createEmbeddedServer({ vscode, tools, environment }: EmbeddedOptions): RunServer {
  return {
    id: embeddedServerId,
    label: 'Embedded',
    kind: 'embedded',
    open(target, listener) {
      const settings = vscode.workspace.getConfiguration('mastra', vscode.Uri.file(target.file));
      const nodeSearch: NodeSearch = {
        setting: settings.get<string>('run.nodePath'),
        environment,
        own: { path: process.execPath, version: process.versions.node },
      };
      const options = {
        target,
        entrySetting: settings.get<string>('run.entry'),
        nodeSearch,
        ...tools,
        log: listener.log,
      };
      return openSession({ ...listener, target, launch: (signal) => launchRunner(options, signal) });
    },
  };
}
