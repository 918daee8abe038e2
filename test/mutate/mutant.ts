/** A mistake planted in a valid project, and what is to be said about it. */

/** Replaces the characters from `start` to `end` of a file. */
export interface Change {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Mutant {
  readonly kind: string;
  /** What was done where, for a person who looks at one that was missed. */
  readonly title: string;
  readonly changes: readonly Change[];
  readonly expected: Expectation;
  readonly oracle: Oracle;
}

/**
 * Who knows whether such a mutant is a mistake at all: the compiler, and a run of the real Mastra as well; such a run alone;
 * or nobody, and why.
 */
export type Oracle = 'tsc' | 'mastra' | { readonly none: string };

export interface Expectation {
  /** Ids of rules, any of these. */
  readonly rules: readonly string[];
  /** Any file when undefined. */
  readonly file: string | undefined;
  /** The finding's range is this text; any place in the file when undefined. */
  readonly text: string | undefined;
}

/** The text after the changes that concern `file`. They do not overlap. */
export function mutated(text: string, file: string, changes: readonly Change[]): string {
  let result = text;
  for (const change of changes.filter((each) => each.file === file).toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, change.start) + change.text + result.slice(change.end);
  }
  return result;
}
