/** The files of one recorded run: its log, and beside it two markers: that it is pinned, and that it is being written. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { logSuffix } from '../../../common/runlog/file.ts';

export interface RunFiles {
  readonly id: string;
  readonly log: string;
  /** There while the run is pinned. */
  readonly pinned: string;
  /** There while the run is recorded; touched at intervals, so that a marker left behind by a crash is recognised. */
  readonly live: string;
}

/** How often a writer says that it is alive, and after which silence it counts as dead. Generous: a debugger may stop it. */
export const beatMilliseconds = 5_000;
const silenceMilliseconds = 30_000;

export function runFiles(folder: string, id: string): RunFiles {
  const base = path.join(folder, id);
  return { id, log: `${base}${logSuffix}`, pinned: `${base}.pinned`, live: `${base}.live` };
}

/** The id of a log by the name of its file; undefined for other files. */
export function idOfFile(name: string): string | undefined {
  return name.endsWith(logSuffix) && name.length > logSuffix.length ? name.slice(0, -logSuffix.length) : undefined;
}

/** True for what may be the name of a file: a log from elsewhere says its id itself. */
export function isRunId(id: string): boolean {
  return /^\w[\w.-]{0,99}$/.test(id);
}

/** Sorts by time, and differs between windows that start a run in the same second. */
export function newRunId(time: number): string {
  const stamp = new Date(time).toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${stamp}-${randomBytes(4).toString('hex')}`;
}

/** Says that this process writes the log; makes the folder when it is missing. */
export async function markLive(files: RunFiles): Promise<void> {
  await mkdir(path.dirname(files.log), { recursive: true, mode: 0o700 });
  await writeFile(files.live, JSON.stringify({ process: process.pid, host: os.hostname() }));
}

/** Never rejects: when the marker is gone, so is the log, which its writer finds out by itself. */
export async function beat(files: RunFiles): Promise<void> {
  const now = new Date();
  await utimes(files.live, now, now).catch(() => undefined);
}

/** True while some process writes the log: this one, or that of another window. */
export async function isLive(files: RunFiles, now = Date.now()): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(files.live, 'utf8'), stat(files.live)]);
    if (now - mtimeMs > silenceMilliseconds) return false;
    const writer = /^\{"process":(\d+),"host":(".*")\}$/.exec(text);
    // Just being written.
    if (writer === null) return true;
    return JSON.stringify(os.hostname()) !== writer[2] || isProcess(Number(writer[1]));
  } catch {
    return false;
  }
}

export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** A file that is there with all of its text or not at all, whenever its writer dies: it has another name first. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    // Inputs and outputs are nobody else's business.
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Deletes a run. Another window may have been faster. */
export async function removeRun(files: RunFiles): Promise<void> {
  await Promise.all([files.log, files.pinned, files.live].map((file) => rm(file, { force: true })));
}

function isProcess(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
