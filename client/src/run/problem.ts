/** Everything that can keep a run from starting or end it from outside, as data. messages.ts puts it into words. */
import type { RunError } from '../../../common/runlog/events.ts';
import type { ServerProblem } from './http/problem.ts';

export interface BuildError {
  readonly message: string;
  /** Absolute. */
  readonly file: string | undefined;
  /** From 1, as compilers print them. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export type RunProblem =
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'node-missing'; readonly needed: string; readonly found: readonly string[] }
  | {
      readonly kind: 'node-setting';
      readonly needed: string;
      readonly path: string;
      readonly found: string | undefined;
    }
  | { readonly kind: 'no-project'; readonly file: string }
  | { readonly kind: 'entry-setting'; readonly entry: string }
  | { readonly kind: 'not-writable'; readonly folder: string; readonly reason: string }
  | { readonly kind: 'build-failed'; readonly errors: readonly BuildError[]; readonly output: string }
  | { readonly kind: 'bundler-failed'; readonly reason: string }
  | { readonly kind: 'core-missing'; readonly folder: string }
  | { readonly kind: 'load-failed'; readonly error: RunError }
  | {
      readonly kind: 'workflow-not-found';
      readonly workflow: string;
      readonly file: string;
      readonly hasEntry: boolean;
    }
  | { readonly kind: 'not-committed'; readonly workflow: string }
  | { readonly kind: 'start-failed'; readonly error: RunError }
  /** The server that has the run is not in the list any more. */
  | { readonly kind: 'server-gone'; readonly server: string }
  /** The data does not fit, or the run is not suspended there: it is as it was before. */
  | { readonly kind: 'resume-refused'; readonly error: RunError }
  /** The author's code ended the process, before or during the run. */
  | { readonly kind: 'exited'; readonly code: number; readonly step: string | undefined; readonly error: RunError }
  | { readonly kind: 'uncaught'; readonly step: string | undefined; readonly error: RunError }
  | { readonly kind: 'out-of-memory' }
  | {
      readonly kind: 'crashed';
      readonly code: number | undefined;
      readonly signal: string | undefined;
      readonly stderr: string;
    }
  | { readonly kind: 'runner-failed'; readonly reason: string }
  /** A `mastra dev` or remote server; http/words.ts has the words. */
  | { readonly kind: 'server'; readonly problem: ServerProblem }
  | { readonly kind: 'canceled' };

export class RunFailure extends Error {
  readonly problem: RunProblem;
  constructor(problem: RunProblem) {
    super(problem.kind);
    this.name = 'RunFailure';
    this.problem = problem;
  }

  /** Parts of the extension that are bundles of their own bring a class of their own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'RunFailure' && 'problem' in value;
  }
}
