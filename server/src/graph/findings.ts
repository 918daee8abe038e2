/** Findings of a project by workflow and address, so that a node finds its own without a search. */
import type { EntryAddress, WorkflowKey } from '../../../common/model/index.ts';
import { END } from '../../../common/model/index.ts';
import type { GraphFinding } from '../../../common/protocol/graph.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import type { FlowNode } from './tree.ts';

export interface FindingIndex {
  /** Those about the workflow as a whole. */
  readonly ofWorkflow: (key: WorkflowKey) => readonly GraphFinding[];
  /** Those shown as a badge on the node. What is about a workflow as a whole stands at its start, or on its box when nested. */
  readonly ofNode: (node: FlowNode) => readonly GraphFinding[];
  readonly ofRule: (node: FlowNode, rule: GraphFinding['rule']) => readonly GraphFinding[];
}

const wholeWorkflow = '';

export function indexFindings(findings: readonly Finding[]): FindingIndex {
  const index = new Map<WorkflowKey, Map<EntryAddress, GraphFinding[]>>();
  for (const { workflow, address, rule, severity, message } of findings) {
    if (workflow === undefined) continue;
    const byAddress = index.get(workflow) ?? new Map<EntryAddress, GraphFinding[]>();
    index.set(workflow, byAddress);
    // The rule names the last entry, but what does not fit is what it hands to the end.
    const place = rule === 'output-mismatch' ? END : (address ?? wholeWorkflow);
    const list = byAddress.get(place);
    if (list === undefined) byAddress.set(place, [{ rule, severity, message }]);
    else list.push({ rule, severity, message });
  }
  const at = (key: WorkflowKey, address: EntryAddress): readonly GraphFinding[] => index.get(key)?.get(address) ?? [];
  const ofWorkflow = (key: WorkflowKey) => at(key, wholeWorkflow);
  return {
    ofWorkflow,
    ofNode(node) {
      const own = at(node.owner, node.ownAddress);
      const isEnd = node.kind === 'start' || node.kind === 'end';
      // The ends of a nested workflow are dots, too small for a badge: its box bears theirs.
      if (isEnd && node.parent !== undefined) return [];
      if (node.kind === 'start') return ofWorkflow(node.owner);
      if (node.inside === undefined) return own;
      return [...own, ...ofWorkflow(node.inside.key), ...at(node.inside.key, END)];
    },
    ofRule: (node, rule) => at(node.owner, node.ownAddress).filter((finding) => finding.rule === rule),
  };
}
