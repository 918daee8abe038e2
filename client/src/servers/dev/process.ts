/** The process of `mastra dev`: leads a group of its own, and nothing of that group outlives it. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { withoutEscapes } from './lines.ts';

export interface DevProcessOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** One line that it, or its server, printed; without colours. */
  readonly onLine: (line: string) => void;
}

export interface DevExit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** Set when it could not be started at all. */
  readonly error: string | undefined;
  /** The last lines it printed. */
  readonly tail: readonly string[];
}

export interface DevProcess {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  readonly exited: Promise<DevExit>;
  /** Asks it to end, which ends its server too; ends the whole group after the grace time. Resolves when it is gone. */
  stop(graceMilliseconds?: number): Promise<DevExit>;
  /** Ends the whole group at once. */
  kill(): void;
}

const tailLines = 30;
const maxLine = 20_000;

export function startDevProcess(options: DevProcessOptions): DevProcess {
  const child = spawn(options.command, options.arguments, {
    cwd: options.directory,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const tail: string[] = [];
  const onLine = (raw: string): void => {
    const line = withoutEscapes(raw).trimEnd();
    if (line !== '') tail.push(line);
    if (tail.length > tailLines) tail.shift();
    options.onLine(line);
  };
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  const exited = exitOf(child, tail);
  const kill = (): void => endGroup(child);
  // The extension host may end before it was told to.
  process.once('exit', kill);
  void exited.then(() => process.off('exit', kill));
  return {
    pid: child.pid,
    exited,
    kill,
    async stop(graceMilliseconds = 4_000) {
      // On Windows there is no gentle end for a process without a window.
      if (process.platform === 'win32') kill();
      else child.kill('SIGTERM');
      const timer = setTimeout(kill, graceMilliseconds);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function exitOf(child: ChildProcess, tail: readonly string[]): Promise<DevExit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: undefined, signal: undefined, error: error.message, tail });
    });
    child.once('exit', (code, signal) => {
      // Its server holds the pipes: were it left alone, `close` would never come.
      endGroup(child);
      const end = (): void => {
        resolve({ code: code ?? undefined, signal: signal ?? undefined, error: undefined, tail });
      };
      const late = setTimeout(end, 1_000);
      child.once('close', () => {
        clearTimeout(late);
        end();
      });
    });
  });
}

/** Ends the process with everything that it started and that has not left its group. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }, () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended by itself, as it should.
  }
}

/** Ends a `mastra dev` that somebody else started, as one would in its terminal. False when that is not allowed. */
export function endForeign(pid: number): boolean {
  try {
    process.kill(pid, 'SIGTERM');
    return true;
  } catch {
    return false;
  }
}

/** Lines without their end; a line longer than the limit comes in pieces. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > maxLine) {
      onLine(rest);
      rest = '';
    }
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream.on('error', () => undefined);
}

/** `SIGKILL`, `exit code 1`, or why it could not be started. */
export function exitText(exit: DevExit): string {
  return exit.error ?? exit.signal ?? `exit code ${exit.code ?? 'unknown'}`;
}
