// Runs in a page: lays out a graph of boxes and lines with the general layouters, as a panel that used one of them would.
import dagre from '@dagrejs/dagre';
import ELK from 'elkjs/lib/elk.bundled.js';

/** Milliseconds that dagre needs. */
globalThis.layOutWithDagre = ({ boxes, lines }) => {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 32 });
  graph.setDefaultEdgeLabel(() => ({}));
  const start = performance.now();
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [from, to] of lines) graph.setEdge(from, to);
  dagre.layout(graph);
  return performance.now() - start;
};

/** Milliseconds that the layered layout of ELK needs. */
globalThis.layOutWithElk = async ({ boxes, lines }) => {
  const elk = new ELK();
  const start = performance.now();
  await elk.layout({
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN' },
    children: boxes.map(({ id, width, height }) => ({ id, width, height })),
    edges: lines.map(([from, to], index) => ({ id: `line-${index}`, sources: [from], targets: [to] })),
  });
  return performance.now() - start;
};
