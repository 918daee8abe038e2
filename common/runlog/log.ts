/** The append-only list of one run's events. Numbers them, bounds what the console may fill, and hands out a stable array. */
import type { RunEvent } from './events.ts';

type WithoutSeq<E> = E extends unknown ? Omit<E, 'seq'> : never;

/** An event before the log numbered it. */
export type RunEventBody = WithoutSeq<RunEvent>;

export interface RunLog {
  /** Grows in place; a reader that remembers a length may read on from there. */
  readonly events: readonly RunEvent[];
  /** Console events that were not kept because there were too many; they reached the output channel all the same. */
  readonly droppedConsole: number;
  append(body: RunEventBody): RunEvent | undefined;
}

/** Console lines kept per run for the panel and for replay. */
export const maxConsoleEvents = 5_000;

export function createRunLog(): RunLog {
  const events: RunEvent[] = [];
  let consoleEvents = 0;
  let droppedConsole = 0;
  return {
    events,
    get droppedConsole() {
      return droppedConsole;
    },
    append(body) {
      if (body.type === 'console') {
        if (consoleEvents >= maxConsoleEvents) {
          droppedConsole += 1;
          return undefined;
        }
        consoleEvents += 1;
      }
      const event: RunEvent = { ...body, seq: events.length };
      events.push(event);
      return event;
    },
  };
}
