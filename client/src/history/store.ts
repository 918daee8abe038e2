/**
 * The folder of recorded runs. There is no index on disk: the list is read from the logs themselves, so it cannot be wrong or damaged,
 * and several windows that write into the same folder do not disturb each other.
 */
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeLog, encodeEvent, encodeHeader } from '../../../common/runlog/file.ts';
import type { DecodedLog, LogHeader } from '../../../common/runlog/file.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { exists, idOfFile, isLive, isRunId, newRunId, removeRun, runFiles, writeWhole } from './files.ts';
import { digestLog, summaryOf } from './summary.ts';
import type { LogDigest, RecordedRun } from './summary.ts';

export interface RunStore {
  /** Absolute. */
  readonly folder: string;
  /** All recorded runs, newest first. Empty when there is no folder yet. */
  list(): Promise<readonly RecordedRun[]>;
  /** A whole log. Rejects when the file cannot be read. */
  read(id: string): Promise<DecodedLog>;
  /** The text of a log as it stands in its file. */
  text(id: string): Promise<string>;
  pin(id: string, pinned: boolean): Promise<void>;
  /** Deletes those of the runs that are over; resolves with how many. */
  remove(ids: readonly string[]): Promise<number>;
  /** Writes a whole run at once; resolves with its id. */
  add(header: Omit<LogHeader, 'format' | 'version' | 'id'>, events: Iterable<RunEventBody>): Promise<string>;
  /** Takes over a log that was exported: lines that this version does not know are kept. `from` says where it came from. */
  import(text: string, from: string): Promise<ImportResult>;
  /** Deletes the oldest runs until the rest is within the caps. Pinned runs stay, and those being written. */
  prune(caps: HistoryCaps): Promise<number>;
}

export interface HistoryCaps {
  readonly maxRuns: number;
  readonly maxBytes: number;
}

export type ImportResult =
  | { readonly kind: 'imported'; readonly id: string; readonly log: Extract<DecodedLog, { kind: 'log' }> }
  /** It is in the history already, e.g. because it was exported from there. */
  | { readonly kind: 'present'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Logs that are read at a time. */
const parallel = 16;

/** `folder` is made with the first run. */
export function createRunStore(folder: string): RunStore {
  /** Logs only change by growing. */
  const digests = new Map<string, { readonly size: number; readonly modified: number; readonly digest: LogDigest }>();

  const digestOf = async (id: string): Promise<LogDigest> => {
    const { log } = runFiles(folder, id);
    const { size, mtimeMs: modified } = await stat(log);
    const known = digests.get(id);
    if (known?.size === size && known.modified === modified) return known.digest;
    const digest = await digestLog(log, id);
    digests.set(id, { size, modified, digest });
    return digest;
  };

  const entryOf = async (id: string, names: ReadonlySet<string>): Promise<RecordedRun | undefined> => {
    const files = runFiles(folder, id);
    try {
      const live = names.has(path.basename(files.live)) && (await isLive(files));
      return summaryOf(await digestOf(id), { live, pinned: names.has(path.basename(files.pinned)) });
    } catch (error) {
      // Another window may just have deleted it.
      if (!(await exists(files.log))) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'unreadable', id, reason, startedAt: 0, bytes: 0, pinned: false };
    }
  };

  const list = async (): Promise<readonly RecordedRun[]> => {
    const names = new Set(await readdir(folder).catch(noFolder));
    const ids = [...names].map(idOfFile).filter((id) => id !== undefined);
    for (const known of digests.keys())
      if (!names.has(path.basename(runFiles(folder, known).log))) digests.delete(known);
    const runs: RecordedRun[] = [];
    for (let start = 0; start < ids.length; start += parallel) {
      const entries = await Promise.all(ids.slice(start, start + parallel).map((id) => entryOf(id, names)));
      runs.push(...entries.filter((entry) => entry !== undefined));
    }
    return runs.sort((a, b) => b.startedAt - a.startedAt || b.id.localeCompare(a.id));
  };

  const write = async (id: string, text: string): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(runFiles(folder, id).log, text);
  };

  const text = (id: string): Promise<string> => readFile(runFiles(folder, id).log, 'utf8');

  return {
    folder,
    list,
    text,
    read: async (id) => decodeLog(await text(id)),
    async pin(id, pinned) {
      const { pinned: marker } = runFiles(folder, id);
      if (pinned) await writeFile(marker, '');
      else await rm(marker, { force: true });
    },
    async remove(ids) {
      const wanted = new Set(ids);
      // Its own end may be written and its writer not be done yet, so the marker alone does not tell.
      const found = (await list()).filter((run) => wanted.has(run.id) && !isRunning(run));
      for (const { id } of found) await removeRun(runFiles(folder, id));
      return found.length;
    },
    async add(header, events) {
      const id = newRunId(header.startedAt);
      let lines = encodeHeader({ ...header, id });
      let seq = 0;
      for (const event of events) lines += encodeEvent({ ...event, seq: seq++ });
      await write(id, lines);
      return id;
    },
    async import(given, from) {
      const log = decodeLog(given);
      if (log.kind === 'refused') return log;
      const { id } = log.header;
      if (!isRunId(id)) {
        return { kind: 'refused', reason: 'The header, which is the first line, is damaged at id.' };
      }
      if (await exists(runFiles(folder, id).log)) return { kind: 'present', id };
      const header = encodeHeader({ ...log.header, imported: { at: Date.now(), from } });
      const end = given.indexOf('\n');
      await write(id, header + (end === -1 ? '' : given.slice(end + 1)));
      return { kind: 'imported', id, log };
    },
    async prune({ maxRuns, maxBytes }) {
      const runs = await list();
      const total = runs.reduce((sum, { bytes }) => sum + bytes, 0);
      const droppable = runs.filter((run) => !run.pinned && !isRunning(run));
      let count = runs.length;
      let bytes = total;
      const dropped: string[] = [];
      for (const run of droppable.toSorted((a, b) => keptSince(a) - keptSince(b))) {
        if (count <= maxRuns && bytes <= maxBytes) break;
        dropped.push(run.id);
        count -= 1;
        bytes -= run.bytes;
      }
      for (const id of dropped) await removeRun(runFiles(folder, id));
      return dropped.length;
    },
  };
}

/** What somebody has just imported is not old, however long ago it ran. */
function keptSince(run: RecordedRun): number {
  return run.kind === 'run' ? (run.header.imported?.at ?? run.startedAt) : run.startedAt;
}

function isRunning(run: RecordedRun): boolean {
  return run.kind === 'run' && run.status === 'running';
}

function noFolder(error: unknown): readonly string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
