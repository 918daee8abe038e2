/** A connection to a server that is not there yet: it is being started, or its token is being read. */
import type { RunConnection } from '../run/connection.ts';
import { RunFailure } from '../run/problem.ts';
import type { RunProblem } from '../run/problem.ts';

/** `open` throws RunFailure when there will be no connection; its signal fires when nobody wants one any more. */
export function deferConnection(open: (signal: AbortSignal) => Promise<RunConnection>): RunConnection {
  const controller = new AbortController();
  const opened = open(controller.signal);
  const loaded = opened.then((connection) => connection.loaded);
  // Whoever waits for either is told; nobody has to.
  opened.catch(() => undefined);
  loaded.catch(() => undefined);
  const orProblem = async (
    act: (connection: RunConnection) => Promise<RunProblem | undefined>,
  ): Promise<RunProblem | undefined> => {
    try {
      return await act(await opened);
    } catch (error) {
      return error instanceof RunFailure ? error.problem : { kind: 'runner-failed', reason: String(error) };
    }
  };
  return {
    loaded,
    validate: async (part, value) => (await opened).validate(part, value),
    start: (inputs) => orProblem((connection) => connection.start(inputs)),
    resume: (resumption) => orProblem((connection) => connection.resume(resumption)),
    follow: (run) =>
      orProblem((connection) => connection.follow?.(run) ?? Promise.resolve<RunProblem>({ kind: 'canceled' })),
    suspended: async (runId) => (await opened).suspended(runId),
    cancel() {
      controller.abort();
      void opened.then(
        (connection) => connection.cancel(),
        () => undefined,
      );
    },
    abandon: (runId) => orProblem((connection) => connection.abandon(runId)),
    async dispose() {
      controller.abort();
      await opened.then(
        (connection) => connection.dispose(),
        () => undefined,
      );
    },
  };
}
