/** The workflow as it was when a run was recorded: enough to draw it again and to lay the run's events over it. */
import * as z from 'zod/mini';
import { arrangementOf } from '../graph/arrangement.ts';
import type { Arrangement, GraphModel, GraphWorkflow, ModelNode } from '../protocol/graph.ts';

/** Without findings and shapes: those are about the source, not about the run. */
export interface RecordedGraph {
  readonly workflow: Omit<GraphWorkflow, 'findings'>;
  readonly nodes: readonly RecordedNode[];
}

type RecordedNode = Omit<ModelNode, 'arrives' | 'needs' | 'leaves' | 'findings' | 'mismatch' | 'mismatchAgain'>;

export function recordGraph(model: GraphModel): RecordedGraph {
  const { key, title, id, description, location, committed, incomplete } = model.workflow;
  return {
    workflow: { key, title, id, description, location, committed, incomplete },
    nodes: model.nodes.map((node) => ({
      id: node.id,
      parent: node.parent,
      kind: node.kind,
      arrangement: node.arrangement,
      step: node.step,
      title: node.title,
      detail: node.detail,
      description: node.description,
      canSuspend: node.canSuspend,
      source: node.source,
      definition: node.definition,
      condition: node.condition,
    })),
  };
}

/** What was recorded, as a panel draws it. */
export function recordedModel({ workflow, nodes }: RecordedGraph): GraphModel {
  const nothing = {
    arrives: undefined,
    needs: undefined,
    leaves: undefined,
    findings: [],
    mismatch: undefined,
    mismatchAgain: undefined,
  };
  return {
    workflow: { ...workflow, findings: [] },
    shapes: [],
    nodes: nodes.map((node) => ({ ...node, ...nothing })),
  };
}

const text = z.optional(z.string());
const position = z.object({ line: z.number(), character: z.number() });
const location = z.object({ file: z.string(), range: z.object({ start: position, end: position }) });

const kinds = [
  'start',
  'end',
  'step',
  'mapping',
  'parallel',
  'conditional',
  'loop',
  'foreach',
  'sleep',
  'sleepUntil',
  'workflow',
  'agent',
  'tool',
  'classifier',
  'opaque',
] as const satisfies readonly ModelNode['kind'][];

const arrangements = ['leaf', 'row', 'loop', 'foreach', 'sequence'] as const satisfies readonly Arrangement[];

const facts = {
  id: z.string(),
  parent: text,
  kind: z.enum(kinds),
  step: z.optional(z.array(z.string())),
  title: z.string(),
  detail: text,
  description: text,
  canSuspend: z.boolean(),
  source: z.optional(location),
  definition: z.optional(location),
};

const node = z.pipe(
  z.object({ ...facts, arrangement: z.enum(arrangements), condition: text }),
  z.transform((found): RecordedNode => ({
    ...found,
    parent: found.parent,
    step: found.step,
    detail: found.detail,
    description: found.description,
    source: found.source,
    definition: found.definition,
    condition: found.condition,
  })),
);

const workflow = z.pipe(
  z.object({
    key: z.string(),
    title: z.string(),
    id: text,
    description: text,
    location,
    committed: z.boolean(),
    incomplete: text,
  }),
  z.transform((found) => ({
    ...found,
    id: found.id,
    description: found.description,
    incomplete: found.incomplete,
  })),
);

const model = z.object({ workflow, nodes: z.array(node) });

/** Logs of the first versions hold the drawing itself, with places and lines. What was drawn follows from it. */
const drawn = z.pipe(
  z.object({
    workflow,
    nodes: z.array(z.object({ ...facts, container: z.boolean() })),
    edges: z.array(z.object({ to: z.string(), label: z.optional(z.object({ text: z.string() })) })),
  }),
  z.transform((found): RecordedGraph => {
    const conditions = new Map(
      found.edges.map(({ to, label }) => [to, label?.text] as const).filter(([, text]) => text),
    );
    return {
      workflow: found.workflow,
      nodes: found.nodes.map(({ container, ...rest }) => ({
        id: rest.id,
        parent: rest.parent,
        kind: rest.kind,
        arrangement: container ? arrangementOf(rest.kind) : 'leaf',
        step: rest.step,
        title: rest.title,
        detail: rest.detail,
        description: rest.description,
        canSuspend: rest.canSuspend,
        source: rest.source,
        definition: rest.definition,
        condition: conditions.get(rest.id),
      })),
    };
  }),
);

export const recordedGraph: z.ZodMiniType<RecordedGraph> = z.union([model, drawn]);
