/** The server that needs none: workflows run in a process of our own, in the author's project, with the author's Node. */
import { launchRunner } from './launch.ts';
import type { NodeSearch } from './node.ts';
import { openSession } from './session.ts';
import type { RunServer } from './servers.ts';
import type { RunSurface } from './surface.ts';
import type { RunTools } from './tools.ts';
import { createWarmRunner } from './warm.ts';

export const embeddedServerId = 'embedded';

export interface EmbeddedOptions {
  readonly vscode: Pick<RunSurface, 'Uri' | 'workspace'>;
  readonly tools: RunTools;
  readonly environment: NodeJS.ProcessEnv;
}

export interface EmbeddedServer extends RunServer {
  /** Ends the process that waits for the next run. Resolves when it is gone. */
  dispose(): Promise<void>;
}

/** Lets the process of the run that just ended go first. */
const warmUpMilliseconds = 200;

/** Runs start from what is on disk. After a run, a process with the project loaded waits for the next one (`mastra.run.keepWarm`). */
export function createEmbeddedServer({ vscode, tools, environment }: EmbeddedOptions): EmbeddedServer {
  const warm = createWarmRunner();
  let timer: NodeJS.Timeout | undefined;
  const saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => warm.fileChanged(uri.fsPath));
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
      const keepWarm = settings.get<boolean>('run.keepWarm') ?? true;
      return openSession({
        target,
        log: listener.log,
        launch: async (signal) => (await warm.take(options)) ?? (await launchRunner(options, signal)),
        onEvent(event) {
          listener.onEvent(event);
          if (event.type !== 'run-finished' || !keepWarm) return;
          clearTimeout(timer);
          timer = setTimeout(() => warm.prepare(options), warmUpMilliseconds);
        },
      });
    },
    async dispose() {
      clearTimeout(timer);
      saved.dispose();
      await warm.dispose();
    },
  };
}
