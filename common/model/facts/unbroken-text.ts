/** A template literal or an element of JSX over several lines: between its first and its last line no comment can stand. */
import type { FactBase } from './base.ts';

export interface UnbrokenTextFact extends FactBase {
  readonly kind: 'unbroken-text';
}
