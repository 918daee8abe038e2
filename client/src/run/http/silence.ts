/** Watches over streams that say nothing for a long time. */
import type { IncomingMessage } from 'node:http';
import { getRunHead } from './api.ts';
import type { WorkflowPlace } from './api.ts';
import { ServerFailure } from './problem.ts';
import { endStatusOf } from './stored.ts';

/**
 * Silence is no fault: a step may think for hours. But a proxy may keep a connection open to nobody, and some engines never close
 * their streams. So the stored run is asked now and then, and only an end that is stored twice over ends the reading.
 */
export function watchSilence(
  place: WorkflowPlace,
  runId: string,
  milliseconds: number,
  response: IncomingMessage,
  log: (message: string) => void,
): { heard(): void; stop(): void } {
  let over = 0;
  let asking = false;
  const ask = async (): Promise<void> => {
    const status = (await getRunHead(place, runId))?.status;
    over = status !== undefined && endStatusOf(status) !== undefined ? over + 1 : 0;
    if (over < 2) return;
    log(`Run ${runId} is stored as ${status ?? ''}, but its stream stays open: it is closed from here`);
    response.destroy();
  };
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void ask()
      .catch((error: unknown) => {
        if (!(error instanceof ServerFailure)) throw error;
        // Nobody is there to go on with the stream.
        if (error.problem.kind === 'refused') response.destroy();
      })
      .finally(() => {
        asking = false;
      });
  }, milliseconds);
  return {
    heard() {
      over = 0;
      timer.refresh();
    },
    stop: () => clearInterval(timer),
  };
}
