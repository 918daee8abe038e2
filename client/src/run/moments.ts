/** Where a run stands, by its events so far. */
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';

export function canceled(): RunEventBody {
  return { type: 'run-finished', time: Date.now(), status: 'canceled', output: undefined, error: undefined };
}

export function runIdOf(events: readonly RunEvent[]): string | undefined {
  for (const event of events) if (event.type === 'run-started' || event.type === 'run-resumed') return event.runId;
  return undefined;
}

export function isSuspended(events: readonly RunEvent[]): boolean {
  const last = lastOfRun(events);
  return last?.type === 'run-finished' && last.status === 'suspended';
}

export function isRunning(events: readonly RunEvent[]): boolean {
  const last = lastOfRun(events);
  return last !== undefined && last.type !== 'run-finished';
}

/** What steps print may come after the end. */
export function lastOfRun(events: readonly RunEvent[]): RunEvent | undefined {
  return events.findLast((event) => event.type !== 'console');
}
