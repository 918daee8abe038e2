/** The words of the panel, one place for all of them. Pure. */
import { kindLabel } from '../../common/graph/words.ts';
import type { GraphFinding, GraphNode } from '../../common/protocol/graph.ts';
import type { Moment, NodeRun } from '../../common/replay/moment.ts';
import type { RunStatus } from '../../common/runlog/events.ts';
import { isInterrupted } from '../../common/runlog/interruption.ts';
import type { Severity } from '../../common/protocol/rules.ts';

export { kindLabel, secondLine } from '../../common/graph/words.ts';

export type NodeStatus = NodeRun['status'];

const statusLabels: Readonly<Record<NodeStatus, string>> = {
  running: 'Running',
  waiting: 'Waiting',
  success: 'Succeeded',
  failed: 'Failed',
  suspended: 'Suspended',
  canceled: 'Canceled',
  skipped: 'Skipped',
};

export function statusLabel(status: NodeStatus | RunStatus): string {
  return statusLabels[status];
}

type Told = Pick<NodeRun, 'status' | 'progress' | 'startedAt' | 'finishedAt' | 'runs' | 'attempts'>;

/** `Running · 3 of 5 · 1.4 s · 2×` */
export function runLine(run: Told, now: number): string {
  const figures = runFigures(run, now);
  return figures === '' ? statusLabel(run.status) : `${statusLabel(run.status)} · ${figures}`;
}

/** What stands behind the status: `3 of 5 · 1.4 s · 2×`; empty where nothing was measured. */
export function runFigures(run: Told, now: number): string {
  const parts: string[] = [];
  if (run.progress !== undefined) parts.push(`${run.progress.completed} of ${run.progress.total}`);
  const elapsed = elapsedTime(run, now);
  if (elapsed !== undefined) parts.push(durationLabel(elapsed));
  // Of a step that ran for each item that is told already.
  if (run.runs > 1 && run.runs !== run.progress?.completed) parts.push(`${run.runs}×`);
  if (run.attempts !== undefined && run.attempts > 1) parts.push(attemptsLabel(run.attempts, run.status));
  return parts.join(' · ');
}

/** `attempt 2` while it may not be the last, `2 attempts` then. */
export function attemptsLabel(attempts: number, status: NodeStatus): string {
  return status === 'running' || status === 'waiting' ? `attempt ${attempts}` : `${attempts} attempts`;
}

/** Milliseconds a node or a run took, or takes so far; undefined where the times are not known or nothing runs. */
export function elapsedTime(
  run: Pick<NodeRun, 'status' | 'startedAt' | 'finishedAt'> | Moment,
  now: number,
): number | undefined {
  if (run.startedAt === undefined || run.status === 'skipped') return undefined;
  if (run.finishedAt !== undefined) return Math.max(0, run.finishedAt - run.startedAt);
  return run.status === 'running' || run.status === 'waiting' ? Math.max(0, now - run.startedAt) : undefined;
}

/** `120 ms`, `1.4 s`, `2 min 5 s`, `1 h 2 min` */
export function durationLabel(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function countLabel(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** The gravest of the findings; undefined when there are none. */
export function worstSeverity(findings: readonly GraphFinding[]): Severity | undefined {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity));
}

export function problemsLabel(findings: readonly GraphFinding[]): string {
  return countLabel(findings.length, 'problem');
}

/** What a screen reader says of a node. */
export function nodeDescription(node: GraphNode, run: NodeRun | undefined, now: number): string {
  const parts = [node.title];
  if (node.title !== kindLabel(node)) parts.push(kindLabel(node));
  if (node.detail !== undefined) parts.push(node.detail);
  if (node.canSuspend) parts.push('can suspend');
  if (run !== undefined) parts.push(runLine(run, now));
  for (const finding of node.findings) parts.push(`${finding.severity}: ${finding.message}`);
  return parts.join(', ');
}

/** One sentence for the live region and the run bar. */
export function runSentence(run: Moment, now: number): string {
  const elapsed = elapsedTime(run, now);
  const time = elapsed === undefined ? '' : ` in ${durationLabel(elapsed)}`;
  switch (run.status) {
    case 'running':
      return elapsed === undefined ? 'Running' : `Running for ${durationLabel(elapsed)}`;
    case 'success':
      return `Succeeded${time}`;
    case 'failed':
      return `Failed${elapsed === undefined ? '' : ` after ${durationLabel(elapsed)}`}`;
    case 'suspended':
      return 'Suspended, waiting to be resumed';
    case 'canceled':
      return `${isInterrupted(run) ? 'Interrupted' : 'Canceled'}${elapsed === undefined ? '' : ` after ${durationLabel(elapsed)}`}`;
  }
}
