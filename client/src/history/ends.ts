/** Reads the beginning and the end of a log without the middle: enough for a list, however long the runs were. */
import type { FileHandle } from 'node:fs/promises';
import type { RunEvent } from '../../../common/runlog/events.ts';
import { decodeLine } from '../../../common/runlog/file.ts';

const windowBytes = 65_536;

/** No line of ours is as long; another file may be one line of a gigabyte. */
const maxBytes = 16_777_216;

/** More lines than that are not printed behind the end of a run: then it goes on. */
const maxConsoleBytes = 1_048_576;

export interface LogHead {
  /** The first line without its line break. */
  readonly header: string;
  /** The first event that can be read. */
  readonly first: RunEvent | undefined;
}

export interface LogTail {
  readonly bytes: number;
  /** The last event that tells how the run stands: console lines may come after it. */
  readonly last: RunEvent | undefined;
  /** Number of the last event that can be read. */
  readonly lastSeq: number | undefined;
  /** Milliseconds since the epoch of the last event. */
  readonly lastTime: number | undefined;
  /** What stands behind the last line break. */
  readonly unended: { readonly text: string; readonly bytes: number } | undefined;
}

export async function readHead(handle: FileHandle): Promise<LogHead> {
  for (let size = windowBytes; ; size *= 4) {
    const { buffer, whole } = await readAt(handle, 0, size);
    const lines = buffer.toString('utf8').split('\n');
    // The last one may go on behind the window.
    const complete = whole ? lines : lines.slice(0, -1);
    const [header, ...rest] = complete;
    const first = rest.map(eventOf).find((event) => event !== undefined);
    if (whole || size >= maxBytes || (header !== undefined && first !== undefined)) {
      return { header: header ?? lines[0] ?? '', first };
    }
  }
}

export async function readTail(handle: FileHandle): Promise<LogTail> {
  const { size: bytes } = await handle.stat();
  for (let size = windowBytes; ; size *= 4) {
    const start = Math.max(0, bytes - size);
    const { buffer } = await readAt(handle, start, bytes - start);
    // What comes before the first line break began before the window, or is the header.
    const begin = buffer.indexOf(10) + 1;
    const end = buffer.lastIndexOf(10) + 1;
    const rest = buffer.subarray(end);
    const unended = rest.length === 0 ? undefined : { text: rest.toString('utf8'), bytes: rest.length };
    const lines = begin === 0 ? [] : buffer.subarray(begin).toString('utf8').split('\n');
    const found = lastOf(lines);
    const enough = found.last !== undefined || (found.lastSeq !== undefined && size >= maxConsoleBytes);
    if ((enough && begin > 0) || start === 0 || size >= maxBytes) return { bytes, unended, ...found };
  }
}

function lastOf(lines: readonly string[]): Pick<LogTail, 'last' | 'lastSeq' | 'lastTime'> {
  let newest: RunEvent | undefined;
  let last: RunEvent | undefined;
  for (let index = lines.length - 1; index >= 0 && last === undefined; index -= 1) {
    const event = eventOf(lines[index] ?? '');
    newest ??= event;
    if (event?.type !== 'console') last = event;
  }
  return { last, lastSeq: newest?.seq, lastTime: newest?.time };
}

function eventOf(line: string): RunEvent | undefined {
  if (line === '') return undefined;
  const parsed = decodeLine(line);
  return parsed.kind === 'event' ? parsed.event : undefined;
}

async function readAt(
  handle: FileHandle,
  position: number,
  length: number,
): Promise<{ readonly buffer: Buffer; /** True at the end of the file. */ readonly whole: boolean }> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return { buffer: buffer.subarray(0, filled), whole: filled < length };
}
