/** Starting other programs, and saying how long each phase took. */
import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { root } from './paths.ts';

export interface Finished {
  /** Null when it was ended by a signal or by `timeout`. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** Standard output and standard error as they came; empty when `show` is `live`. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For Windows, where `npm` and `code` are scripts. */
  readonly shell?: boolean;
  /** Milliseconds; the program and all that it started are killed after it. */
  readonly timeout?: number;
  /** `at-end` keeps what several programs print at the same time apart. */
  readonly show: 'live' | 'at-end' | 'on-failure' | 'never';
}

/** No limit: the longest timer there is, 24 days. */
const longest = 2 ** 31 - 1;

const running = new Set<ChildProcess>();

/** Runs a program to its end. Rejects only when it cannot be started. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const stdio: StdioOptions = options.show === 'live' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
  // A process group of its own, so that what it started can be ended with it.
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
    shell: options.shell ?? false,
  });
  running.add(child);
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const limit = AbortSignal.timeout(options.timeout ?? longest);
  limit.addEventListener('abort', () => killGroup(child));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (options.show === 'at-end' || (options.show === 'on-failure' && code !== 0)) process.stdout.write(output);
    return { code, timedOut: limit.aborted, output };
  } finally {
    running.delete(child);
  }
}

/** Ends a program that was started with `detached: true`, and everything that it started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ends all programs that are still running; for Ctrl+C. */
export function killAll(): void {
  for (const child of running) killGroup(child);
}

/** Prints `name` with the seconds that `work` took. */
export async function phase<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  console.log(`- ${name} ...`);
  const result = await work();
  console.log(`- ${name}: ${seconds(start)} s`);
  return result;
}

/** Seconds since `start` (of performance.now()), with one decimal. */
export function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

/** Runs a command's script: the outcome is its exit code, an error's message is all that is printed about it. */
export async function main(script: () => Promise<number>): Promise<never> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      killAll();
      process.exit(130);
    });
  }
  try {
    process.exit(await script());
  } catch (error) {
    console.error(error instanceof Error ? (process.env['DEBUG'] === undefined ? error.message : error.stack) : error);
    killAll();
    process.exit(1);
  }
}
