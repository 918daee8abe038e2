/** A comment `mastra-ignore-next-line <rule>, <rule> -- <reason>`. */
import type { Range } from '../text.ts';
import type { FactBase } from './base.ts';

export interface SuppressionFact extends FactBase {
  readonly kind: 'suppression';
  /** What is written where rules are named, known or not, in source order. */
  readonly rules: readonly SuppressedRule[];
  /** The text behind ` -- `. */
  readonly reason: string | undefined;
  /**
   * The lines in which findings that begin there are suppressed: the next one with code in it, and where a text of several
   * lines begins in that line, all of its lines. Undefined when no code follows.
   */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** The file does not parse: what is not found in it now may be found when it does. */
  readonly broken: boolean;
  /** What an editor deletes to be rid of the comment: its whole line where nothing else stands there. */
  readonly removal: Range;
}

export interface SuppressedRule {
  readonly name: string;
  readonly range: Range;
}
