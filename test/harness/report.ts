/** What a tier counted, and the file by which a test process tells it to us. */
import { existsSync, readFileSync, rmSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each test that failed, with the beginning of its message. */
  readonly failures?: readonly string[];
}

/** The counts that a test process wrote, undefined when it wrote none (it crashed). */
export function readReport(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof report !== 'object' || report === null) return undefined;
  const count = (name: string): number => {
    const value: unknown = Reflect.get(report, name);
    return typeof value === 'number' ? value : 0;
  };
  const failures: unknown = Reflect.get(report, 'failures');
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    failures: Array.isArray(failures) ? failures.map(lineOf) : [],
  };
}

function lineOf(failure: unknown): string {
  const text = (name: string): string => {
    const value: unknown = typeof failure === 'object' && failure !== null ? Reflect.get(failure, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return `${text('test')}: ${text('message').split('\n')[0]?.slice(0, 200) ?? ''}`;
}

export function removeReport(file: string): void {
  rmSync(file, { force: true });
}
