/** The calls of the API that a run needs, typed. Each throws ServerFailure. */
import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import type { Json } from '../../../../common/runlog/events.ts';
import type { ServerAddress } from './address.ts';
import { call, failure, problemOfCall, unsupported } from './answer.ts';
import { ServerFailure } from './problem.ts';
import type { ServerCall } from './problem.ts';
import { open, readAnswer } from './request.ts';
import { detailsShape, runListShape, storedRunShape } from './shapes.ts';
import type { Details, StoredRun } from './shapes.ts';

/** One workflow of one server. `id` is the workflow's id or its registry key. */
export interface WorkflowPlace {
  readonly address: ServerAddress;
  readonly id: string;
}

export async function getDetails({ address, id }: WorkflowPlace, signal?: AbortSignal): Promise<Details> {
  return call(address, { method: 'GET', segments: ['workflows', id], signal }, detailsShape);
}

/** The stored run with the steps of nested workflows; undefined when the server does not know it (any more). */
export async function getRun(
  { address, id }: WorkflowPlace,
  runId: string,
  signal?: AbortSignal,
): Promise<StoredRun | undefined> {
  try {
    return await call(address, { method: 'GET', segments: ['workflows', id, 'runs', runId], signal }, storedRunShape);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The same without steps and result: how it stands, and since when. Costs next to nothing, however large the run is. */
export async function getRunHead(
  { address, id }: WorkflowPlace,
  runId: string,
  signal?: AbortSignal,
): Promise<StoredRun | undefined> {
  try {
    const query = { fields: 'error', withNestedWorkflows: 'false' };
    const segments = ['workflows', id, 'runs', runId];
    return await call(address, { method: 'GET', segments, query, signal }, storedRunShape);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export type RunList = z.infer<typeof runListShape>;

export async function getRuns(
  { address, id }: WorkflowPlace,
  query: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<RunList> {
  try {
    return await call(address, { method: 'GET', segments: ['workflows', id, 'runs'], query, signal }, runListShape);
  } catch (error) {
    throw translated(address, error, 'runs');
  }
}

export interface StreamRequest {
  readonly call: 'stream' | 'resume' | 'observe';
  readonly runId: string;
  readonly body?: Json;
  /** Only for `observe`: the record to begin with. */
  readonly offset?: number;
  readonly signal: AbortSignal;
}

/** Opens a stream of records. It may be silent for as long as the run likes. */
export async function openStream({ address, id }: WorkflowPlace, asked: StreamRequest): Promise<IncomingMessage> {
  const { runId, offset, signal } = asked;
  const last = asked.call === 'resume' ? 'resume-stream' : asked.call;
  const response = await open(address, {
    method: 'POST',
    segments: ['workflows', id, last],
    query: { runId, offset: offset === undefined ? undefined : String(offset) },
    body: asked.body ?? {},
    signal,
    limits: { silence: 0 },
  });
  const type = response.headers['content-type'] ?? '';
  if (response.statusCode === 200 && !type.startsWith('text/html')) return response;
  const problem = problemOfCall(address, await readAnswer(address, response), asked.call);
  throw failure(address, problem);
}

const anything = z.unknown();

export async function cancelRun({ address, id }: WorkflowPlace, runId: string, signal?: AbortSignal): Promise<void> {
  try {
    await call(
      address,
      { method: 'POST', segments: ['workflows', id, 'runs', runId, 'cancel'], body: {}, signal },
      anything,
    );
  } catch (error) {
    throw translated(address, error, 'cancel');
  }
}

function translated(address: ServerAddress, error: unknown, name: ServerCall): unknown {
  if (!(error instanceof ServerFailure)) return error;
  const problem = unsupported(error.problem, name);
  return problem === undefined ? error : failure(address, problem);
}

/** `{"error":"Workflow run not found"}`. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ServerFailure && error.problem.kind === 'rejected' && error.problem.status === 404;
}
