/** A call of `createRun` (or, in 0.17 to 0.24, `createRunAsync`) of a workflow. */
import type { FactBase } from './base.ts';

export interface CreateRunFact extends FactBase {
  readonly kind: 'create-run';
  readonly method: 'createRun' | 'createRunAsync';
  /**
   * `awaited`: by `await`, `.then(...)`, `return` or as an argument; `used`: its result is used as if it were a run;
   * `unknown`: cannot be told.
   */
  readonly result: 'awaited' | 'used' | 'unknown';
}
