/** Runs a program to its end and tells how long it took and how much memory it, and all that it started, needed. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measurement {
  readonly milliseconds: number;
  /** Sum of the peaks of all processes, in bytes; undefined where the system does not tell (other than Linux). */
  readonly peakBytes: number | undefined;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Seldom: what the polling takes is taken from what is measured. */
const pollMilliseconds = 100;

/** Rejects only when the program cannot be started. */
export async function measure(command: string, args: readonly string[], cwd: string): Promise<Measurement> {
  const peaks = new Map<number, number>();
  const start = performance.now();
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  const poll = setInterval(() => {
    if (child.pid !== undefined) recordPeaks(child.pid, peaks);
  }, pollMilliseconds);
  try {
    const { code, milliseconds } = await new Promise<{ code: number | null; milliseconds: number }>(
      (resolve, reject) => {
        child.on('error', reject);
        let milliseconds = 0;
        child.on('exit', () => (milliseconds = performance.now() - start));
        child.on('close', (code) => resolve({ code, milliseconds }));
      },
    );
    const peakBytes = peaks.size === 0 ? undefined : [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
    return { milliseconds, peakBytes, code, stdout, stderr };
  } finally {
    clearInterval(poll);
  }
}

/** Notes the highest resident size so far (VmHWM) of a process and of its children. The kernel keeps it, so no peak is missed in between. */
function recordPeaks(pid: number, peaks: Map<number, number>): void {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (kilobytes !== undefined) peaks.set(pid, Number(kilobytes) * 1024);
    for (const child of childrenOf(pid)) recordPeaks(child, peaks);
  } catch {
    // The process has ended, or this system has no /proc.
  }
}

/** The children that a process's main thread started; Node and its programs start all of theirs there. */
function childrenOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest of `values` that at least `percent` of them do not exceed; NaN for none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
