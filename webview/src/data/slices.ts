/** Long work on a page that has to stay alive: a few milliseconds at a time. */

const sliceMilliseconds = 8;

export interface Slices {
  /** The work is not wanted any more. */
  stop(): void;
}

/**
 * Runs a generator to its end; `onEnd` gets what it returns. What is done within the first slice is done before this returns.
 * Between slices `onSlice` is called and the page handles what has happened.
 */
export function inSlices<T>(work: Generator<unknown, T>, onEnd: (result: T) => void, onSlice?: () => void): Slices {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    const end = performance.now() + sliceMilliseconds;
    do {
      const next = work.next();
      if (next.done === true) {
        timer = undefined;
        onEnd(next.value);
        return;
      }
    } while (performance.now() < end);
    onSlice?.();
    timer = setTimeout(go);
  };
  go();
  return {
    stop: () => clearTimeout(timer),
  };
}
