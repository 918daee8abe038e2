/** Runs that a server stores: to look through, and to take into the history. */
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { failure } from './answer.ts';
import { getRun, getRuns } from './api.ts';
import type { WorkflowPlace } from './api.ts';
import { runStatuses } from './shapes.ts';
import type { StoredStatus } from './shapes.ts';
import { eventsOfRun, timeOf } from './stored.ts';

export interface StoredRunSummary {
  readonly runId: string;
  readonly workflowId: string;
  /** As the server stores it; undefined when the snapshot cannot be read. */
  readonly status: StoredStatus | undefined;
  readonly resourceId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface StoredRunPage {
  readonly runs: readonly StoredRunSummary[];
  /** Of all pages together. */
  readonly total: number;
}

export interface StoredRunQuery {
  /** From 0. */
  readonly page: number;
  /** The snapshot of every run is sent along, so keep it small. */
  readonly perPage: number;
  readonly status?: StoredStatus;
  readonly signal?: AbortSignal;
}

/** One page of the runs of a workflow, as the server orders them: newest first. Throws ServerFailure. */
export async function listStoredRuns(place: WorkflowPlace, query: StoredRunQuery): Promise<StoredRunPage> {
  const { page, perPage, status, signal } = query;
  const answer = await getRuns(place, { page: String(page), perPage: String(perPage), status }, signal);
  const runs = answer.runs.map((run) => ({
    runId: run.runId,
    workflowId: run.workflowName ?? place.id,
    status: statusOf(run.snapshot),
    resourceId: run.resourceId ?? undefined,
    createdAt: timeOf(run.createdAt) ?? 0,
    updatedAt: timeOf(run.updatedAt) ?? 0,
  }));
  return { runs, total: answer.total };
}

/**
 * A stored run as events, as far as it can still be told: of a loop the last round, of a foreach the items only while it is not
 * through, nothing of what steps wrote. Without `run-finished` while it goes on. Throws ServerFailure.
 */
export async function readStoredRun(
  place: WorkflowPlace,
  runId: string,
  signal?: AbortSignal,
): Promise<readonly RunEventBody[]> {
  const run = await getRun(place, runId, signal);
  if (run === undefined) throw failure(place.address, { kind: 'run-missing', runId });
  return eventsOfRun(run);
}

function statusOf(snapshot: string | Readonly<Record<string, unknown>>): StoredStatus | undefined {
  const status = typeof snapshot === 'string' ? parsed(snapshot)?.['status'] : snapshot['status'];
  return runStatuses.find((each) => each === status);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
