/** What the Runs view shows: runs that match the filter, in groups, newest first. */
import type { RecordedRun } from '../summary.ts';
import { counted, dayText, serverOf, shownStatuses, statusOf, statusWords, titleOf } from './words.ts';
import type { ShownStatus } from './words.ts';

export const groupings = ['workflow', 'status', 'server', 'day', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export interface RunFilter {
  /** Words that all have to be found: in workflow, input, error, server, name of the input, id of the run. */
  readonly text: string;
  /** Empty for all. */
  readonly statuses: readonly ShownStatus[];
  /** Names; empty for all. */
  readonly servers: readonly string[];
}

export const noFilter: RunFilter = { text: '', statuses: [], servers: [] };

export interface RunGroup {
  readonly kind: 'group';
  /** Stable while runs come and go, so that VS Code remembers what is expanded. */
  readonly id: string;
  readonly label: string;
  readonly grouping: Exclude<Grouping, 'none'>;
  readonly runs: readonly RecordedRun[];
}

export interface RunNode {
  readonly kind: 'run';
  readonly run: RecordedRun;
}

export type RunsNode = RunGroup | RunNode;

export function isFiltered(filter: RunFilter): boolean {
  return filter.text.trim() !== '' || filter.statuses.length > 0 || filter.servers.length > 0;
}

export function matches(run: RecordedRun, filter: RunFilter): boolean {
  if (filter.statuses.length > 0 && !filter.statuses.includes(statusOf(run))) return false;
  if (filter.servers.length > 0 && !filter.servers.includes(serverOf(run))) return false;
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const text = searched(run).toLowerCase();
  return words.every((word) => text.includes(word));
}

function searched(run: RecordedRun): string {
  if (run.kind === 'unreadable') return `${run.id} ${run.reason}`;
  const { header } = run;
  return [run.title, header.workflow.name, header.workflow.file, run.runId, run.input, run.error, header.inputName]
    .concat(header.server.name, header.imported?.from)
    .filter((part) => part !== undefined)
    .join('\n');
}

/** `runs` newest first. Groups by status come in the order of urgency, all others by their newest run. */
export function groupRuns(runs: readonly RecordedRun[], grouping: Grouping, now: number): readonly RunsNode[] {
  if (grouping === 'none') return runs.map((run) => ({ kind: 'run', run }));
  const byKey = new Map<string, RecordedRun[]>();
  for (const run of runs) {
    const key = keyOf(run, grouping, now);
    const members = byKey.get(key);
    if (members === undefined) byKey.set(key, [run]);
    else members.push(run);
  }
  const groups = [...byKey].map(([key, members]): RunGroup => ({
    kind: 'group',
    id: `${grouping}:${key}`,
    label: labelOf(key, members[0], grouping),
    grouping,
    runs: members,
  }));
  if (grouping !== 'status') return groups;
  return shownStatuses.flatMap((status) => groups.filter(({ id }) => id === `status:${status}`));
}

function keyOf(run: RecordedRun, grouping: Exclude<Grouping, 'none'>, now: number): string {
  switch (grouping) {
    case 'workflow':
      // The id, so that runs of another machine, whose files lie elsewhere, are among those of the same workflow.
      return run.kind === 'run' ? titleOf(run) : '';
    case 'status':
      return statusOf(run);
    case 'server':
      return run.kind === 'run' ? `${run.header.server.id} ${run.header.server.name}` : '';
    case 'day':
      return dayText(run.startedAt, now);
  }
}

function labelOf(key: string, run: RecordedRun | undefined, grouping: Exclude<Grouping, 'none'>): string {
  switch (grouping) {
    case 'workflow':
      return run?.kind === 'run' ? run.title : statusWords.unreadable;
    case 'status':
      return run === undefined ? key : statusWords[statusOf(run)];
    case 'server':
      return run === undefined ? key : serverOf(run);
    case 'day':
      return key;
  }
}

/** What the view says above the runs while not all of them are shown; undefined without a filter. */
export function filterMessage(filter: RunFilter, shown: number, all: number): string | undefined {
  if (!isFiltered(filter)) return undefined;
  const parts = [
    filter.text.trim() === '' ? undefined : `“${filter.text.trim()}”`,
    filter.statuses.length === 0 ? undefined : filter.statuses.map((status) => statusWords[status]).join(' or '),
    filter.servers.length === 0 ? undefined : filter.servers.join(' or '),
  ].filter((part) => part !== undefined);
  return `Filtered by ${parts.join(', ')}: ${shown} of ${counted(all, 'run')}.`;
}
