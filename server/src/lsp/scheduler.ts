/** Runs one piece of work again and again: soon after it was asked for, never twice at a time, never on stale input. */

export interface Scheduler {
  /** What the work reads has changed: cancels a run under way and starts another one when it was quiet for the delay. */
  readonly request: () => void;
  /** Resolves when everything asked for so far has been done; rejects with an AbortError when `signal` fires. */
  readonly settled: (signal?: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

export interface SchedulerOptions {
  /** Quiet time before a run, in milliseconds: long enough to let a burst of edits pass, short enough not to be felt. */
  readonly delay: number;
  /** The work. It may end early when `signal` fires; it must not reject for another reason. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export function createScheduler({ delay, run }: SchedulerOptions): Scheduler {
  let timer: NodeJS.Timeout | undefined;
  let running: AbortController | undefined;
  let closed = false;
  const waiting = new Set<() => void>();

  async function start(): Promise<void> {
    timer = undefined;
    const controller = new AbortController();
    running = controller;
    await run(controller.signal);
    // A newer request has cancelled this run: it is for that one to say when everything is done.
    if (controller.signal.aborted) return;
    running = undefined;
    release();
  }

  function release(): void {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  return {
    request() {
      if (closed) return;
      running?.abort();
      running = undefined;
      clearTimeout(timer);
      timer = setTimeout(() => void start(), delay);
    },
    settled(signal) {
      if (signal?.aborted === true) return Promise.reject(abortError());
      if (closed || (timer === undefined && running === undefined)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const done = () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const abort = () => {
          waiting.delete(done);
          reject(abortError());
        };
        waiting.add(done);
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    close() {
      closed = true;
      running?.abort();
      running = undefined;
      clearTimeout(timer);
      timer = undefined;
      release();
    },
  };
}

function abortError(): Error {
  return new DOMException('The request was cancelled.', 'AbortError');
}
