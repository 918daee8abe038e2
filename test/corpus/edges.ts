/** How much of the flow of data between entries is known. */
import { walkEntries } from '../../common/model/address.ts';
import type { Compatibility } from '../../common/model/flow.ts';
import type { LegacyApiFact } from '../../common/model/facts/legacy-api.ts';
import { rangeIsInside } from '../../common/model/text.ts';
import type { WorkflowModel } from '../../common/model/workflow.ts';
import { isFormerReason } from '../../server/src/extract/builder.ts';

export interface Edges {
  readonly all: number;
  readonly opaque: number;
  /**
   * Beside those: in workflows that are written as before Mastra 0.10, with chains of that API or a `triggerSchema`, where
   * steps read what they need from a context. Data does not flow along such a chain, so there is no edge to know anything
   * about; that the workflow is such a one is what is known.
   */
  readonly legacy: number;
  /** How often each reason was given for an opaque edge. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** An edge leads to each entry, from the body of a loop back to it, and to the end of each workflow. */
export function edgesOf(workflows: readonly WorkflowModel[], facts: readonly LegacyApiFact[] = []): Edges {
  let all = 0;
  let legacy = 0;
  const reasons = new Map<string, number>();
  const triggers = facts.filter(({ shape }) => shape === 'trigger-schema');
  for (const workflow of workflows) {
    const edges = edgesIn(workflow);
    const isTriggered = triggers.some(
      (fact) => fact.file === workflow.file && rangeIsInside(fact.range, workflow.range),
    );
    if (isTriggered || edges.some(isFormer)) {
      legacy += edges.length;
      continue;
    }
    all += edges.length;
    for (const edge of edges) {
      if (edge.kind === 'opaque') reasons.set(edge.reason, (reasons.get(edge.reason) ?? 0) + 1);
    }
  }
  return { all, opaque: [...reasons.values()].reduce((sum, times) => sum + times, 0), legacy, reasons };
}

function edgesIn(workflow: WorkflowModel): readonly Compatibility[] {
  if (workflow.entries.length === 0) return [];
  const edges = [...walkEntries(workflow.entries)].flatMap(({ entry }): readonly Compatibility[] => {
    if (entry.type === 'opaque') return [{ kind: 'opaque', reason: entry.reason }];
    return entry.type === 'loop' ? [entry.check, entry.again] : [entry.check];
  });
  return [...edges, workflow.end];
}

function isFormer(edge: Compatibility): boolean {
  return edge.kind === 'opaque' && isFormerReason(edge.reason);
}
