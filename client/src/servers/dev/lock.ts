/** `.mastra/dev.lock`: how `mastra dev` says that it runs in a folder, and where. */
import { readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';

/** As written by the mastra CLI: with the port once that is known. */
export interface DevLock {
  readonly pid: number;
  /** As the CLI prints it, e.g. `localhost`; not always what the server listens on. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

const lockSchema = z.object({
  pid: z.int().check(z.positive()),
  host: z.optional(z.string()),
  port: z.optional(z.int().check(z.positive(), z.maximum(65_535))),
});

/** Undefined for what is no lock: an empty, half-written or foreign file. Older CLIs wrote the bare process id. */
export function parseDevLock(text: string): DevLock | undefined {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return lockOf({ pid: Number(trimmed) });
  try {
    return lockOf(JSON.parse(trimmed));
  } catch {
    return undefined;
  }
}

function lockOf(value: unknown): DevLock | undefined {
  const parsed = lockSchema.safeParse(value);
  if (!parsed.success) return undefined;
  return { pid: parsed.data.pid, host: parsed.data.host, port: parsed.data.port };
}

export function lockFile(root: string): string {
  return path.join(root, '.mastra', 'dev.lock');
}

/** Undefined when there is none or it cannot be read as one. Never throws. */
export async function readDevLock(root: string): Promise<DevLock | undefined> {
  return readFile(lockFile(root), 'utf8').then(parseDevLock, () => undefined);
}

/** Only for a lock whose process is known to be something else. Throws when the file cannot be deleted. */
export async function deleteDevLock(root: string): Promise<void> {
  await unlink(lockFile(root));
}

/** Where a server with this lock answers on this machine; undefined while it has no port. */
export function lockOrigin(lock: DevLock): string | undefined {
  if (lock.port === undefined) return undefined;
  const host = lock.host === undefined || everywhere.has(lock.host) ? '127.0.0.1' : lock.host;
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${lock.port}`;
}

/** Names of this machine, or of all its interfaces. */
const everywhere = new Set(['', 'localhost', '0.0.0.0', '::', '[::]', '127.0.0.1']);

/** True when a process with this id lives on this machine, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
