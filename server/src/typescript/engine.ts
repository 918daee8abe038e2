/**
 * The TypeScript engine of one workspace folder: owns the native process, tells it what changed, and hands out
 * consistent snapshots to read from.
 */
import { API, type Snapshot } from 'typescript/unstable/async';
import { findTypeScriptBinary } from './binary.ts';
import { programOf, type Program } from './program.ts';

/** One consistent state of all programs that the files of a read belong to. Valid only inside `Engine.read`. */
export interface ProgramSet {
  readonly programs: readonly Program[];
  /** The program of the nearest tsconfig that holds `file`, else an inferred one. */
  programFor(file: string): Promise<Program | undefined>;
}

export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
}

export type EngineState =
  { readonly kind: 'starting' } | { readonly kind: 'running' } | { readonly kind: 'stopped'; readonly reason: string };

export interface EngineOptions {
  /** Absolute path of the workspace folder, with forward slashes. */
  readonly folder: string;
  /** The unsaved text of a file that is open in the editor; undefined for every other file. Called very often. */
  buffer(file: string): string | undefined;
  log(message: string): void;
  onState?(state: EngineState): void;
}

export interface Engine {
  /** Buffer edits and disk changes since the last read; cheap. */
  changed(changes: FileChanges): void;
  /**
   * Runs `use` on one consistent snapshot in which every file of `files` belongs to a program (its tsconfig's, else an
   * inferred one). Rejects with `EngineStopped` when the process died meanwhile (it restarts; call again), and with an
   * AbortError when `signal` fires.
   */
  read<T>(files: readonly string[], use: (programs: ProgramSet) => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

/** The native process ended while it was needed. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
}

export function startEngine(options: EngineOptions): Engine {
  const api = new API({
    cwd: options.folder,
    tsserverPath: findTypeScriptBinary(),
    fs: { readFile: (file) => options.buffer(file) },
  });
  const open = new Set<string>();
  let pending = { changed: new Set<string>(), created: new Set<string>(), deleted: new Set<string>() };
  let current: Snapshot | undefined;
  let readers = new Map<Snapshot, number>();
  let queue: Promise<unknown> = Promise.resolve();

  async function update(files: readonly string[]): Promise<Snapshot> {
    const fresh = files.filter((file) => !open.has(file));
    const changes = pending;
    const dirty = changes.changed.size + changes.created.size + changes.deleted.size > 0;
    if (current !== undefined && !dirty && fresh.length === 0) return current;
    pending = { changed: new Set(), created: new Set(), deleted: new Set() };
    for (const file of fresh) open.add(file);
    const previous = current;
    current = await api.updateSnapshot({
      openFiles: fresh,
      fileChanges: { changed: [...changes.changed], created: [...changes.created], deleted: [...changes.deleted] },
    });
    if (previous !== undefined && !readers.has(previous)) await previous.dispose();
    return current;
  }

  function acquire(files: readonly string[]): Promise<Snapshot> {
    const next = queue.then(async () => {
      const snapshot = await update(files);
      readers.set(snapshot, (readers.get(snapshot) ?? 0) + 1);
      return snapshot;
    });
    queue = next.catch(() => undefined);
    return next;
  }

  async function release(snapshot: Snapshot): Promise<void> {
    const left = (readers.get(snapshot) ?? 1) - 1;
    if (left > 0) {
      readers.set(snapshot, left);
      return;
    }
    readers.delete(snapshot);
    if (snapshot !== current) await snapshot.dispose();
  }

  return {
    changed(changes) {
      for (const file of changes.changed ?? []) pending.changed.add(file);
      for (const file of changes.created ?? []) pending.created.add(file);
      for (const file of changes.deleted ?? []) pending.deleted.add(file);
    },
    async read(files, use, signal) {
      signal?.throwIfAborted();
      const snapshot = await acquire(files);
      try {
        signal?.throwIfAborted();
        return await use(programSet(snapshot));
      } finally {
        await release(snapshot);
      }
    },
    async close() {
      await queue;
      readers = new Map();
      await api.close();
    },
  };
}

function programSet(snapshot: Snapshot): ProgramSet {
  const programs = new Map(snapshot.getProjects().map((project) => [project.id, programOf(project)]));
  return {
    programs: [...programs.values()],
    async programFor(file) {
      const project = await snapshot.getDefaultProjectForFile(file);
      return project === undefined ? undefined : programs.get(project.id);
    },
  };
}
