/** The shipped esbuild, run as a command line tool; its errors as data. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { BuildError } from './problem.ts';

export type EsbuildResult =
  | { readonly kind: 'built'; readonly warnings: string }
  | { readonly kind: 'failed'; readonly errors: readonly BuildError[]; readonly output: string }
  /** The tool itself could not run. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface EsbuildOptions {
  readonly binary: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** The entry's text. */
  readonly input: string;
  readonly signal: AbortSignal;
}

const maxOutput = 200_000;

/** Never throws; an aborted build is `broken` with the reason "canceled". */
export function runEsbuild(options: EsbuildOptions): Promise<EsbuildResult> {
  return new Promise((resolve) => {
    if (options.signal.aborted) {
      resolve({ kind: 'broken', reason: 'canceled' });
      return;
    }
    const child = spawn(options.binary, options.arguments, {
      cwd: options.directory,
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      signal: options.signal,
    });
    let output = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk: string) => {
      if (output.length < maxOutput) output += chunk;
    });
    child.on('error', (error) => {
      resolve({ kind: 'broken', reason: options.signal.aborted ? 'canceled' : error.message });
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ kind: 'built', warnings: output.trim() });
      else if (signal !== null) resolve({ kind: 'broken', reason: `ended by ${signal}` });
      else resolve({ kind: 'failed', errors: parseErrors(output, options.directory), output: output.trim() });
    });
    // The tool may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

/** The errors in what esbuild prints with `--color=false`: `✘ [ERROR] text` and, indented below, `file:line:column:`. */
export function parseErrors(output: string, directory: string): readonly BuildError[] {
  return output
    .split(/^(?=[✘X] \[ERROR\] )/m)
    .filter((block) => /^[✘X] \[ERROR\] /.test(block))
    .map((block) => {
      const message = /^[✘X] \[ERROR\] (.*)/.exec(block)?.[1] ?? '';
      const place = /^ {4}(\S.*):(\d+):(\d+):\s*$/m.exec(block);
      const [, file, line, column] = place ?? [];
      return {
        message,
        file: file === undefined ? undefined : path.resolve(directory, file),
        line: line === undefined ? undefined : Number(line),
        // esbuild counts columns from 0.
        column: column === undefined ? undefined : Number(column) + 1,
      };
    });
}
