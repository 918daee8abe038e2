/**
 * Addresses of entries: the `node` names from the workflow's top level down, joined by `/`. Names are made by the
 * extractor so that they hold no `/`. The graph uses them as node ids and the run log's aligner answers with them.
 * Entries of a workflow drawn in place continue the address of the entry that uses it: `fulfil/pack/weigh`.
 */
import type { FlowEntry } from './workflow.ts';

export type EntryAddress = string;

/** Pseudo addresses of the two ends of every workflow (of a nested one: `<address>/$start`). */
export const START = '$start';
export const END = '$end';

export function childAddress(parent: EntryAddress, node: string): EntryAddress {
  return parent === '' ? node : `${parent}/${node}`;
}

/** The entries directly inside an entry, in source order; nested workflows are not followed. */
export function childEntries(entry: FlowEntry): readonly FlowEntry[] {
  switch (entry.type) {
    case 'parallel':
      return entry.entries;
    case 'conditional':
      return entry.branches.map((branch) => branch.entry);
    case 'loop':
    case 'foreach':
      return [entry.body];
    case 'step':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
      return [];
  }
}

/** Every entry below `entries` with its address, parents before children; nested workflows are not followed. */
export function* walkEntries(
  entries: readonly FlowEntry[],
  parent: EntryAddress = '',
): Generator<{ readonly entry: FlowEntry; readonly address: EntryAddress }> {
  for (const entry of entries) {
    const address = childAddress(parent, entry.node);
    yield { entry, address };
    yield* walkEntries(childEntries(entry), address);
  }
}
