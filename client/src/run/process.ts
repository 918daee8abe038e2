/** The child process that holds the runner: starts it, speaks with it, ends it, and says how it ended. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { NodeProgram } from './node.ts';
import { commandDescriptor, messageDescriptor } from './protocol.ts';
import type { RunnerCommand, RunnerMessage } from './protocol.ts';
import { parseMessage } from './schema.ts';

export interface RunnerExit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** The last of what native code and Node itself wrote to stderr. */
  readonly stderr: string;
  /** Set when the program could not be started at all. */
  readonly error: string | undefined;
}

export interface RunnerProcessOptions {
  readonly node: NodeProgram;
  /** dist/runner.mjs */
  readonly runner: string;
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onMessage: (message: RunnerMessage) => void;
  /** A line on the real stdout or stderr, from native code or a worker thread. */
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
  /** A line on the message pipe that is no message. */
  readonly onInvalid: (line: string) => void;
}

export interface RunnerProcess {
  /** Undefined when the program could not be started. */
  readonly pid: number | undefined;
  send(command: RunnerCommand): void;
  /** Resolves once, after the last message was delivered. */
  readonly exited: Promise<RunnerExit>;
  /** Lets the project shut down; kills the process when that takes longer. */
  close(graceMilliseconds: number): void;
  /** Asks the process to end, and ends it when it does not within the grace time. */
  kill(graceMilliseconds?: number): void;
}

const stderrKept = 8_000;
const maxLine = 100_000;

export function startRunner(options: RunnerProcessOptions): RunnerProcess {
  const child = spawn(options.node.path, ['--enable-source-maps', options.runner], {
    cwd: options.directory,
    env: { ...options.environment, ...options.node.environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let stderr = '';
  readLines(child.stdout, (line) => options.onLine('stdout', line));
  readLines(child.stderr, (line) => {
    stderr = `${stderr}${line}\n`.slice(-stderrKept);
    options.onLine('stderr', line);
  });
  readLines(
    pipe(child, messageDescriptor),
    (line) => {
      const message = parseMessage(line);
      if (message === undefined) options.onInvalid(line);
      else options.onMessage(message);
    },
    Infinity,
  );
  const commands = child.stdio[commandDescriptor] as Writable | null | undefined;
  // Writing to a process that just ended is not an error of its own; `exited` tells.
  commands?.on('error', () => undefined);
  const send = (command: RunnerCommand): void => {
    commands?.write(`${JSON.stringify(command)}\n`);
  };
  /** Runs `act` when the process is still there after a while. */
  const unlessEnded = (milliseconds: number, act: () => void): void => {
    const timer = setTimeout(act, milliseconds);
    child.once('close', () => clearTimeout(timer));
  };
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid,
    send,
    exited: exitOf(child, () => stderr),
    close(graceMilliseconds) {
      if (hasEnded()) return;
      send({ type: 'close' });
      unlessEnded(graceMilliseconds, () => child.kill('SIGKILL'));
    },
    kill(graceMilliseconds = 2_000) {
      if (hasEnded()) return;
      child.kill('SIGTERM');
      unlessEnded(graceMilliseconds, () => child.kill('SIGKILL'));
    },
  };
}

function exitOf(child: ChildProcess, stderr: () => string): Promise<RunnerExit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: undefined, signal: undefined, stderr: stderr(), error: error.message });
    });
    // `close` comes after all pipes are read to their end.
    child.once('close', (code, signal) => {
      resolve({ code: code ?? undefined, signal: signal ?? undefined, stderr: stderr(), error: undefined });
    });
  });
}

function pipe(child: ChildProcess, descriptor: number): Readable | undefined {
  return (child.stdio[descriptor] as Readable | null | undefined) ?? undefined;
}

/** Lines without their end. A line longer than `limit` is delivered in pieces. */
function readLines(stream: Readable | null | undefined, onLine: (line: string) => void, limit = maxLine): void {
  if (stream === null || stream === undefined) return;
  // Pieces are joined once per line: adding chunk to chunk would be quadratic for long lines.
  let pieces: string[] = [];
  let length = 0;
  const flush = (): void => {
    const line = pieces.join('');
    pieces = [];
    length = 0;
    onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = chunk.split('\n');
    parts.forEach((part, index) => {
      pieces.push(part);
      length += part.length;
      if (index < parts.length - 1 || length > limit) flush();
    });
  });
  stream.on('end', () => {
    if (length > 0) flush();
  });
  stream.on('error', () => undefined);
}
