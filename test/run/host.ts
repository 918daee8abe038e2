/** What an extension host has of runs: the run service, the embedded runner and the history, as wiring.ts puts them together. VS Code is a fake. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordRuns } from '../../client/src/history/follow.ts';
import { createHistory } from '../../client/src/history/history.ts';
import type { History } from '../../client/src/history/history.ts';
import { defaultRedact } from '../../client/src/history/settings.ts';
import type { ServerAddress } from '../../client/src/run/http/address.ts';
import { openHttpConnection } from '../../client/src/run/http/connection.ts';
import { launchRunner } from '../../client/src/run/launch.ts';
import type { RunServer } from '../../client/src/run/servers.ts';
import { createRunService } from '../../client/src/run/service.ts';
import type { RunRequest, RunService } from '../../client/src/run/service.ts';
import { openSession } from '../../client/src/run/session.ts';
import { sessionTools } from './project.ts';
import { fakeSurface } from './surface.ts';
import type { FakeSurface } from './surface.ts';

export interface TestHost {
  readonly service: RunService;
  readonly history: History;
  readonly fake: FakeSurface;
  readonly request: RunRequest;
  stop(): Promise<void>;
}

export interface TestHostOptions {
  /** Of the project. */
  readonly root: string;
  /** That declares the workflow, below `root`. */
  readonly file: string;
  /** Id, and name in the source. */
  readonly workflow: string;
  readonly input: unknown;
  /** Folder of the recorded runs. */
  readonly runs: string;
  /** Called with each process as soon as it is there. */
  readonly onProcess: (pid: number) => void;
  /** Of the server that runs go to; absent for the embedded runner. */
  readonly address?: ServerAddress;
}

export const workflowKey = 'workflow-of-the-test';

export function openHost({ root, file, workflow: id, input, runs, onProcess, address }: TestHostOptions): TestHost {
  const fake = fakeSurface(root);
  const { memory } = fake;
  const embedded: RunServer = {
    id: 'embedded',
    label: 'Embedded',
    kind: 'embedded',
    open: (target, listener) =>
      openSession({
        target,
        ...listener,
        async launch(signal) {
          const launch = { target, entrySetting: undefined, ...sessionTools, log: listener.log };
          const runner = await launchRunner(launch, signal);
          if (runner.process.pid !== undefined) onProcess(runner.process.pid);
          return runner;
        },
      }),
  };
  const remote: RunServer | undefined = address && {
    id: 'remote:test',
    label: 'Test server',
    kind: 'remote',
    open: ({ workflow }, listener) => openHttpConnection({ ...listener, address, workflow }),
  };
  const server = remote ?? embedded;
  const service = createRunService({
    vscode: fake.surface,
    context: {
      globalStorageUri: fake.surface.Uri.file(path.join(root, 'storage')),
      workspaceState: {
        keys: () => [...memory.keys()],
        get: memory.get.bind(memory),
        update: (name: string, value: unknown) => Promise.resolve(void memory.set(name, value)),
      },
    },
    log: { info: () => undefined, error: (message: string) => void fake.messages.push(`log: ${message}`) },
    output: { append: () => undefined, show: () => undefined },
    servers: { current: () => server, find: () => server },
  });
  const history = createHistory({
    folder: runs,
    settings: () => ({ enabled: true, maxRuns: 200, maxBytes: 200_000_000, redact: [...defaultRedact] }),
    source: () => Promise.resolve({ graph: undefined, mastraVersion: undefined }),
    warn: (message) => void fake.messages.push(`warn: ${message}`),
    log: () => undefined,
  });
  const recording = recordRuns(service, history);
  const uri = pathToFileURL(path.join(root, file)).href;
  const names = { id, name: id, exportName: id, description: undefined };
  return {
    service,
    history,
    fake,
    request: { uri, workflow: { key: workflowKey, uri, ...names, line: 0, steps: 1 }, input },
    async stop() {
      await service.dispose();
      await history.stop();
      recording.dispose();
    },
  };
}
