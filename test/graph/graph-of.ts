import assert from 'node:assert/strict';
import { layoutGraph } from '../../common/graph/view.ts';
import type { GraphModel, GraphNode, GraphView } from '../../common/protocol/graph.ts';
import { buildModel } from '../../server/src/graph/build.ts';

/** What is to be drawn of a workflow that is known to exist: what the language server answers and a panel takes. */
export function modelOf(...parameters: Parameters<typeof buildModel>): GraphModel {
  const model = buildModel(...parameters);
  assert.ok(model);
  return model;
}

/** The drawing of a workflow that is known to exist, everything open. */
export function graphOf(...parameters: Parameters<typeof buildModel>): GraphView {
  return layoutGraph(modelOf(...parameters));
}

export function nodeOf(graph: GraphView, id: string): GraphNode {
  const found = graph.nodes.find((candidate) => candidate.id === id);
  assert.ok(found, `no node ${id} among ${graph.nodes.map((candidate) => candidate.id).join(' ')}`);
  return found;
}
