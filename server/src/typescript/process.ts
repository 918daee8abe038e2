/**
 * One life of the native TypeScript process. The async client of the 7.0 API never settles its promises when the process
 * dies, and waits for ever when it hangs; here every request ends: answered, or rejected with `EngineStopped`.
 */
import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { API } from 'typescript/unstable/async';
import { findTypeScriptBinary } from './binary.ts';

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
  const api = new API({
    cwd: options.folder,
    tsserverPath: binary,
    fs: { readFile: (file) => options.readFile(file) },
  });
  const client = clientOf(api);
  try {
    await client.connect();
  } catch (error) {
    throw new EngineStopped(messageOf(error));
  }
  const child = client.process;
  if (child === undefined) throw new EngineStopped('The TypeScript process did not start.');

  alive.add(child);
  if (child.stdin !== null) joinMessages(child.stdin);
  let reason: string | undefined;
  const waiting = new Set<(error: Error) => void>();
  const ended = new Promise<string>((resolve) => {
    const end = (words: string) => {
      alive.delete(child);
      reason ??= words;
      for (const reject of waiting) reject(new EngineStopped(reason));
      waiting.clear();
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
    child?.kill('SIGKILL');
  }

  const send = client.apiRequest.bind(client);
  const watch = watchSeconds(options.requestSeconds, (method) => {
    kill(`The TypeScript process did not answer "${method}" within ${String(options.requestSeconds)} seconds.`);
  });
  client.apiRequest = (method, params) => {
    if (reason !== undefined) return Promise.reject(new EngineStopped(reason));
    return new Promise((resolve, reject) => {
      const answered = watch(method);
      const settle = () => {
        answered();
        waiting.delete(reject);
      };
      waiting.add(reject);
      send(method, params).then(
        (result) => {
          settle();
          resolve(result);
        },
        (error: unknown) => {
          settle();
          reject(reason === undefined ? toError(error) : new EngineStopped(reason));
        },
      );
    });
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
  };
}

/**
 * The client writes the head of every message by itself and waits until that is through. A cold analysis sends thousands
 * of short messages: each goes out in one piece here. The head is the part that is a string.
 */
function joinMessages(input: Writable): void {
  const write = input.write.bind(input);
  let head: Buffer | undefined;
  input.write = (chunk: unknown, ...rest: readonly unknown[]) => {
    const done = rest.find(isWritten);
    if (typeof chunk === 'string' && done !== undefined) {
      head = Buffer.concat([head ?? Buffer.alloc(0), Buffer.from(chunk)]);
      done(null);
      return true;
    }
    const body = head === undefined || !(chunk instanceof Uint8Array) ? chunk : Buffer.concat([head, chunk]);
    head = undefined;
    return write(body, (error) => done?.(error));
  };
}

function isWritten(argument: unknown): argument is (error: Error | null | undefined) => void {
  return typeof argument === 'function';
}

/**
 * Calls `overdue` with the name of a request that runs for `seconds`. Counts ticks and not the clock, so that time in
 * which the computer sleeps does not count.
 */
function watchSeconds(seconds: number, overdue: (method: string) => void): (method: string) => () => void {
  const running = new Map<symbol, { readonly method: string; ticks: number }>();
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    for (const request of running.values()) {
      request.ticks += 1;
      if (request.ticks === seconds + 1) overdue(request.method);
    }
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  return (method) => {
    const key = Symbol(method);
    running.set(key, { method, ticks: 0 });
    timer ??= setInterval(tick, 1000).unref();
    return () => running.delete(key);
  };
}

/**
 * The parts of the API's private client that are needed to see the process end. They are not in its declarations, hence
 * the check at run time; `typescript` is pinned to an exact version.
 */
interface NativeClient {
  readonly process?: ChildProcess;
  connect(): Promise<void>;
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
    ['connect', 'close', 'apiRequest'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

function findBinary(): string {
  try {
    return findTypeScriptBinary();
  } catch (error) {
    throw new EngineStopped(messageOf(error));
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function messageOf(error: unknown): string {
  return toError(error).message;
}
