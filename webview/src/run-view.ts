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
  const nodes = new Map<EntryAddress, NodeRun>(moment.nodes);
  const children = childrenOf(graph);
  // Children come after their parents, so backwards every child is ready when its parent asks.
  for (const node of graph.nodes.toReversed()) {
    if (nodes.has(node.id)) continue;
    const derived = derive(node, moment, nodes, children.get(node.id) ?? []);
    if (derived !== undefined) nodes.set(node.id, derived);
  }
  for (const node of graph.nodes) {
    // A path that was skipped is skipped as a whole.
    const parent = node.parent === undefined ? undefined : nodes.get(node.parent);
    if (parent?.status === 'skipped') nodes.set(node.id, state('skipped'));
    else if (node.parent !== undefined && (node.kind === 'start' || node.kind === 'end')) {
      const reached = parent !== undefined && (node.kind === 'start' || parent.status === 'success');
      if (reached) nodes.set(node.id, state('success'));
    }
  }
  const steps = graph.nodes.filter(
    (node) => node.arrangement === 'leaf' && node.kind !== 'start' && node.kind !== 'end',
  );
  const open = steps.filter((node) => nodes.get(node.id)?.status !== 'skipped');
  const parents = new Map(graph.nodes.map((node) => [node.id, node.parent]));
  return {
    nodes,
    passed: new Set(graph.edges.filter((edge) => isPassed(edge, nodes, parents)).map((edge) => edge.id)),
    completed: open.filter((node) => nodes.get(node.id)?.status === 'success').length,
    total: open.length,
    attention: attention(graph, moment.status, nodes),
    waiting: moment.status === 'suspended' ? steps.filter((node) => nodes.get(node.id)?.status === 'suspended') : [],
  };
}

function childrenOf(graph: RunGraph): ReadonlyMap<EntryAddress, readonly EntryAddress[]> {
  const children = new Map<EntryAddress, EntryAddress[]>();
  for (const { id, parent, kind } of graph.nodes) {
    if (parent === undefined || kind === 'start' || kind === 'end') continue;
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
  if (node.kind === 'start' && node.parent === undefined) return { ...state('success'), output: moment.input };
  if (node.kind === 'end' && node.parent === undefined) {
    return moment.status === 'success' ? { ...state('success'), output: moment.output } : undefined;
  }
  const runs = children.map((child) => nodes.get(child)).filter((run) => run !== undefined);
  const status = combined(
    runs.map((run) => run.status),
    children.length,
  );
  return status === undefined ? undefined : state(status);
}

function combined(statuses: readonly NodeRun['status'][], children: number): NodeRun['status'] | undefined {
  for (const urgent of ['failed', 'suspended', 'canceled', 'running', 'waiting'] as const) {
    if (statuses.includes(urgent)) return urgent;
  }
  if (statuses.length === 0) return undefined;
  if (statuses.every((status) => status === 'skipped')) return statuses.length === children ? 'skipped' : undefined;
  return statuses.length === children ? 'success' : 'running';
}

function state(status: NodeRun['status']): NodeRun {
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
