/** ProjectModel -> what is to be drawn of one workflow. Pure and deterministic: the same model gives the same answer. */
import type { Compatibility, ProjectModel, Shape, WorkflowKey, WorkflowModel } from '../../../common/model/index.ts';
import type { GraphFinding, GraphModel, GraphWorkflow, ModelNode, ShapeIndex } from '../../../common/protocol/graph.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { indexFindings } from './findings.ts';
import type { FindingIndex } from './findings.ts';
import { flowTree } from './tree.ts';
import type { FlowNode } from './tree.ts';

/** Undefined when the project has no workflow `key`. `findings` are those of the whole project: nested ones show as well. */
export function buildModel(
  project: ProjectModel,
  key: WorkflowKey,
  findings: readonly Finding[],
): GraphModel | undefined {
  const workflow = project.workflows.get(key);
  return workflow === undefined ? undefined : modelOfWorkflow(project, workflow, findings);
}

/** `workflow` is one of the project. */
export function modelOfWorkflow(
  project: ProjectModel,
  workflow: WorkflowModel,
  findings: readonly Finding[],
): GraphModel {
  const index = indexFindings(findings);
  const { shapes, indexOf } = shapeTable();
  const nodes: ModelNode[] = [];
  const add = (node: FlowNode, around: FlowNode | undefined): void => {
    nodes.push(modelNode(node, around, index, indexOf));
    for (const child of node.children) add(child, node);
  };
  for (const node of flowTree(project, workflow)) add(node, undefined);
  return { workflow: graphWorkflow(workflow, index), shapes, nodes };
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

function modelNode(
  node: FlowNode,
  around: FlowNode | undefined,
  findings: FindingIndex,
  indexOf: (shape: Shape | undefined) => ShapeIndex,
): ModelNode {
  return {
    id: node.address,
    parent: node.parent,
    kind: node.kind,
    arrangement: node.arrangement,
    step: node.step,
    title: node.title,
    detail: node.detail,
    description: node.description,
    canSuspend: node.canSuspend,
    source: node.source,
    definition: node.entry?.definition,
    condition: node.condition,
    arrives: indexOf(node.arrives),
    needs: indexOf(node.needs),
    leaves: indexOf(node.leaves),
    findings: findings.ofNode(node),
    mismatch: mismatchInto(node, findings),
    mismatchAgain: around === undefined ? undefined : mismatchAgain(node, around, findings),
  };
}

/** The mismatch on the way into `node`: on its own check, not on a loop's next round. */
function mismatchInto(node: FlowNode, { ofRule }: FindingIndex): GraphFinding | undefined {
  if (node.kind === 'end') return ofRule(node, 'output-mismatch')[0];
  // A loop's or foreach's own check is reported at the container or at its body, whichever the author wrote.
  return node.entry === undefined || differs(node.entry.check) ? ofRule(node, 'schema-mismatch')[0] : undefined;
}

/** The mismatch between the output of a loop's body and what it needs in the next round. */
function mismatchAgain(body: FlowNode, loop: FlowNode, { ofRule }: FindingIndex): GraphFinding | undefined {
  if (loop.entry?.type !== 'loop' || !differs(loop.entry.again)) return undefined;
  // With a mismatch on the way in as well, the one about the next round is the later of the two.
  return [...ofRule(body, 'schema-mismatch'), ...ofRule(loop, 'schema-mismatch')].at(-1);
}

function differs(check: Compatibility): boolean {
  return check.kind === 'differs';
}

/** Each shape once: the same one is an object of its own at every entry that it passes. */
function shapeTable(): {
  readonly shapes: readonly Shape[];
  readonly indexOf: (shape: Shape | undefined) => ShapeIndex;
} {
  const shapes: Shape[] = [];
  const byShape = new Map<Shape, number>();
  const byText = new Map<string, number>();
  return {
    shapes,
    indexOf(shape) {
      if (shape === undefined) return undefined;
      const known = byShape.get(shape);
      if (known !== undefined) return known;
      const text = JSON.stringify(shape);
      const index = byText.get(text) ?? shapes.push(shape) - 1;
      byText.set(text, index);
      byShape.set(shape, index);
      return index;
    },
  };
}
