/** What a run says about each node and edge of the drawing. Pure. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphEdge, ModelNode } from '../../common/protocol/graph.ts';
import type { Moment, NodeRun } from '../../common/replay/moment.ts';

export interface RunView {
  readonly nodes: ReadonlyMap<EntryAddress, NodeRun>;
  /** Ids of the edges that data went over. */
  readonly passed: ReadonlySet<string>;
  /** Steps done, and all that are to be done: skipped paths do not count. */
  readonly completed: number;
  readonly total: number;
  readonly skipped: number;
  /** The step to look at: the one that failed, or the one that waits to be resumed. */
  readonly attention: EntryAddress | undefined;
  /** The steps that wait for an answer, in the order of the drawing. */
  readonly waiting: readonly ModelNode[];
}

/** All nodes, also those that folded workflows hide, and the lines that are drawn. */
export interface RunGraph {
  readonly nodes: readonly ModelNode[];
  readonly edges: readonly Pick<GraphEdge, 'id' | 'from' | 'to' | 'kind'>[];
}

/**
 * Boxes that make no events of their own (parallel, branch, loop) and the two ends take their state from what they
 * hold, so that the drawing has no holes.
 */
export function runView(graph: RunGraph, moment: Moment): RunView {
  const { children, parents, steps } = structureOf(graph.nodes);
  const nodes = new Map<EntryAddress, NodeRun>(moment.nodes);
  // Children come after their parents, so backwards every child is ready when its parent asks.
  for (let index = graph.nodes.length - 1; index >= 0; index -= 1) {
    const node = graph.nodes[index];
    if (node === undefined || nodes.has(node.id)) continue;
    const derived = derive(node, moment, nodes, children.get(node.id) ?? []);
    if (derived !== undefined) nodes.set(node.id, derived);
  }
  for (const node of graph.nodes) {
    // A path that was skipped is skipped as a whole.
    const parent = node.parent === undefined ? undefined : nodes.get(node.parent);
    if (parent?.status === 'skipped') nodes.set(node.id, bare.skipped);
    else if (node.parent !== undefined && (node.kind === 'start' || node.kind === 'end')) {
      const reached = parent !== undefined && (node.kind === 'start' || parent.status === 'success');
      if (reached) nodes.set(node.id, bare.success);
    }
  }
  const passed = new Set<string>();
  for (const edge of graph.edges) if (isPassed(edge, nodes, parents)) passed.add(edge.id);
  const waiting: ModelNode[] = [];
  let completed = 0;
  let total = 0;
  let skipped = 0;
  for (const step of steps) {
    const status = nodes.get(step.id)?.status;
    if (status === 'skipped') skipped += 1;
    else total += 1;
    if (status === 'success') completed += 1;
    if (status === 'suspended' && moment.status === 'suspended') waiting.push(step);
  }
  return { nodes, passed, completed, total, skipped, attention: attention(graph, moment.status, nodes), waiting };
}

/** What does not change with the moment. */
interface Structure {
  /** What each box holds, but for its two ends. */
  readonly children: ReadonlyMap<EntryAddress, readonly EntryAddress[]>;
  readonly parents: ReadonlyMap<EntryAddress, EntryAddress | undefined>;
  /** Nodes that hold nothing, but for the ends. */
  readonly steps: readonly ModelNode[];
}

const structures = new WeakMap<RunGraph['nodes'], Structure>();

/** Worked out once for a drawing, of which many moments are looked at. */
function structureOf(nodes: RunGraph['nodes']): Structure {
  const known = structures.get(nodes);
  if (known !== undefined) return known;
  const isEnd = ({ kind }: ModelNode) => kind === 'start' || kind === 'end';
  const made: Structure = {
    children: childrenOf(nodes.filter((node) => !isEnd(node))),
    parents: new Map(nodes.map(({ id, parent }) => [id, parent])),
    steps: nodes.filter((node) => node.arrangement === 'leaf' && !isEnd(node)),
  };
  structures.set(nodes, made);
  return made;
}

function childrenOf(nodes: readonly ModelNode[]): ReadonlyMap<EntryAddress, readonly EntryAddress[]> {
  const children = new Map<EntryAddress, EntryAddress[]>();
  for (const { id, parent } of nodes) {
    if (parent === undefined) continue;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [id]);
    else list.push(id);
  }
  return children;
}

function derive(
  node: ModelNode,
  moment: Moment,
  nodes: ReadonlyMap<EntryAddress, NodeRun>,
  children: readonly EntryAddress[],
): NodeRun | undefined {
  if (node.kind === 'start' && node.parent === undefined) return { ...bare.success, output: moment.input };
  if (node.kind === 'end' && node.parent === undefined) {
    return moment.status === 'success' ? { ...bare.success, output: moment.output } : undefined;
  }
  const status = combined(children, nodes);
  return status === undefined ? undefined : bare[status];
}

const urgent = ['failed', 'suspended', 'canceled', 'running', 'waiting'] as const;

/** The most urgent state of what a box holds; undefined while none of it was reached, or all that was is skipped. */
function combined(
  children: readonly EntryAddress[],
  nodes: ReadonlyMap<EntryAddress, NodeRun>,
): NodeRun['status'] | undefined {
  const statuses = new Set<NodeRun['status']>();
  let reached = 0;
  for (const child of children) {
    const run = nodes.get(child);
    if (run === undefined) continue;
    reached += 1;
    statuses.add(run.status);
  }
  const most = urgent.find((status) => statuses.has(status));
  if (most !== undefined || reached === 0) return most;
  if (!statuses.has('success')) return reached === children.length ? 'skipped' : undefined;
  return reached === children.length ? 'success' : 'running';
}

function stateOf(status: NodeRun['status']): NodeRun {
  return {
    status,
    startedAt: undefined,
    finishedAt: undefined,
    runs: 1,
    progress: undefined,
    input: undefined,
    output: undefined,
    suspendPayload: undefined,
    error: undefined,
  };
}

/** States of which nothing else is known. */
const bare: Readonly<Record<NodeRun['status'], NodeRun>> = {
  running: stateOf('running'),
  waiting: stateOf('waiting'),
  success: stateOf('success'),
  failed: stateOf('failed'),
  suspended: stateOf('suspended'),
  canceled: stateOf('canceled'),
  skipped: stateOf('skipped'),
};

function isPassed(
  edge: RunGraph['edges'][number],
  nodes: ReadonlyMap<EntryAddress, NodeRun>,
  parents: ReadonlyMap<EntryAddress, EntryAddress | undefined>,
): boolean {
  const from = nodes.get(edge.from);
  const to = nodes.get(edge.to);
  if (edge.kind === 'loop-back') return (from?.runs ?? 0) > 1;
  if (parents.get(edge.from) === edge.to) return from?.status === 'success';
  return to !== undefined && to.status !== 'skipped';
}

/** The innermost one: containers only repeat what happened inside. */
function attention(
  graph: RunGraph,
  status: Moment['status'],
  nodes: ReadonlyMap<EntryAddress, NodeRun>,
): EntryAddress | undefined {
  // Steps that a cancelled run broke off are not what went wrong with it.
  if (status !== 'failed' && status !== 'suspended') return undefined;
  return graph.nodes.findLast((node) => nodes.get(node.id)?.status === status)?.id;
}
