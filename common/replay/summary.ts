/** All occurrences of a step together, at any moment. */
import type { GroupSummary, OccurrenceState, StepGroup } from './occurrence.ts';
import { addToTrack } from './track.ts';

const counted = {
  running: 'running',
  waiting: 'running',
  failed: 'failed',
  suspended: 'suspended',
  canceled: 'canceled',
  success: undefined,
} as const;

const nobody: GroupSummary = {
  begun: 0,
  running: 0,
  failed: 0,
  suspended: 0,
  canceled: 0,
  startedAt: undefined,
  finishedAt: undefined,
};

/** Counts an occurrence of `group` where it is now, and no more where it was before. */
export function summarize(
  { summary }: StepGroup,
  before: OccurrenceState | undefined,
  { status, startedAt, finishedAt }: OccurrenceState,
  number: number,
): void {
  if (before?.status === status) return;
  const last = summary.values.at(-1) ?? nobody;
  const counts = { running: last.running, failed: last.failed, suspended: last.suspended, canceled: last.canceled };
  const left = before === undefined ? undefined : counted[before.status];
  const entered = counted[status];
  if (left !== undefined) counts[left] -= 1;
  if (entered !== undefined) counts[entered] += 1;
  addToTrack(summary, number, {
    ...counts,
    begun: last.begun + (before === undefined ? 1 : 0),
    startedAt: last.startedAt ?? startedAt,
    finishedAt: finishedAt === undefined ? last.finishedAt : Math.max(finishedAt, last.finishedAt ?? finishedAt),
  });
}
