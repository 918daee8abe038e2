/** Small Mastra projects in a temporary folder, with the real packages of this repository linked in. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEventBody } from '../../common/runlog/log.ts';
import type { RunConnection, RunInputs } from '../../client/src/run/connection.ts';
import { launchRunner } from '../../client/src/run/launch.ts';
import type { LaunchOptions } from '../../client/src/run/launch.ts';
import { openSession } from '../../client/src/run/session.ts';
import type { Json } from '../../common/runlog/events.ts';

export const repository = path.resolve(import.meta.dirname, '../..');
const nodeModules = path.join(repository, 'node_modules');

export interface TestProject {
  readonly root: string;
  file(name: string): string;
  write(name: string, text: string): void;
  dispose(): void;
}

export interface TestProjectOptions {
  /** False leaves @mastra/core out. */
  readonly mastra?: boolean;
  /** True links the packages of the sample project, which has a storage on disk. */
  readonly storage?: boolean;
}

const ordersModules = path.join(repository, 'test/projects/orders/node_modules');

/** `files`: path -> text. package.json and node_modules are made. */
export function makeProject(files: Readonly<Record<string, string>>, options: TestProjectOptions = {}): TestProject {
  const root = mkdtempSync(path.join(os.tmpdir(), 'mastra-run-'));
  const project: TestProject = {
    root,
    file: (name) => path.join(root, name),
    write(name, text) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
  project.write('package.json', JSON.stringify({ name: 'fixture', type: 'module', private: true }));
  mkdirSync(path.join(root, 'node_modules'));
  const modules = options.storage === true ? ordersModules : nodeModules;
  symlinkSync(path.join(modules, 'zod'), path.join(root, 'node_modules/zod'));
  if (options.mastra !== false) symlinkSync(path.join(modules, '@mastra'), path.join(root, 'node_modules/@mastra'));
  for (const [name, text] of Object.entries(files)) project.write(name, text);
  return project;
}

/** This Node, the installed esbuild, and the runner's source. */
export const sessionTools = {
  nodeSearch: {
    setting: process.execPath,
    environment: process.env,
    own: { path: process.execPath, version: process.versions.node },
  },
  esbuild: path.join(nodeModules, '.bin/esbuild'),
  runner: path.join(repository, 'client/src/run/runner/main.ts'),
};

export interface TestSession {
  readonly session: RunConnection;
  readonly events: RunEventBody[];
  readonly log: string[];
  /** Of the processes that were started. */
  readonly pids: () => readonly number[];
}

/** Opens a session on `file` of the project as the service would, with this Node and the runner's source. */
export function open(
  project: TestProject,
  file: string,
  workflow: { readonly id?: string; readonly name?: string; readonly exportName?: string },
  more: Partial<LaunchOptions> & { readonly folder?: string } = {},
): TestSession {
  const events: RunEventBody[] = [];
  const log: string[] = [];
  const target = {
    file: project.file(file),
    folder: more.folder ?? project.root,
    workflow: { id: workflow.id, name: workflow.name, exportName: workflow.exportName },
  };
  const launch: LaunchOptions = {
    target,
    entrySetting: undefined,
    ...sessionTools,
    log: (message) => void log.push(message),
    ...more,
  };
  const pids: number[] = [];
  const session = openSession({
    target,
    async launch(signal) {
      const runner = await launchRunner(launch, signal);
      if (runner.process.pid !== undefined) pids.push(runner.process.pid);
      return runner;
    },
    onEvent: (event) => void events.push(event),
    log: launch.log,
  });
  return { session, events, log, pids: () => pids };
}

/** What goes into a run that takes only an input. */
export function inputs(input: Json, state?: Json): RunInputs {
  return { input, state, requestContext: undefined };
}

/** Resolves when `condition` holds; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
