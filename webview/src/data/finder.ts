/** What is looked for in a value, what was found, and which of it one looks at. */
import type { Json } from '../../../common/runlog/events.ts';
import { maxMatches, queryPattern, search } from './search.ts';
import type { Match } from './search.ts';
import type { SearchCount } from './search-bar.ts';
import { inSlices } from './slices.ts';
import type { Slices } from './slices.ts';

export interface Finder {
  /** Undefined while nothing is looked for. */
  readonly pattern: RegExp | undefined;
  readonly current: Match | undefined;
  count(): SearchCount | undefined;
  /** Looks anew; an empty text for nothing. */
  look(value: Json | undefined, query: string): void;
  move(direction: 1 | -1): void;
  stop(): void;
}

/** `onFound` is called when there is something new to tell; `first` when the first match is there. */
export function createFinder(onFound: (first: boolean) => void): Finder {
  let pattern: RegExp | undefined;
  let matches: Match[] = [];
  let current: number | undefined;
  let work: Slices | undefined;
  let searching = false;

  const stop = (): void => {
    work?.stop();
    work = undefined;
    searching = false;
  };

  return {
    get pattern() {
      return pattern;
    },
    get current() {
      return current === undefined ? undefined : matches[current];
    },
    count() {
      if (pattern === undefined) return undefined;
      return { current, found: matches.length, searching, more: matches.length >= maxMatches };
    },
    look(value, query) {
      stop();
      pattern = queryPattern(query);
      matches = [];
      current = undefined;
      if (pattern === undefined || value === undefined) {
        onFound(false);
        return;
      }
      searching = true;
      const tell = (): void => {
        const first = current === undefined && matches.length > 0;
        if (first) current = 0;
        onFound(first);
      };
      work = inSlices(
        collect(search(value, pattern), matches),
        () => {
          searching = false;
          tell();
        },
        tell,
      );
    },
    move(direction) {
      if (matches.length === 0) return;
      current = current === undefined ? 0 : (current + direction + matches.length) % matches.length;
      onFound(true);
    },
    stop,
  };
}

function* collect(pieces: Generator<readonly Match[], void>, into: Match[]): Generator<undefined, void> {
  for (const piece of pieces) {
    for (const match of piece) into.push(match);
    yield;
  }
}
