/** How much of the flow of data between entries is known. */
import { walkEntries } from '../../common/model/address.ts';
import type { Compatibility } from '../../common/model/flow.ts';
import type { WorkflowModel } from '../../common/model/workflow.ts';

export interface Edges {
  readonly all: number;
  readonly opaque: number;
  /** How often each reason was given for an opaque edge. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** An edge leads to each entry, from the body of a loop back to it, and to the end of each workflow. */
export function edgesOf(workflows: readonly WorkflowModel[]): Edges {
  let all = 0;
  const reasons = new Map<string, number>();
  const count = (edge: Compatibility) => {
    all += 1;
    if (edge.kind === 'opaque') reasons.set(edge.reason, (reasons.get(edge.reason) ?? 0) + 1);
  };
  for (const workflow of workflows) {
    for (const { entry } of walkEntries(workflow.entries)) {
      count(entry.type === 'opaque' ? { kind: 'opaque', reason: entry.reason } : entry.check);
      if (entry.type === 'loop') count(entry.again);
    }
    if (workflow.entries.length > 0) count(workflow.end);
  }
  return { all, opaque: [...reasons.values()].reduce((sum, times) => sum + times, 0), reasons };
}
