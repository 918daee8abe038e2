/**
 * The TypeScript engine of one workspace folder: starts the native process when it is first needed, tells it what
 * changed, hands out consistent snapshots to read from, and starts it again when it dies. Nothing is lost by that: the
 * engine's only state is the editor's buffers and the disk, which a new process reads afresh.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { declarationForAnalysis, isRewordedDeclaration } from './declarations.ts';
import { createSession, type FileChanges, type Lease, type ProgramSet, type Session } from './engine-session.ts';
import { EngineStopped, startProcess, type NativeProcess } from './process.ts';
import { originalOfConfig } from './side-by-side.ts';
import { configForAnalysis, configForLooseFiles, isConfigFile } from './tsconfig.ts';

export type { FileChanges, ProgramSet } from './engine-session.ts';
export { EngineStopped } from './process.ts';

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly processId: number | undefined }
  /** Reading starts it again, at the earliest after `retryMilliseconds`. */
  | {
      readonly kind: 'stopped';
      readonly reason: string;
      readonly failures: number;
      readonly retryMilliseconds: number;
    };

export interface EngineOptions {
  /** Absolute path of the workspace folder, with forward slashes. */
  readonly folder: string;
  /** The unsaved text of a file that is open in the editor; undefined for every other file. Called very often. */
  buffer(file: string): string | undefined;
  readonly log: (message: string) => void;
  onState?(state: EngineState): void;
  /** How many programs check the files of one config side by side. Default 1. */
  readonly programsPerConfig?: number;
  /** A request to the native process that takes longer means that it hangs; it is started anew then. Default 60. */
  readonly requestSeconds?: number;
}

export interface Engine {
  /** Buffer edits and disk changes since the last read; cheap. */
  changed(changes: FileChanges): void;
  /**
   * Runs `use` on one consistent snapshot in which every file of `files` that exists belongs to a program (its
   * tsconfig's, else the one of files outside every tsconfig). Rejects with `EngineStopped` when the process died
   * meanwhile (call again: the next read waits for the new process), and with an AbortError when `signal` fires.
   */
  read<T>(files: readonly string[], use: (programs: ProgramSet) => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): Promise<void>;
  /** Ends the process without waiting for it: for programs that are about to end, too. */
  abandon(): void;
}

interface Life {
  readonly process: NativeProcess;
  readonly session: Session;
}

const defaultRequestSeconds = 60;
const firstRetryMilliseconds = 250;
const longestRetryMilliseconds = 30_000;
/** A process that lived so long has not failed because of how it was started. */
const healthyMilliseconds = 60_000;

