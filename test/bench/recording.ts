/** What it costs that every run is recorded. */
import path from 'node:path';
import { measure } from './measure.ts';
import type { Recorded } from './recording-child.ts';
import { formatMegabytes, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const events = 100_000;
const targetMicroseconds = 20;
/** Of memory beyond the run log, which is there without recording as well. */
const targetBytes = 10_000_000;

/** Records a run of 100,000 events in a process of its own. */
export async function benchRecording(): Promise<readonly Verdict[]> {
  const program = path.join(import.meta.dirname, 'recording-child.ts');
  const { code, stdout, stderr } = await measure(
    process.execPath,
    ['--expose-gc', program, String(events)],
    import.meta.dirname,
  );
  if (code !== 0) throw new Error(`The recording process failed:\n${stderr}`);
  // What our own child printed.
  const recorded = JSON.parse(stdout) as Recorded;
  const { many, single, append, heap, heapOfLog, file } = recorded;
  console.log(
    formatTable(
      [`${events.toLocaleString('en')} events`, 'per event'],
      [
        ['20 in each turn', microseconds(many)],
        ['one in each turn', microseconds(single)],
        ['until append returns', microseconds(append)],
      ],
    ),
  );
  console.log(
    `\nlog ${formatMegabytes(file)}, memory ${formatMegabytes(heap)}, without recording ${formatMegabytes(heapOfLog)}`,
  );
  const slowest = Math.max(many, single);
  return [
    {
      target: `recording at most ${targetMicroseconds} microseconds an event`,
      measured: microseconds(slowest),
      reached: slowest <= targetMicroseconds,
    },
    {
      target: `memory of a run of ${events.toLocaleString('en')} events, recording on top at most ${formatMegabytes(targetBytes)}`,
      measured: `${formatMegabytes(heap)}, of which recording ${formatMegabytes(Math.max(0, heap - heapOfLog))}`,
      reached: heap - heapOfLog <= targetBytes,
    },
  ];
}

function microseconds(value: number): string {
  return `${value.toFixed(2)} µs`;
}
