/** ProjectModel -> the drawing of one workflow. Pure and deterministic: the same model gives the same drawing. */
import type { ProjectModel, WorkflowKey, WorkflowModel } from '../../../common/model/index.ts';
import type { GraphNode, GraphView, GraphWorkflow } from '../../../common/protocol/graph.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { edgesOfChain } from './edges.ts';
import { indexFindings } from './findings.ts';
import type { FindingIndex } from './findings.ts';
import { layoutChain } from './layout.ts';
import type { PlacedBox } from './layout.ts';
import { flowTree } from './tree.ts';

/** Undefined when the project has no workflow `key`. `findings` are those of the whole project: nested ones show as well. */
export function buildGraph(
  project: ProjectModel,
  key: WorkflowKey,
  findings: readonly Finding[],
): GraphView | undefined {
  const workflow = project.workflows.get(key);
  if (workflow === undefined) return undefined;
  const index = indexFindings(findings);
  const { width, height, boxes } = layoutChain(flowTree(project, workflow));
  const nodes: GraphNode[] = [];
  for (const box of boxes) addNodes(nodes, box, index);
  return {
    workflow: graphWorkflow(workflow, index),
    width,
    height,
    nodes,
    edges: edgesOfChain(boxes, index.ofRule),
  };
}

function graphWorkflow(workflow: WorkflowModel, index: FindingIndex): GraphWorkflow {
  const id = workflow.id.known ? workflow.id.value : undefined;
  return {
    key: workflow.key,
    title: id ?? workflow.name ?? 'workflow',
    id,
    description: workflow.description,
    location: { file: workflow.file, range: workflow.nameRange },
    committed: workflow.commit.kind !== 'missing',
    incomplete: workflow.incomplete,
    findings: index.ofWorkflow(workflow.key),
  };
}

function addNodes(nodes: GraphNode[], placed: PlacedBox, index: FindingIndex): void {
  const { node, width, height } = placed.box;
  nodes.push({
    id: node.address,
    parent: node.parent,
    kind: node.kind,
    step: node.step,
    container: node.children.length > 0,
    title: node.title,
    detail: node.detail,
    description: node.description,
    canSuspend: node.canSuspend,
    x: placed.x,
    y: placed.y,
    width,
    height,
    source: node.source,
    definition: node.entry?.definition,
    arrives: node.arrives,
    needs: node.needs,
    leaves: node.leaves,
    findings: index.ofNode(node),
  });
  for (const child of placed.children) addNodes(nodes, child, index);
}
