/** The suspended runs of this window. Their connections stay open for a while: an answer then finds everything loaded. */
import type { Attempt } from '../attempt.ts';
import type { SuspendedRun } from '../contract.ts';

export interface WaitingRun {
  readonly runId: string;
  readonly attempt: Attempt;
  /** True when the run is in a storage that outlives its process. */
  readonly durable: boolean;
  /** False once the connection was closed: another one is opened for the answer. */
  readonly open: boolean;
}

export interface WaitingRuns {
  add(run: WaitingRun): void;
  get(runId: string): WaitingRun | undefined;
  /** Takes it off the list without touching its connection. */
  remove(runId: string): void;
  /** Newest first. */
  list(): readonly WaitingRun[];
  /** Closes what a stored run of this workflow does not need: another run of it begins. */
  makeRoom(key: string): void;
  /** Closes everything. Resolves when that is done. */
  dispose(): Promise<void>;
}

export interface WaitingOptions {
  /** Called when a run that is only in memory has to end because there are too many of them. */
  readonly onEvicted: (run: WaitingRun) => void;
}

/** A process takes some 200 MB: stored runs are let go of after a while, and of those in memory only so many are kept. */
const openMilliseconds = 10 * 60 * 1000;
export const maxInMemory = 4;

export function createWaitingRuns({ onEvicted }: WaitingOptions): WaitingRuns {
  const runs = new Map<string, WaitingRun>();
  const timers = new Map<string, NodeJS.Timeout>();

  const close = async (run: WaitingRun): Promise<void> => {
    clearTimeout(timers.get(run.runId));
    timers.delete(run.runId);
    if (!run.open) return;
    if (runs.has(run.runId)) runs.set(run.runId, { ...run, open: false });
    await run.attempt.connection.dispose();
  };

  const remove = (runId: string): void => {
    clearTimeout(timers.get(runId));
    timers.delete(runId);
    runs.delete(runId);
  };

  return {
    add(run) {
      remove(run.runId);
      runs.set(run.runId, run);
      if (!run.open) return;
      if (run.durable) {
        const timer = setTimeout(() => void close(run), openMilliseconds);
        timer.unref();
        timers.set(run.runId, timer);
        return;
      }
      const inMemory = [...runs.values()].filter(({ durable }) => !durable);
      const [oldest] = inMemory;
      if (inMemory.length <= maxInMemory || oldest === undefined) return;
      remove(oldest.runId);
      onEvicted(oldest);
      void oldest.attempt.connection.dispose();
    },
    get: (runId) => runs.get(runId),
    remove,
    list: () => [...runs.values()].reverse(),
    makeRoom(key) {
      for (const run of runs.values()) {
        if (run.durable && run.attempt.request.workflow.key === key) void close(run);
      }
    },
    async dispose() {
      const closing = [...runs.values()].map(close);
      runs.clear();
      await Promise.all(closing);
    },
  };
}

/** As the rest of the extension sees it. */
export function suspendedRun({ runId, attempt, durable }: WaitingRun): SuspendedRun {
  return { runId, run: attempt.run, events: attempt.log.events, durable };
}
