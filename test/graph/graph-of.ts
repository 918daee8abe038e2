import assert from 'node:assert/strict';
import type { GraphNode, GraphView } from '../../common/protocol/graph.ts';
import { buildGraph } from '../../server/src/graph/build.ts';

/** The drawing of a workflow that is known to exist. */
export function graphOf(...parameters: Parameters<typeof buildGraph>): GraphView {
  const graph = buildGraph(...parameters);
  assert.ok(graph);
  return graph;
}

export function nodeOf(graph: GraphView, id: string): GraphNode {
  const found = graph.nodes.find((candidate) => candidate.id === id);
  assert.ok(found, `no node ${id} among ${graph.nodes.map((candidate) => candidate.id).join(' ')}`);
  return found;
}
