/** How often a language server that ended by itself is started again. */

const limit = 4;
const windowMilliseconds = 3 * 60_000;

export interface CrashPolicy {
  /** Counts one end; true while another start is worth trying. */
  mayRestart(): boolean;
  /** Ends counted within the window. */
  readonly count: number;
  /** The user asked for a restart: count from zero. */
  forget(): void;
}

/** Allows `limit` restarts within the window; `now` returns milliseconds. */
export function createCrashPolicy(now: () => number = Date.now): CrashPolicy {
  let times: readonly number[] = [];
  return {
    mayRestart() {
      const time = now();
      times = [...times.filter((earlier) => time - earlier < windowMilliseconds), time];
      return times.length <= limit;
    },
    get count() {
      return times.length;
    },
    forget() {
      times = [];
    },
  };
}
