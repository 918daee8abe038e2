/** Where a project keeps the state of its runs. */
import type { FactBase } from './base.ts';

/** `new Mastra({ storage })`. The place is the value of `storage`; without one, the name of the class. */
export interface StorageFact extends FactBase {
  readonly kind: 'storage';
  /** `other`: one that outlives the process, or that cannot be read. */
  readonly storage: 'absent' | 'memory' | 'other';
}

/** `mastra.setStorage(...)`: what the options of `new Mastra` say is not the last word. */
export interface StorageChangeFact extends FactBase {
  readonly kind: 'storage-change';
}

/** A database file that is named relative to the working directory. The place is the text between the quotes. */
export interface DatabaseFileFact extends FactBase {
  readonly kind: 'database-file';
  readonly url: string;
}
