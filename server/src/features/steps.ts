/** How many steps a workflow has, as its drawing counts them. */
import { childEntries } from '../../../common/model/index.ts';
import type { FlowEntry, ProjectModel, WorkflowKey, WorkflowModel } from '../../../common/model/index.ts';

interface Count {
  readonly steps: number;
  /** Nothing of it depends on what is around it. */
  readonly whole: boolean;
}

/**
 * Counts what the author wrote, at any depth: steps, mappings, waits, and those of nested workflows. Boxes that only arrange others do
 * not count. What `common/graph/boxes.ts` counts in a drawing, without making one; each workflow is counted once.
 */
export function stepCounter({ workflows }: ProjectModel): (workflow: WorkflowModel) => number {
  const known = new Map<WorkflowKey, number>();

  const ofWorkflow = (workflow: WorkflowModel, path: readonly WorkflowKey[]): Count => {
    const counted = known.get(workflow.key);
    if (counted !== undefined) return { steps: counted, whole: true };
    const count = ofEntries(workflow.entries, [...path, workflow.key]);
    if (count.whole) known.set(workflow.key, count.steps);
    return count;
  };

  const ofEntries = (entries: readonly FlowEntry[], path: readonly WorkflowKey[]): Count => {
    let steps = 0;
    let whole = true;
    for (const entry of entries) {
      const inside = ofEntry(entry, path);
      steps += inside.steps;
      whole &&= inside.whole;
    }
    return { steps, whole };
  };

  const ofEntry = (entry: FlowEntry, path: readonly WorkflowKey[]): Count => {
    if (entry.type !== 'workflow') {
      const children = childEntries(entry);
      return children.length === 0 ? { steps: 1, whole: true } : ofEntries(children, path);
    }
    const nested = entry.target.known ? workflows.get(entry.target.value) : undefined;
    if (nested === undefined || nested.entries.length === 0) return { steps: 1, whole: true };
    // Nested in itself: a single box, in here.
    if (path.includes(nested.key)) return { steps: 1, whole: false };
    return ofWorkflow(nested, path);
  };

  return (workflow) => ofWorkflow(workflow, []).steps;
}
