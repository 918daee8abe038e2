/** A call of `createRun` (or, in 0.17 to 0.24, `createRunAsync`) of a workflow; its range is the name of the method. */
import type { FileEdit, Range } from '../text.ts';
import type { FactBase } from './base.ts';

export interface CreateRunFact extends FactBase {
  readonly kind: 'create-run';
  readonly method: 'createRun' | 'createRunAsync';
  /**
   * `awaited`: by `await`, `.then(...)`, `return` or as an argument; `used`: its result is used as if it were a run;
   * `unknown`: cannot be told.
   */
  readonly result: 'awaited' | 'used' | 'unknown';
  /** Where the result is used as if it were a run. */
  readonly use?: CreateRunUse;
  /** The edits that await the call; undefined where it is awaited, or where `await` cannot stand. */
  readonly awaiting?: readonly FileEdit[];
}

/** `run.start(...)`, `run.runId` or `const { start } = ...` on what is a promise. */
export interface CreateRunUse {
  readonly member: string;
  readonly called: boolean;
  readonly range: Range;
}
