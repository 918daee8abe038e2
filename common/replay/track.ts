/** How something changed in the course of a run: what it was after which event. */
export interface Track<T> {
  /** Numbers of events, rising. */
  readonly events: number[];
  /** What it was after each of them. */
  readonly values: T[];
}

export function createTrack<T>(): Track<T> {
  return { events: [], values: [] };
}

/** Adds what it is after `event`, which is not before the last one. */
export function addToTrack<T>({ events, values }: Track<T>, event: number, value: T): void {
  if (events.at(-1) === event) values[values.length - 1] = value;
  else {
    events.push(event);
    values.push(value);
  }
}

/** What it was after `event`; undefined before the first change. Takes logarithmic time. */
export function valueAt<T>({ events, values }: Track<T>, event: number): T | undefined {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  // Most look-ups are about the last moment.
  if (last <= event) return values.at(-1);
  return values[lastAtOrBefore(events, event)];
}

/** Index of the last number that is not above `limit`; -1 when all are. `numbers` rise. */
export function lastAtOrBefore(numbers: ArrayLike<number>, limit: number): number {
  return countAtFirst(numbers.length, (index) => (numbers[index] ?? Infinity) <= limit) - 1;
}

/** For how many of `length` places, from the first, `holds` is true; from then on it is not. Takes logarithmic time. */
export function countAtFirst(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
