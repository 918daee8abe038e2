/** Long work in pieces: a generator that stops every now and then, so that a page that runs it can do something else. Pure. */

export type Steps<T> = Generator<undefined, T>;

/** Counts what is done, for one piece of work and all that it consists of. */
export interface Pace {
  /** Called for every small thing that is done: true when it is time to stop for a moment. */
  isDue(): boolean;
}

/** Small things between two stops: about a millisecond. */
const between = 1_024;

export function createPace(): Pace {
  let left = between;
  return {
    isDue() {
      left -= 1;
      if (left > 0) return false;
      left = between;
      return true;
    },
  };
}

/** All of it at once, for those who can wait. */
export function inOnePiece<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}
