/** Finds the workflow of the source on a server. */
import type { WorkflowReference } from '../protocol.ts';
import { call, failure } from './answer.ts';
import { getDetails, isNotFound } from './api.ts';
import type { WorkflowPlace } from './api.ts';
import type { ServerAddress } from './address.ts';
import { problemOf, ServerFailure } from './problem.ts';
import { explain } from './server.ts';
import { packagesShape, workflowListShape } from './shapes.ts';
import type { Details } from './shapes.ts';

export interface ServedWorkflow {
  readonly id: string;
  readonly place: WorkflowPlace;
  readonly details: Details;
  /** True where suspended runs outlive the server. */
  readonly durable: boolean;
}

/**
 * The workflow by its id; where the source does not tell the id, by the name it is registered under, which is mostly that of its
 * variable or export. Throws ServerFailure.
 */
export async function loadWorkflow(
  address: ServerAddress,
  reference: WorkflowReference,
  signal: AbortSignal,
): Promise<ServedWorkflow> {
  const names = [reference.id, ...(reference.id === undefined ? [reference.exportName, reference.name] : [])];
  const candidates = [...new Set(names)].filter((name) => name !== undefined && name !== 'default');
  try {
    const packages = call(address, { method: 'GET', segments: ['system', 'packages'], signal }, packagesShape).catch(
      () => undefined,
    );
    for (const name of candidates) {
      const details = name === undefined ? undefined : await detailsOf({ address, id: name }, signal);
      if (details === undefined || name === undefined) continue;
      const storage = await packages;
      // A server that does not tell is given the benefit of the doubt.
      const durable = storage === undefined || !/^InMemory/.test(storage.storageType ?? 'InMemory');
      return { id: details.name ?? name, place: { address, id: name }, details, durable };
    }
    const list = await call(
      address,
      { method: 'GET', segments: ['workflows'], query: { partial: 'true' }, signal },
      workflowListShape,
    );
    const known = Object.entries(list).map(([key, { name }]) => name ?? key);
    const workflow = reference.id ?? reference.name ?? reference.exportName ?? 'without a name';
    throw failure(address, { kind: 'workflow-missing', workflow, known });
  } catch (error) {
    throw new ServerFailure(await explain(address, problemOf(error), undefined, { signal }));
  }
}

async function detailsOf(place: WorkflowPlace, signal: AbortSignal): Promise<Details | undefined> {
  try {
    return await getDetails(place, signal);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
