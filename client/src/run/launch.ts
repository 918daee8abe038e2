/** From a workflow's file to a process that has the project loaded: find the project, build it, start the runner. */
import { mkdir } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { bundleProject } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { findNode } from './node.ts';
import type { NodeSearch } from './node.ts';
import { RunFailure } from './problem.ts';
import { startRunner } from './process.ts';
import type { RunnerProcess } from './process.ts';
import { findProject, namesRelativeFile, runEnvironment, workingDirectory } from './project.ts';
import type { RunProject } from './project.ts';
import type { RunnerMessage } from './protocol.ts';
import type { RunTarget } from './servers.ts';
import { stampOf } from './stamp.ts';

export interface LaunchOptions {
  readonly target: RunTarget;
  readonly entrySetting: string | undefined;
  readonly nodeSearch: NodeSearch;
  /** The shipped esbuild and runner. */
  readonly esbuild: string;
  readonly runner: string;
  /** For the log: what went on, in words. */
  readonly log: (message: string) => void;
}

/** A process that was told to load the workflow. What it says is held back until someone listens. */
export interface LaunchedRunner {
  readonly process: RunnerProcess;
  readonly project: RunProject;
  readonly bundle: Bundle;
  /** Called once: with what was said already, then with what follows. */
  listen(listener: RunnerListener): void;
  /** True once it is of no use: it ended, or could not load the workflow. */
  failed(): boolean;
  /** True when a file was changed since the project was built. */
  isStale(): Promise<boolean>;
}

export interface RunnerListener {
  readonly onMessage: (message: RunnerMessage) => void;
  /** A line that native code or a worker thread printed. */
  readonly onPrinted: (event: RunEventBody) => void;
}

/** Throws RunFailure; with `canceled` when `signal` was aborted meanwhile. */
export async function launchRunner(options: LaunchOptions, signal: AbortSignal): Promise<LaunchedRunner> {
  const { target, log } = options;
  const project = findProject(target.file, target.folder, options.entrySetting);
  const begun = Date.now();
  const [node, bundle] = await bothOrNone(
    findNode(options.nodeSearch),
    bundleProject({ project, file: target.file, esbuild: options.esbuild, signal }),
  );
  if (signal.aborted) {
    await bundle.dispose();
    throw new RunFailure({ kind: 'canceled' });
  }
  const stamp = await stampOf(bundle.sources, begun);
  if (bundle.warnings !== '') log(bundle.warnings);
  const environment = runEnvironment(project, options.nodeSearch.environment);
  const place = workingDirectory(project, namesRelativeFile(bundle.text, environment));
  if (place.create) await mkdir(place.directory, { recursive: true });
  log(`Node ${node.version} (${node.path}) in ${place.directory}`);
  let failed = false;
  const held: ((listener: RunnerListener) => void)[] = [];
  let listener: RunnerListener | undefined;
  const tell = (say: (to: RunnerListener) => void): void => {
    if (listener === undefined) held.push(say);
    else say(listener);
  };
  const process = startRunner({
    node,
    runner: options.runner,
    directory: place.directory,
    environment,
    onMessage(message) {
      failed ||= message.type === 'refused' || message.type === 'exiting';
      tell((to) => to.onMessage(message));
    },
    onLine: (stream, text) => {
      const event = printed(stream, text);
      tell((to) => to.onPrinted(event));
    },
    onInvalid: (line) => log(`The runner sent something else than a message: ${line.slice(0, 500)}`),
  });
  void process.exited.then(() => (failed = true));
  process.send({ type: 'load', bundle: bundle.url, workflow: target.workflow });
  return {
    process,
    project,
    bundle,
    listen(to) {
      listener = to;
      for (const say of held.splice(0)) say(to);
    },
    failed: () => failed,
    isStale: async () => stamp === undefined || (await stampOf(bundle.sources)) !== stamp,
  };
}

/** The built files are deleted when there is no Node to run them. */
async function bothOrNone<T>(first: Promise<T>, bundle: Promise<Bundle>): Promise<[T, Bundle]> {
  try {
    return await Promise.all([first, bundle]);
  } catch (error) {
    await bundle.then((built) => built.dispose()).catch(() => undefined);
    throw error;
  }
}

function printed(stream: 'stdout' | 'stderr', text: string): RunEventBody {
  return {
    type: 'console',
    time: Date.now(),
    level: stream === 'stderr' ? 'error' : 'log',
    text: stripVTControlCharacters(text),
    step: undefined,
  };
}
