/** Tells the seconds while something goes on. */

export interface Clock {
  run(going: boolean): void;
}

export function createClock(onSecond: () => void): Clock {
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    run(going) {
      if (going === (timer !== undefined)) return;
      clearInterval(timer);
      timer = going ? setInterval(onSecond, 1_000) : undefined;
    },
  };
}
