/**
 * Measures recording in a process of its own: `node --expose-gc recording-child.ts EVENTS`. Prints JSON, see Recorded. The time is that of
 * the thread that records, which in the editor all extensions share; what the disk takes is not in it.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventLoopUtilization } from 'node:perf_hooks';
import type { Json } from '../../common/runlog/events.ts';
import { createRunLog } from '../../common/runlog/log.ts';
import type { RunEventBody } from '../../common/runlog/log.ts';
import { runFiles } from '../../client/src/history/files.ts';
import { createRecording } from '../../client/src/history/recorder.ts';
import type { Recording } from '../../client/src/history/recorder.ts';
import { defaultRedact } from '../../client/src/history/settings.ts';
import { createCleaner } from '../../client/src/history/values.ts';

export interface Recorded {
  /** Microseconds of the thread for each event, when 20 events come in each turn. */
  readonly many: number;
  /** The same when each turn brings one. */
  readonly single: number;
  /** Microseconds until `append` has returned. */
  readonly append: number;
  /** Bytes that stay in the heap while the run is shown and recorded, and those of the run log alone. */
  readonly heap: number;
  readonly heapOfLog: number;
  /** Bytes of the log. */
  readonly file: number;
}

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(path.join(os.tmpdir(), 'mastra-bench-recording-'));

/** A loop of steps with inputs and outputs of about 300 bytes, which print a line now and then. */
function event(index: number): RunEventBody {
  const time = 1_700_000_000_000 + index;
  const step = ['pack-order', `step-${index % 20}`];
  const order = { orderId: `A-${index}`, customer: { name: 'Ada Lovelace', email: 'ada@example.com' }, total: 129.5 };
  const items: Json = [
    { sku: 'W-1', count: 2, price: 20 },
    { sku: 'W-2', count: 1, price: 89.5, gift: true },
  ];
  if (index === 0) return { type: 'run-started', time, runId: 'r', workflowId: 'order', input: order };
  switch (index % 3) {
    case 0:
      return { type: 'console', time, level: 'log', text: `packing ${index} of the order`, step };
    case 1:
      return {
        type: 'step-started',
        time,
        step,
        callId: `call-${index}`,
        input: { ...order, items },
        iteration: index,
      };
    default:
      return {
        type: 'step-succeeded',
        time,
        step,
        callId: `call-${index}`,
        output: { ...order, items },
        iteration: index,
      };
  }
}

function open(name: string): { readonly recording: Recording; readonly file: string } {
  const files = runFiles(folder, name);
  const header = {
    id: name,
    workflow: { key: 'k', id: 'order', name: 'order', file: 'f' },
    server: { id: 'embedded', kind: 'embedded', name: 'Embedded' },
    mastraVersion: undefined,
    startedAt: 0,
    inputName: undefined,
    imported: undefined,
    graph: undefined,
  };
  const recording = createRecording({
    place: () => Promise.resolve({ kind: 'new', files, header }),
    cleaner: createCleaner(defaultRedact),
    limit: 1_000_000_000,
    onProblem: (problem) => {
      throw new Error(JSON.stringify(problem));
    },
  });
  return { recording, file: files.log };
}

/** Milliseconds that the thread was busy while `take` got all events, some in each turn. */
async function busy(
  events: readonly RunEventBody[],
  perTurn: number,
  recording: Recording | undefined,
): Promise<number> {
  const before = eventLoopUtilization();
  for (let index = 0; index < events.length; index += perTurn) {
    for (const each of events.slice(index, index + perTurn)) recording?.append(each);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await recording?.flushed();
  return eventLoopUtilization(before).active;
}

async function perEvent(events: readonly RunEventBody[], perTurn: number): Promise<number> {
  const { recording } = open(`turns-${perTurn}`);
  const before = await busy(events, perTurn, undefined);
  const recorded = await busy(events, perTurn, recording);
  const after = await busy(events, perTurn, undefined);
  await recording.end();
  // Other programs make a loop slower, never faster.
  return ((recorded - Math.min(before, after)) * 1_000) / events.length;
}

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

try {
  const events = Array.from({ length: count }, (_, index) => event(index));
  await perEvent(events.slice(0, 5_000), 20);
  rmSync(path.join(folder), { recursive: true, force: true });
  const many = await perEvent(events, 20);
  rmSync(path.join(folder), { recursive: true, force: true });
  const single = await perEvent(events.slice(0, 20_000), 1);

  const burst = open('burst');
  const began = performance.now();
  for (const each of events) burst.recording.append(each);
  const append = ((performance.now() - began) * 1_000) / count;
  await burst.recording.end();
  const file = statSync(burst.file).size;
  events.length = 0;

  const empty = heap();
  const log = createRunLog();
  for (let index = 0; index < count; index += 1) log.append(event(index));
  const heapOfLog = heap() - empty;
  const memory = open('memory');
  for (const each of log.events) memory.recording.append(each);
  await memory.recording.flushed();
  const all = heap() - empty;
  await memory.recording.end();
  // The log is still there, as it is while its run is shown.
  if (log.events.length === 0) throw new Error('no events');
  const recorded: Recorded = { many, single, append, heap: all, heapOfLog, file };
  console.log(JSON.stringify(recorded));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
