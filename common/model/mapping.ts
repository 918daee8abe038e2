/** What the object form of `.map` reads: one entry for each `path` and each placeholder of a template. */
import type { Known } from './known.ts';
import type { Location, Range } from './text.ts';

/** Its place is the path, without quotes, or the whole placeholder. */
export interface MappingRead extends Location {
  /** The field of the mapping that takes the value. */
  readonly field: string;
  readonly form: 'path' | 'template';
  readonly source: ReadSource;
  /** The keys that lead from the source to the value, with their places; none for the whole value. */
  readonly keys: readonly PathKey[];
  readonly outcome: ReadOutcome;
}

export interface PathKey {
  readonly name: string;
  readonly range: Range;
}

export type ReadSource =
  | { readonly kind: 'step'; readonly id: Known<string>; readonly range: Range }
  /** The first of several steps that has a result. */
  | { readonly kind: 'steps' }
  | { readonly kind: 'initData' | 'inputData' | 'state' | 'requestContext' }
  /** A template's placeholder that Mastra refuses. */
  | { readonly kind: 'scope'; readonly name: string; readonly range: Range }
  | { readonly kind: 'malformed'; readonly problem: 'empty' | 'no-step' | 'no-key' }
  | { readonly kind: 'spaced'; readonly inside: Range; readonly trimmed: string };

/** Where the keys lead. */
export type ReadOutcome =
  | { readonly kind: 'found' }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** No such field at the key with this index. `similar` is a field there with a close name, when there is one. */
  | { readonly kind: 'missing'; readonly index: number; readonly similar?: string }
  /** The value before the key with this index is no object, but of the type `type`. */
  | { readonly kind: 'no-object'; readonly index: number; readonly type: string };
