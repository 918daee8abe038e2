/** Who hands data to whom: for every entry of a workflow the entry (or the workflow's input) that its data comes from. */
import { childAddress, childEntries, type EntryAddress } from '../../../common/model/address.ts';
import type { FlowEntry, WorkflowModel } from '../../../common/model/workflow.ts';

/** The provider of an edge. `element` marks that each element of the provided array is handed on, one by one. */
export type Source =
  | { readonly kind: 'input'; readonly element: boolean }
  | { readonly kind: 'entry'; readonly entry: FlowEntry; readonly element: boolean };

export interface Edge {
  readonly source: Source;
  readonly entry: FlowEntry;
  readonly address: EntryAddress;
}

/** Every entry of the workflow with its source, parents before children. */
export function edgesOf(workflow: WorkflowModel): readonly Edge[] {
  return [...chain(workflow.entries, { kind: 'input', element: false }, '')];
}

function* chain(entries: readonly FlowEntry[], start: Source, parent: EntryAddress): Generator<Edge> {
  let source = start;
  for (const entry of entries) {
    yield* edge(entry, source, parent);
    // A sleep hands on what it received.
    if (entry.type !== 'sleep' && entry.type !== 'sleepUntil') source = { kind: 'entry', entry, element: false };
  }
}

function* edge(entry: FlowEntry, source: Source, parent: EntryAddress): Generator<Edge> {
  const address = childAddress(parent, entry.node);
  yield { source, entry, address };
  const given = entry.type === 'foreach' ? { ...source, element: true } : source;
  for (const child of childEntries(entry)) yield* edge(child, given, address);
}