export function startEngine(options: EngineOptions): Engine {
  const looseConfig = `${options.folder}/tsconfig.outside-any-project.json`;
  const closing = new AbortController();
  let looseFiles = new Set<string>();
  let life: Promise<Life> | undefined;
  let failures = 0;
  let notBefore = 0;
  let pending = noChanges();
  let queue: Promise<unknown> = Promise.resolve();

  function readFile(file: string): string | undefined {
    const buffer = options.buffer(file);
    if (buffer === undefined && isRewordedDeclaration(file)) {
      const text = readText(file);
      return text === undefined ? undefined : declarationForAnalysis(file, text);
    }
    if (!file.endsWith('.json')) return buffer;
    const config = originalOfConfig(file);
    if (config === looseConfig) return configForLooseFiles([...looseFiles]);
    if (!isConfigFile(file) || file.includes('/node_modules/')) return buffer;
    const text = readText(config);
    if (text === undefined) return undefined;
    return configForAnalysis(config, text, readText) ?? (config === file ? buffer : text);
  }

  function readText(file: string): string | undefined {
    try {
      return options.buffer(file) ?? readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  }

  async function begin(): Promise<Life> {
    const wait = notBefore - Date.now();
    if (wait > 0) await delay(wait, undefined, { signal: closing.signal });
    options.onState?.({ kind: 'starting' });
    // The new process reads every file afresh, in the state the changes led to.
    pending = noChanges();
    looseFiles = new Set();
    const started = Date.now();
    try {
      const process = await startProcess({
        folder: options.folder,
        readFile,
        requestSeconds: options.requestSeconds ?? defaultRequestSeconds,
      });
      void process.ended.then((reason) => {
        if (!closing.signal.aborted) failed(reason, started);
      });
      options.onState?.({ kind: 'running', processId: process.processId });
      return {
        process,
        session: createSession({
          process,
          looseConfig,
          looseFiles,
          programsPerConfig: options.programsPerConfig ?? 1,
          log: options.log,
        }),
      };
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error), started);
      throw error;
    }
  }

  function failed(reason: string, started: number): void {
    life = undefined;
    failures = Date.now() - started > healthyMilliseconds ? 1 : failures + 1;
    const retryMilliseconds = Math.min(firstRetryMilliseconds * 2 ** (failures - 1), longestRetryMilliseconds);
    notBefore = Date.now() + retryMilliseconds;
    options.log(`${reason} Starting it again in ${String(retryMilliseconds)} ms.`);
    options.onState?.({ kind: 'stopped', reason, failures, retryMilliseconds });
  }

  /** One snapshot after the other: each takes in all changes that came before it. */
  function acquire(files: readonly string[]): Promise<{ readonly process: NativeProcess; readonly lease: Lease }> {
    const next = queue.then(async () => {
      if (closing.signal.aborted) throw new EngineStopped('The TypeScript engine was closed.');
      life ??= begin();
      const { process, session } = await life;
      const changes = pending;
      pending = noChanges();
      try {
        return { process, lease: await session.acquire(files, frozen(changes)) };
      } catch (error) {
        // The changes may or may not have arrived: only a new process is sure to know them.
        const reason = error instanceof Error ? error.message : String(error);
        process.kill(`The TypeScript process could not take in a change: ${reason}`);
        await process.ended;
        throw new EngineStopped(reason);
      }
    });
    queue = next.catch(() => undefined);
    return next;
  }

  async function readOnce<T>(
    files: readonly string[],
    use: (programs: ProgramSet) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { process, lease } = await acquire(files);
    // What nobody waits for any more fails at once, and does not keep the process from the next read.
    signal?.addEventListener('abort', lease.release, { once: true });
    try {
      signal?.throwIfAborted();
      const result = await use(lease.programs);
      // Analysis takes a failed question as "unknown"; when the process is gone, that is not an answer.
      if (process.hasEnded()) throw new EngineStopped(await process.ended);
      return result;
    } catch (error) {
      throw process.hasEnded() ? new EngineStopped(await process.ended) : error;
    } finally {
      signal?.removeEventListener('abort', lease.release);
      lease.release();
    }
  }

  return {
    changed(changes) {
      for (const file of changes.changed ?? []) pending.changed.add(file);
      for (const file of changes.created ?? []) {
        pending.deleted.delete(file);
        pending.created.add(file);
      }
      for (const file of changes.deleted ?? []) {
        pending.created.delete(file);
        pending.changed.delete(file);
        pending.deleted.add(file);
      }
      pending.everything ||= changes.everything === true;
    },
    async read(files, use, signal) {
      signal?.throwIfAborted();
      const result = readOnce(files, use, signal);
      return signal === undefined ? result : untilAborted(result, signal);
    },
    async close() {
      closing.abort();
      const last = await life?.catch(() => undefined);
      await last?.process.close();
    },
    abandon() {
      closing.abort();
      void life?.then(
        ({ process }) => process.abandon(),
        () => undefined,
      );
    },
  };
}

interface PendingChanges {
  readonly changed: Set<string>;
  readonly created: Set<string>;
  readonly deleted: Set<string>;
  everything: boolean;
}

function noChanges(): PendingChanges {
  return { changed: new Set(), created: new Set(), deleted: new Set(), everything: false };
}

function frozen(changes: PendingChanges): FileChanges {
  return {
    changed: [...changes.changed],
    created: [...changes.created],
    deleted: [...changes.deleted],
    everything: changes.everything,
  };
}

/** The result, or an AbortError as soon as `signal` fires. */
async function untilAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(new DOMException('The read was cancelled.', 'AbortError'));
    };
    signal.addEventListener('abort', abort, { once: true });
    result
      .finally(() => {
        signal.removeEventListener('abort', abort);
      })
      .then(resolve, reject);
  });
}
