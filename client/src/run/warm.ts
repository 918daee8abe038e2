/** A process that waits with the project loaded, so that the next run of a workflow starts at once. */
import { launchRunner } from './launch.ts';
import type { LaunchedRunner, LaunchOptions } from './launch.ts';

export interface WarmRunner {
  /** The process that waits for this workflow; undefined when there is none, or its sources have changed. It is the caller's from then on. */
  take(options: LaunchOptions): Promise<LaunchedRunner | undefined>;
  /** Starts one in the background. Only one waits at a time: a process takes some 150 MB. */
  prepare(options: LaunchOptions): void;
  /** A file was written: what was made of it is of no use any more. Absolute. */
  fileChanged(file: string): void;
  /** Ends the process that waits. Resolves when it is gone. */
  dispose(): Promise<void>;
}

interface Waiting {
  readonly key: string;
  readonly abort: AbortController;
  /** Undefined when it could not be started. */
  readonly runner: Promise<LaunchedRunner | undefined>;
  launched: LaunchedRunner | undefined;
  readonly timer: NodeJS.Timeout;
}

const waitMilliseconds = 10 * 60 * 1000;

export function createWarmRunner(): WarmRunner {
  let waiting: Waiting | undefined;
  let ending: Promise<unknown> = Promise.resolve();

  const end = (): void => {
    const ended = waiting;
    waiting = undefined;
    if (ended === undefined) return;
    clearTimeout(ended.timer);
    ended.abort.abort();
    ending = Promise.all([ending, ended.runner.then(discard)]);
  };

  return {
    async take(options) {
      if (waiting?.key !== keyOf(options)) return undefined;
      const taken = waiting;
      waiting = undefined;
      clearTimeout(taken.timer);
      const runner = await taken.runner;
      if (runner === undefined) return undefined;
      if (!runner.failed() && !(await runner.isStale())) return runner;
      ending = Promise.all([ending, discard(runner)]);
      return undefined;
    },
    prepare(options) {
      end();
      const abort = new AbortController();
      const timer = setTimeout(end, waitMilliseconds);
      timer.unref();
      const runner = launchRunner({ ...options, log: () => undefined }, abort.signal).then(
        (launched) => {
          if (waiting?.abort === abort) waiting.launched = launched;
          return launched;
        },
        // The next run fails for the same reason, and says why.
        () => undefined,
      );
      waiting = { key: keyOf(options), abort, runner, launched: undefined, timer };
    },
    fileChanged(file) {
      if (waiting?.launched?.bundle.sources.includes(file) === true) end();
    },
    async dispose() {
      end();
      await ending;
    },
  };
}

async function discard(runner: LaunchedRunner | undefined): Promise<void> {
  if (runner === undefined) return;
  runner.process.kill();
  await runner.process.exited;
  await runner.bundle.dispose();
}

function keyOf({ target, entrySetting, nodeSearch }: LaunchOptions): string {
  return JSON.stringify([target, entrySetting, nodeSearch.setting]);
}
