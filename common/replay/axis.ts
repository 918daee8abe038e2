/** The time of a run as it is drawn and played: never backwards, and without the time in which a suspended run waited. */
import type { SmallEvent } from '../protocol/replay.ts';
import { lastAtOrBefore } from './track.ts';

export interface Axis {
  /** Milliseconds from the beginning of the run to each event. */
  readonly offsets: readonly number[];
  /** Milliseconds since the epoch at each event, never backwards. */
  readonly clocks: readonly number[];
  /** To the last event; 0 without events. */
  readonly length: number;
  append(event: SmallEvent): void;
  /** The last event that has happened by then; -1 before the first. */
  eventAt(offset: number): number;
  /** Of a moment after the last event, e.g. now. */
  offsetOf(time: number): number;
}

/** The wait for an answer is drawn this long, however long it was. */
const longestWait = 1_000;

export function createAxis(): Axis {
  const offsets: number[] = [];
  const clocks: number[] = [];
  let last = 0;
  /** The latest time so far: what ran in parallel is told in any order. */
  let clock: number | undefined;
  let over = false;
  const advanced = (time: number): number => {
    const gap = clock === undefined ? 0 : Math.max(0, time - clock);
    return last + (over ? Math.min(gap, longestWait) : gap);
  };
  return {
    offsets,
    clocks,
    get length() {
      return last;
    },
    append(event) {
      last = advanced(event.time);
      clock = Math.max(clock ?? event.time, event.time);
      offsets.push(last);
      clocks.push(clock);
      // What is printed after the end of a run does not end the wait.
      if (event.type === 'run-finished') over = true;
      else if (event.type !== 'console') over = false;
    },
    eventAt: (offset) => lastAtOrBefore(offsets, offset),
    offsetOf: advanced,
  };
}
