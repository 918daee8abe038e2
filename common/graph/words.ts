/** The words on the boxes, alike on the page and in exported pictures. Pure. */
import type { GraphNode } from '../protocol/graph.ts';

const kindLabels: Readonly<Record<GraphNode['kind'], string>> = {
  step: 'Step',
  mapping: 'Map',
  parallel: 'Parallel',
  conditional: 'Branch',
  loop: 'Loop',
  foreach: 'For each',
  sleep: 'Sleep',
  sleepUntil: 'Sleep until',
  workflow: 'Workflow',
  agent: 'Agent',
  tool: 'Tool',
  classifier: 'Classifier',
  opaque: 'Not readable',
  start: 'Start',
  end: 'End',
};

export function kindLabel(node: Pick<GraphNode, 'kind'>): string {
  return kindLabels[node.kind];
}

/** The smaller line of a box: its kind, unless the title says so already, and its detail. */
export function secondLine(node: Pick<GraphNode, 'kind' | 'title' | 'detail'>): string {
  const kind = node.title === kindLabel(node) || node.kind === 'opaque' ? undefined : kindLabel(node);
  return [kind, node.detail].filter((part) => part !== undefined).join(' · ');
}

/** What happens where the paths of a parallel or a branch come together. */
export function joinText(kind: 'parallel' | 'conditional'): string {
  return kind === 'parallel'
    ? 'Join: goes on when every path has ended, with the outputs of all by step id'
    : 'Join: goes on when the paths that ran have ended, with their outputs by step id';
}
