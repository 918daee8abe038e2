/** How the last run of each workflow went: those of this window, else what is recorded. Pure. */
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { LastRun } from '../../../common/protocol/overview.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { RecordedRun } from '../history/summary.ts';

/** By the key of the workflow, of recorded runs, newest first. */
export function lastRecorded(runs: readonly RecordedRun[]): ReadonlyMap<WorkflowKey, LastRun> {
  const last = new Map<WorkflowKey, LastRun>();
  for (const run of runs) {
    if (run.kind !== 'run' || last.has(run.header.workflow.key)) continue;
    last.set(run.header.workflow.key, { status: run.status, startedAt: run.startedAt });
  }
  return last;
}

/** Of the events of a run; undefined before it has started. */
export function lastRunOf(events: readonly RunEvent[] | undefined): LastRun | undefined {
  const first = events?.find((event) => event.type === 'run-started' || event.type === 'run-resumed');
  if (events === undefined || first === undefined) return undefined;
  const end = events.findLast((event) => event.type === 'run-finished' || event.type === 'run-resumed');
  return { status: end?.type === 'run-finished' ? end.status : 'running', startedAt: first.time };
}

/** The later of the two. */
export function laterRun(a: LastRun | undefined, b: LastRun | undefined): LastRun | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.startedAt >= a.startedAt ? b : a;
}
