/** The runner's end of the two pipes to the extension host. */
import fs from 'node:fs';
import net from 'node:net';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { commandDescriptor, messageDescriptor } from '../protocol.ts';
import type { RunnerCommand, RunnerMessage } from '../protocol.ts';

export interface Channel {
  send(message: RunnerMessage): void;
  /** Events are sent in batches: many small writes would slow the author's program. */
  event(event: RunEventBody): void;
  /** Sends what waits, now; also from an exit handler. */
  flush(): void;
}

const batchMilliseconds = 10;
const batchCharacters = 65_536;

/**
 * Writes are synchronous: nothing is lost when a step calls process.exit, and a program that prints without end waits for
 * the reader instead of filling memory.
 */
export function openChannel(onCommand: (command: RunnerCommand) => void, onHostGone: () => void): Channel {
  let batch: string[] = [];
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return;
    const text = `{"type":"events","events":[${batch.join(',')}]}\n`;
    batch = [];
    characters = 0;
    writeAll(text);
  };
  listen(onCommand, onHostGone);
  return {
    flush,
    send(message) {
      flush();
      writeAll(`${JSON.stringify(message)}\n`);
    },
    event(event) {
      const text = JSON.stringify(event);
      batch.push(text);
      characters += text.length;
      if (characters >= batchCharacters) flush();
      else timer ??= setTimeout(flush, batchMilliseconds).unref();
    },
  };
}

function listen(onCommand: (command: RunnerCommand) => void, onHostGone: () => void): void {
  const socket = new net.Socket({ fd: commandDescriptor, readable: true, writable: false });
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    // The other end is our own extension host, of the same version.
    for (const line of lines) onCommand(JSON.parse(line) as RunnerCommand);
  });
  socket.on('end', onHostGone);
  socket.on('error', onHostGone);
}

function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += fs.writeSync(messageDescriptor, bytes, written);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code === 'EAGAIN') continue;
      // The host is gone; the command pipe ends this process.
      if (error.code === 'EPIPE') return;
      throw error;
    }
  }
}
