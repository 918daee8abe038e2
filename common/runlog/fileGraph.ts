/** The drawing of a workflow as it was when a run was recorded: enough to draw it again and to lay the run's events over it. */
import * as z from 'zod/mini';
import type { GraphEdge, GraphNode, GraphView, GraphWorkflow } from '../protocol/graph.ts';

/** Without findings and shapes: those are about the source, not about the run. */
export interface RecordedGraph {
  readonly workflow: Omit<GraphWorkflow, 'findings'>;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Omit<GraphNode, 'arrives' | 'needs' | 'leaves' | 'findings'>[];
  readonly edges: readonly Omit<GraphEdge, 'shape' | 'finding'>[];
}

export function recordGraph(view: GraphView): RecordedGraph {
  const { key, title, id, description, location, committed, incomplete } = view.workflow;
  return {
    workflow: { key, title, id, description, location, committed, incomplete },
    width: view.width,
    height: view.height,
    nodes: view.nodes.map((node) => ({
      id: node.id,
      parent: node.parent,
      kind: node.kind,
      step: node.step,
      container: node.container,
      title: node.title,
      detail: node.detail,
      description: node.description,
      canSuspend: node.canSuspend,
      x: node.x,
      y: node.y,
      width: node.width,
      height: node.height,
      source: node.source,
      definition: node.definition,
    })),
    edges: view.edges.map(({ id, from, to, points, label, kind }) => ({ id, from, to, points, label, kind })),
  };
}

/** The drawing that was recorded, as a panel draws it. */
export function recordedView(graph: RecordedGraph): GraphView {
  const nothing = { arrives: undefined, needs: undefined, leaves: undefined, findings: [] };
  return {
    ...graph,
    workflow: { ...graph.workflow, findings: [] },
    nodes: graph.nodes.map((node) => ({ ...node, ...nothing })),
    edges: graph.edges.map((edge) => ({ ...edge, shape: undefined, finding: undefined })),
  };
}

const text = z.optional(z.string());
const position = z.object({ line: z.number(), character: z.number() });
const location = z.object({ file: z.string(), range: z.object({ start: position, end: position }) });
const box = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

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
] as const satisfies readonly GraphNode['kind'][];

const node = z.pipe(
  z.object({
    id: z.string(),
    parent: text,
    kind: z.enum(kinds),
    step: z.optional(z.array(z.string())),
    container: z.boolean(),
    title: z.string(),
    detail: text,
    description: text,
    canSuspend: z.boolean(),
    ...box,
    source: z.optional(location),
    definition: z.optional(location),
  }),
  z.transform((found) => ({
    ...found,
    parent: found.parent,
    step: found.step,
    detail: found.detail,
    description: found.description,
    source: found.source,
    definition: found.definition,
  })),
);

const edge = z.pipe(
  z.object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    points: z.array(z.tuple([z.number(), z.number()])),
    label: z.optional(z.object({ text: z.string(), ...box })),
    kind: z.enum(['flow', 'loop-back']),
  }),
  z.transform((found) => ({ ...found, label: found.label })),
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

export const recordedGraph: z.ZodMiniType<RecordedGraph> = z.object({
  workflow,
  width: z.number(),
  height: z.number(),
  nodes: z.array(node),
  edges: z.array(edge),
});
