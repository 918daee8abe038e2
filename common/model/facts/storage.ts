/** Where a project keeps the state of its runs. */
import type { FactBase } from './base.ts';

/** `new Mastra({ storage })`. The place is the value of `storage`; without one, the name of the class. */
export interface StorageFact extends FactBase {
  readonly kind: 'storage';
  /** Only what is certain: a storage that cannot be read is not in the model. */
  readonly storage: 'absent' | 'memory';
}

/** A database file that is named relative to the working directory. The place is the text between the quotes. */
export interface DatabaseFileFact extends FactBase {
  readonly kind: 'database-file';
  readonly url: string;
}
