/** What colours boxes and lines where there is no room for words: the state of a run, what is wrong, what is marked. Pure. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphEdge, GraphNode } from '../../common/protocol/graph.ts';
import type { ColourName } from './colours.ts';
import type { RunView } from './run-view.ts';
import { worstSeverity } from './words.ts';
import type { NodeStatus } from './words.ts';

export interface Marks {
  readonly selected: EntryAddress | undefined;
  readonly highlighted: EntryAddress | undefined;
  readonly found: ReadonlySet<EntryAddress>;
}

const statusColours: Readonly<Record<NodeStatus, ColourName>> = {
  running: 'busy',
  waiting: 'attention',
  success: 'passed',
  failed: 'failed',
  suspended: 'attention',
  canceled: 'muted',
  skipped: 'muted',
};

/** The colour of a box that has something to say; undefined for one that looks as its kind does. */
export function nodeColour(node: GraphNode, run: RunView | undefined, marks: Marks): ColourName | undefined {
  if (node.id === marks.selected || node.id === marks.highlighted) return 'selected';
  if (marks.found.has(node.id)) return 'found';
  const status = run?.nodes.get(node.id)?.status;
  if (status !== undefined) return statusColours[status];
  const severity = worstSeverity(node.findings);
  return severity === 'error' || severity === 'warning' ? severity : undefined;
}

export function edgeColour(edge: GraphEdge, run: RunView | undefined): ColourName | undefined {
  const severity = edge.finding?.severity;
  if (severity === 'error' || severity === 'warning') return severity;
  return run?.passed.has(edge.id) === true ? 'passed' : undefined;
}
