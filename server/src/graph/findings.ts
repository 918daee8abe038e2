/** Findings of a project by workflow and address, so that a node finds its own without a search. */
import type { EntryAddress, WorkflowKey } from '../../../common/model/index.ts';
import { END } from '../../../common/model/index.ts';
import type { GraphFinding } from '../../../common/protocol/graph.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import type { FlowNode } from './tree.ts';

export interface FindingIndex {
  /** Those about the workflow as a whole. */
  readonly ofWorkflow: (key: WorkflowKey) => readonly GraphFinding[];
  /** Those shown as a badge on the node; a nested workflow's box bears the ones about the workflow inside it as well. */
  readonly ofNode: (node: FlowNode) => readonly GraphFinding[];
  readonly ofRule: (node: FlowNode, rule: GraphFinding['rule']) => readonly GraphFinding[];
}

const wholeWorkflow = '';

export function indexFindings(findings: readonly Finding[]): FindingIndex {
  const index = new Map<WorkflowKey, Map<EntryAddress, GraphFinding[]>>();
  for (const { workflow, address, rule, severity, message } of findings) {
    const byAddress = index.get(workflow) ?? new Map<EntryAddress, GraphFinding[]>();
    index.set(workflow, byAddress);
    // What the chain ends with belongs to its end, whether or not the rule says so.
    const place = address ?? (rule === 'output-mismatch' ? END : wholeWorkflow);
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
      return node.inside === undefined ? own : [...own, ...ofWorkflow(node.inside.key)];
    },
    ofRule: (node, rule) => at(node.owner, node.ownAddress).filter((finding) => finding.rule === rule),
  };
}
