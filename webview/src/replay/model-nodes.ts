/** The nodes of a workflow by their address; made once for each. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel, ModelNode } from '../../../common/protocol/graph.ts';

const nodeMaps = new WeakMap<GraphModel, ReadonlyMap<EntryAddress, ModelNode>>();

export function nodesOf(model: GraphModel | undefined): ReadonlyMap<EntryAddress, ModelNode> {
  if (model === undefined) return new Map();
  const known = nodeMaps.get(model);
  if (known !== undefined) return known;
  const nodes = new Map(model.nodes.map((node) => [node.id, node]));
  nodeMaps.set(model, nodes);
  return nodes;
}
