/** The ids by which the events of a run name the entries of a workflow (`GraphNode.step`). */
import { childEntries, isNamed, writtenId, type FlowEntry, type WorkflowModel } from '../../../common/model/index.ts';

/**
 * Ids of the mappings of one workflow as the runtime numbers them; undefined where the source does not tell.
 *
 * The rule of `Workflow.map()` in @mastra/core: without an `id` option it is `mapping_<workflow id>_<n>`, where n starts
 * at the number of mappings already in the chain (named ones count too) and goes up while a step has that very id.
 */
export function mappingIds(workflow: WorkflowModel): ReadonlyMap<FlowEntry, string | undefined> {
  const ids = new Map<FlowEntry, string | undefined>();
  const taken = new Set<string>();
  const workflowId = workflow.id.known ? workflow.id.value : undefined;
  let countable = workflow.incomplete === undefined;
  let mappings = 0;
  for (const entry of workflow.entries) {
    if (entry.type === 'mapping') {
      const id = entry.id ?? (countable && workflowId !== undefined ? freeId(workflowId, mappings, taken) : undefined);
      ids.set(entry, id);
      if (id !== undefined) taken.add(id);
      mappings += 1;
    } else {
      // What cannot be read may hold any number of mappings.
      if (entry.type === 'opaque') countable = false;
      for (const id of stepIds(entry)) taken.add(id);
    }
  }
  return ids;
}

function freeId(workflowId: string, start: number, taken: ReadonlySet<string>): string {
  let n = start;
  while (taken.has(`mapping_${workflowId}_${n}`)) n += 1;
  return `mapping_${workflowId}_${n}`;
}

/** The keys that one call of the chain adds to `Workflow.steps`. */
function stepIds(entry: FlowEntry): readonly string[] {
  const id = ownId(entry);
  return id === undefined ? childEntries(entry).flatMap(stepIds) : [id];
}

/** The id of the entry's own events, undefined when it makes none or the source does not tell. */
export function runStepId(entry: FlowEntry, mappings: ReadonlyMap<FlowEntry, string | undefined>): string | undefined {
  if (entry.type === 'mapping') return entry.id ?? mappings.get(entry);
  return entry.type === 'foreach' ? runStepId(entry.body, mappings) : ownId(entry);
}

/** The id of what runs by itself. Without one of its own a sleep gets a random one in each process. */
function ownId(entry: FlowEntry): string | undefined {
  return isNamed(entry) || entry.type === 'sleep' || entry.type === 'sleepUntil' ? writtenId(entry) : undefined;
}
