/** The results that a run keeps by step id, as far along a chain as a mapping can see. */
import type { Draft } from './draft.ts';
import { unknownData, type Data } from './data.ts';
import { withListResults } from './reads.ts';

/** The drafts of a chain, with mappings that know which steps before them left a list. */
export async function withResults(drafts: readonly Draft[]): Promise<readonly Draft[]> {
  if (!drafts.some(({ type }) => type === 'foreach')) return drafts;
  const results = new Map<string, Data>();
  const informed: Draft[] = [];
  for (const draft of drafts) {
    const isReader = draft.type === 'mapping' && draft.leaves !== undefined;
    const next = isReader ? { ...draft, leaves: await withListResults(draft.leaves, draft.reads, results) } : draft;
    informed.push(next);
    addResults(results, next);
  }
  return informed;
}

/** Adds the results that an entry of the chain leaves under the ids of its steps. */
export function addResults(results: Map<string, Data>, draft: Draft, given: Data | undefined = draft.leaves): void {
  switch (draft.type) {
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
      if (draft.id.known) addResult(results, draft.id.value, given);
      return;
    case 'mapping':
      if (draft.id !== undefined) addResult(results, draft.id, given);
      return;
    case 'parallel':
      for (const entry of draft.entries) addResults(results, entry);
      return;
    case 'conditional':
      for (const { entry } of draft.branches) addResults(results, entry);
      return;
    case 'loop':
    case 'foreach':
      // Under the id of its step, `.foreach` keeps the list of all results.
      addResults(results, draft.body, given);
      return;
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return;
  }
}

function addResult(results: Map<string, Data>, id: string, data: Data | undefined): void {
  const known = data !== undefined && !results.has(id);
  results.set(id, known ? data : unknownData('several steps have this id'));
}
