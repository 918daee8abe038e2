/** The runs that a server stores, beside those of the history: which are there already, and which went on since. */
import type { RecordedRun } from '../history/summary.ts';
import type { WorkflowPlace } from '../run/http/api.ts';
import { listStoredRuns } from '../run/http/history.ts';
import type { StoredRunSummary } from '../run/http/history.ts';
import { ServerFailure } from '../run/http/problem.ts';
import type { ServerProblem } from '../run/http/problem.ts';
import { inParallel } from './parallel.ts';

export type Presence =
  | { readonly kind: 'absent' }
  /** It is in the history, as it is at the server or as it was recorded. */
  | { readonly kind: 'present' }
  /** It was imported, and went on at the server since. `id` is that of the history. */
  | { readonly kind: 'outdated'; readonly id: string };

export interface FoundRun {
  readonly place: WorkflowPlace;
  readonly stored: StoredRunSummary;
  readonly presence: Presence;
}

export interface FoundPage {
  /** Newest first. */
  readonly runs: readonly FoundRun[];
  /** How many the server has on all pages. */
  readonly total: number;
  /** Why the runs of some workflows cannot be listed. */
  readonly problems: readonly ServerProblem[];
}

/** The snapshot of every run comes along with a list. */
const perPage = 25;

/** Page `page` (from 0) of each workflow together. Throws ServerFailure when none of them can be listed. */
export async function findRuns(
  places: readonly WorkflowPlace[],
  page: number,
  recorded: readonly RecordedRun[],
  signal: AbortSignal,
): Promise<FoundPage> {
  const presences = presenceIn(recorded);
  const lists = await inParallel(places, async (place): Promise<FoundList> => {
    try {
      const { runs, total } = await listStoredRuns(place, { page, perPage, signal });
      return {
        kind: 'runs',
        runs: runs.map((stored): FoundRun => ({ place, stored, presence: presences(stored) })),
        total,
      };
    } catch (error) {
      if (error instanceof ServerFailure) return { kind: 'failure', failure: error };
      throw error;
    }
  });
  const failures = lists.flatMap((list) => (list.kind === 'failure' ? [list.failure] : []));
  const [first] = failures;
  if (first !== undefined && failures.length === lists.length) throw first;
  const pages = lists.flatMap((list) => (list.kind === 'runs' ? [list] : []));
  return {
    runs: pages.flatMap(({ runs }) => runs).toSorted((a, b) => b.stored.createdAt - a.stored.createdAt),
    total: pages.reduce((sum, { total }) => sum + total, 0),
    problems: failures.map(({ problem }) => problem),
  };
}

type FoundList =
  | { readonly kind: 'runs'; readonly runs: readonly FoundRun[]; readonly total: number }
  | { readonly kind: 'failure'; readonly failure: ServerFailure };

/** By Mastra's id of the run, which is the same wherever it is stored. */
export function presenceIn(recorded: readonly RecordedRun[]): (stored: StoredRunSummary) => Presence {
  const byRunId = new Map(
    recorded.flatMap((run) => (run.kind === 'run' && run.runId !== undefined ? [[run.runId, run] as const] : [])),
  );
  return ({ runId, updatedAt }) => {
    const known = byRunId.get(runId);
    if (known === undefined) return { kind: 'absent' };
    // What was recorded here says more than what is stored.
    if (known.header.imported === undefined) return { kind: 'present' };
    // Both times are of the server's clock.
    const wentOn = known.status === 'interrupted' || updatedAt > (known.finishedAt ?? 0);
    return wentOn ? { kind: 'outdated', id: known.id } : { kind: 'present' };
  };
}
