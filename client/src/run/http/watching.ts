/** Reading the streams of one run. A stream that breaks is no error here: it has told what it has told. */
import type { IncomingMessage } from 'node:http';
import { openStream } from './api.ts';
import type { StreamRequest, WorkflowPlace } from './api.ts';
import { problemOf } from './problem.ts';
import { watchSilence } from './silence.ts';
import { readRecords } from './stream.ts';
import type { Telling } from './telling.ts';
import { serverProblemText } from './words.ts';

export interface WatchingOptions {
  readonly place: WorkflowPlace;
  readonly runId: string;
  readonly signal: AbortSignal;
  /** Milliseconds of silence after which the stored run is asked whether it is over. */
  readonly silence: number;
  readonly telling: Telling;
  readonly log: (message: string) => void;
}

export interface Watching {
  /** The answer to the request that started or resumed the run. */
  read(response: IncomingMessage): Promise<void>;
  /** Takes up the stream of a run that goes on. How many records it told, and how many of them were new. */
  observe(): Promise<{ readonly records: number; readonly fresh: number }>;
  /** Reads the recording of a run that is over. Nothing where the server was started anew since. */
  replay(): Promise<void>;
}

/** More than any run has: such an offset gives the whole of a run that goes on once, and nothing of one that is over. */
const liveOffset = 1_000_000;

export function watchRun({ place, runId, signal, silence, telling, log }: WatchingOptions): Watching {
  const readInto = async (response: IncomingMessage, use: (record: unknown) => void): Promise<void> => {
    const watch = watchSilence(place, runId, silence, response, log);
    try {
      for await (const item of readRecords(response as AsyncIterable<Buffer>)) {
        watch.heard();
        switch (item.kind) {
          case 'record':
            use(item.record);
            break;
          case 'broken':
            log(`The stream of run ${runId} holds something else than a record: ${item.start}`);
            break;
          case 'truncated':
            log(`The stream of run ${runId} ended in the middle of a record (${item.bytes} bytes)`);
            break;
        }
      }
    } catch (error) {
      log(`The stream of run ${runId} broke: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      watch.stop();
      response.destroy();
    }
  };

  const reopen = async (asked: Pick<StreamRequest, 'offset'>): Promise<IncomingMessage | undefined> => {
    try {
      return await openStream(place, { call: 'observe', runId, signal, ...asked });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind !== 'canceled') {
        log(`The stream of run ${runId} cannot be taken up: ${serverProblemText(problem)}`);
      }
      return undefined;
    }
  };

  return {
    read: (response) => readInto(response, (record) => telling.accept(record)),
    async observe() {
      let records = 0;
      let fresh = 0;
      const response = await reopen({ offset: liveOffset });
      if (response === undefined) return { records, fresh };
      telling.rewind();
      await readInto(response, (record) => {
        records += 1;
        if (telling.accept(record)) fresh += 1;
      });
      return { records, fresh };
    },
    async replay() {
      const response = await reopen({ offset: 0 });
      if (response === undefined) return;
      // What was before the last resumption was told before; the last part is ours.
      let part: unknown[] = [];
      await readInto(response, (record) => {
        if (isStart(record)) part = [];
        part.push(record);
      });
      telling.rewind();
      for (const record of part) telling.accept(record);
    },
  };
}

function isStart(record: unknown): boolean {
  return typeof record === 'object' && record !== null && 'type' in record && record.type === 'workflow-start';
}
