/** Which names of other modules, and which of its own workflows, the code of a file uses. At most one for each file. */
import type { FactBase } from './base.ts';

export interface MentionsFact extends FactBase {
  readonly kind: 'mentions';
  /** Names of other modules of the project, as those call them. */
  readonly names: readonly string[];
  /** Declared names of workflows of this file that are used beyond their chain and their export. */
  readonly own: readonly string[];
  /** The files whose exports may all be meant, because a module of the project is used as one object. */
  readonly whole: readonly string[];
}
