/** Opens a log to write on: a suspended run is resumed, maybe long after the process that began it died. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { decodeHeader, decodeLine } from '../../../common/runlog/file.ts';
import { readTail } from './ends.ts';

export interface ContinuedLog {
  readonly handle: FileHandle;
  /** How many events it has. */
  readonly events: number;
  readonly bytes: number;
}

/**
 * Rejects when the file is not there or cannot be written. A last line that breaks off is no event and would spoil the next one: it is
 * cut off, unless only its line break is missing.
 */
export async function openToContinue(file: string): Promise<ContinuedLog> {
  // Never creates the file: it would have no header.
  const handle = await open(file, constants.O_RDWR | constants.O_APPEND);
  try {
    const tail = await readTail(handle);
    let bytes = tail.bytes;
    if (tail.unended !== undefined) {
      const { text } = tail.unended;
      if (decodeLine(text).kind !== 'corrupt' || decodeHeader(text).kind === 'header') {
        await handle.appendFile('\n');
        bytes += 1;
      } else {
        await handle.truncate(bytes - tail.unended.bytes);
        bytes -= tail.unended.bytes;
      }
    }
    return { handle, events: (tail.lastSeq ?? -1) + 1, bytes };
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}
