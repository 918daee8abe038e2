/** Runs that a server goes on with although the window that watched them was closed: they are watched again, and recorded to their end. */
import type { RecordedRun, RunSummary } from './summary.ts';

export interface ReattachDependencies {
  readonly recorded: () => Promise<readonly RecordedRun[]>;
  /** True where the server of a run answers without being started. */
  readonly isUp: (run: RunSummary) => Promise<boolean>;
  /** Says nothing when it does not come to that. */
  readonly follow: (run: RunSummary) => Promise<void>;
}

/** A server that took longer than that had other problems. */
const oldest = 24 * 60 * 60 * 1_000;

/** Resolves when all of them are over, or were given up. */
export async function reattach({ recorded, isUp, follow }: ReattachDependencies): Promise<void> {
  const runs = (await recorded()).flatMap((run) => (run.kind === 'run' && mayGoOn(run) ? [run] : []));
  // One at a time of each workflow: the newest, which come first.
  const newest = new Map(runs.toReversed().map((run) => [run.header.workflow.key, run]));
  await Promise.all(
    [...newest.values()].map(async (run) => {
      if (await isUp(run)) await follow(run);
    }),
  );
}

function mayGoOn(run: RunSummary): boolean {
  return isFollowable(run) && Date.now() - (run.finishedAt ?? run.startedAt) < oldest;
}

/** True for a run whose recording broke off and that took place at a server: an embedded one ended with its window. */
export function isFollowable({ status, header, runId }: RunSummary): boolean {
  const { server, imported } = header;
  return status === 'interrupted' && runId !== undefined && server.kind !== 'embedded' && imported === undefined;
}
