/**
 * One life of the native TypeScript process. The async client of the 7.0 API never settles its promises when the process
 * dies, and waits for ever when it hangs; here every request ends: answered, or rejected with `EngineStopped`.
 */
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { API } from 'typescript/unstable/async';
import { findTypeScriptBinary } from './binary.ts';
import { connect, type Connection } from './messages.ts';

/** The native process ended while it was needed. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
}

export interface ProcessOptions {
  /** Absolute path; the process's working directory. */
  readonly folder: string;
  /** Text of a file; undefined to have the process read it from disk. */
  readFile(file: string): string | undefined;
  /** A request that takes longer means that the process hangs; it is killed then. */
  readonly requestSeconds: number;
}

export interface NativeProcess {
  readonly api: API;
  readonly processId: number | undefined;
  /** Resolves once, with the reason in words, when the process has ended for whatever cause. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** Ends it at once, for `reason`. */
  kill(reason: string): void;
  /** Lets it end by itself, or kills it when it does not. */
  close(): Promise<void>;
  /** Ends it, and does not keep this process from ending before the system has taken back all of its memory. */
  abandon(): void;
}

/** How long a process may take to end by itself after its input was closed. */
const closeMilliseconds = 2000;

/** Processes to take along when this one ends, however early that is. */
const alive = new Set<ChildProcess>();

/**
 * A native process whose input is closed while it waits for the text of a file never ends: its clean-up waits for a lock
 * that the waiting request holds. Whatever ends this process in an orderly way has to kill it; for what does not (a
 * crash), the editor kills the whole group of the server's processes.
 */
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts the process. Rejects with `EngineStopped` when it cannot be started. */
export async function startProcess(options: ProcessOptions): Promise<NativeProcess> {
  const binary = findBinary();
  const api = new API({ cwd: options.folder, tsserverPath: binary });
  const client = clientOf(api);
  const child = await spawnProcess(binary, options.folder);
  alive.add(child);
  let reason: string | undefined;
  const ended = new Promise<string>((resolve) => {
    const end = (words: string) => {
      alive.delete(child);
      reason ??= words;
      clearInterval(watch);
      connection.fail(new EngineStopped(reason));
      resolve(reason);
    };
    child.once('exit', (code, signal) => {
      end(
        signal === null
          ? `The TypeScript process ended with exit code ${String(code)}.`
          : `The TypeScript process was ended by ${signal}.`,
      );
    });
    child.once('error', (error) => {
      end(error.message);
    });
  });

  function kill(words: string): void {
    reason ??= words;
    child.kill('SIGKILL');
  }

  const connection = connect(child.stdout, child.stdin, (method, params) => answerOf(options, method, params));
  // In place of the client's own connection, which takes a turn of the event loop for each of thousands of messages.
  client.process = child;
  client.connection = connection;
  client.connected = true;
  const watch = setInterval(() => {
    const method = connection.overdue(options.requestSeconds);
    if (method === undefined) return;
    kill(`The TypeScript process did not answer "${method}" within ${String(options.requestSeconds)} seconds.`);
  }, 1000).unref();
  /** Snapshots that nobody reads: what is still asked about them is not worth the process's time. */
  const released = new Set<unknown>();
  client.apiRequest = (method, params) => {
    if (reason !== undefined) return Promise.reject(new EngineStopped(reason));
    const snapshot = snapshotOf(params);
    if (snapshot !== undefined && released.has(snapshot)) return Promise.reject(new Error('The snapshot is gone.'));
    if (method === 'release') released.add(snapshot);
    return connection.sendRequest({ method }, params);
  };

  return {
    api,
    processId: child.pid,
    ended,
    hasEnded: () => reason !== undefined,
    kill,
    async close() {
      reason ??= 'The TypeScript process was closed.';
      await client.close();
      const timer = setTimeout(() => child.kill('SIGKILL'), closeMilliseconds);
      await ended;
      clearTimeout(timer);
    },
    abandon() {
      kill('The TypeScript process was closed.');
      child.unref();
      child.stdin.destroy();
      child.stdout.destroy();
    },
  };
}

/** Resolves when the process runs; rejects with `EngineStopped` when it cannot be started. */
function spawnProcess(binary: string, folder: string): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  return new Promise((resolve, reject) => {
    const parameters = ['--api', '--async', '--cwd', folder, '--callbacks=readFile'];
    const child = spawn(binary, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.once('spawn', () => {
      resolve(child);
    });
    child.once('error', (error) => {
      reject(new EngineStopped(error.message));
    });
  });
}

/** The snapshot that a request is about. */
function snapshotOf(params: unknown): unknown {
  return typeof params === 'object' && params !== null && 'snapshot' in params ? params.snapshot : undefined;
}

/** What the process asks for: the text of a file, or null to have it read from disk. */
function answerOf(options: ProcessOptions, method: string, params: unknown): unknown {
  if (method !== 'readFile' || typeof params !== 'string') throw new Error(`"${method}" is not answered here.`);
  const text = options.readFile(params);
  return text === undefined ? null : { content: text };
}

/**
 * The parts of the API's private client that are needed to see the process end. They are not in its declarations, hence
 * the check at run time; `typescript` is pinned to an exact version.
 */
interface NativeClient {
  process?: ChildProcess;
  connection?: Connection;
  connected: boolean;
  close(): Promise<void>;
  apiRequest(method: string, params: unknown): Promise<unknown>;
}

function clientOf(api: API): NativeClient {
  const client: unknown = Reflect.get(api, 'client');
  if (!isNativeClient(client)) throw new EngineStopped('This version of the TypeScript API is not supported.');
  return client;
}

function isNativeClient(value: unknown): value is NativeClient {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['close', 'apiRequest'].every((name) => typeof Reflect.get(value, name) === 'function') &&
    typeof Reflect.get(value, 'connected') === 'boolean'
  );
}

function findBinary(): string {
  try {
    return findTypeScriptBinary();
  } catch (error) {
    throw new EngineStopped(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
