/** Why `mastra dev` is not there, as data. words.ts puts it into sentences. */
import type { RunProblem } from '../../run/problem.ts';

export type DevProblem =
  | { readonly kind: 'cli-missing'; readonly root: string; readonly install: string }
  | { readonly kind: 'node'; readonly problem: RunProblem }
  | { readonly kind: 'port-taken'; readonly port: number }
  /** The lock names a process that lives and does not answer. */
  | { readonly kind: 'silent'; readonly pid: number; readonly command: string | undefined }
  /** It ended while it started. */
  | { readonly kind: 'exited'; readonly reason: string; readonly tail: readonly string[] }
  /** Its server ended while it started. */
  | { readonly kind: 'died' }
  | { readonly kind: 'canceled' };
