/** Recorded runs in the words of the Runs view. */
import { duration } from '../../run/output.ts';
import type { RecordedRun, RunSummary } from '../summary.ts';

/** Every state that a run in the list can be in. */
export const shownStatuses = [
  'running',
  'suspended',
  'failed',
  'interrupted',
  'canceled',
  'success',
  'unreadable',
] as const;
export type ShownStatus = (typeof shownStatuses)[number];

export const statusWords: Readonly<Record<ShownStatus, string>> = {
  running: 'Running',
  suspended: 'Suspended',
  failed: 'Failed',
  interrupted: 'Interrupted',
  canceled: 'Canceled',
  success: 'Succeeded',
  unreadable: 'Unreadable',
};

/** Codicons, and the colours of a theme. */
export const statusIcons: Readonly<Record<ShownStatus, { readonly icon: string; readonly color: string }>> = {
  running: { icon: 'loading~spin', color: 'charts.blue' },
  suspended: { icon: 'debug-pause', color: 'charts.yellow' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  interrupted: { icon: 'debug-disconnect', color: 'charts.orange' },
  canceled: { icon: 'circle-slash', color: 'disabledForeground' },
  success: { icon: 'pass', color: 'testing.iconPassed' },
  unreadable: { icon: 'warning', color: 'list.warningForeground' },
};

export function statusOf(run: RecordedRun): ShownStatus {
  return run.kind === 'run' ? run.status : 'unreadable';
}

export function titleOf(run: RecordedRun): string {
  return run.kind === 'run' ? run.title : run.id;
}

export function serverOf(run: RecordedRun): string {
  return run.kind === 'run' ? run.header.server.name : 'Unknown server';
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`, else the date. */
export function agoText(time: number, now: number): string {
  const age = now - time;
  if (age < minute) return 'just now';
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  const days = Math.floor(age / day);
  if (days < 7) return days === 1 ? '1 day ago' : `${days} days ago`;
  return new Date(time).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** The day in local time: `Today`, `Yesterday`, else weekday and date. */
export function dayText(time: number, now: number): string {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  if (time >= start.getTime()) return 'Today';
  start.setDate(start.getDate() - 1);
  if (time >= start.getTime()) return 'Yesterday';
  return new Date(time).toLocaleDateString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** The time of day for a run of today, with the date for others. */
export function timeText(time: number, now: number): string {
  const at = new Date(time);
  const clock = at.toLocaleTimeString(undefined, { timeStyle: 'medium' });
  if (dayText(time, now) === 'Today') return clock;
  return `${at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${clock}`;
}

/** How long it took, or has been going on; undefined where the log does not tell. */
export function durationText(run: RunSummary, now: number): string | undefined {
  if (run.status === 'running') return duration(Math.max(0, now - run.startedAt));
  return run.finishedAt === undefined ? undefined : duration(Math.max(0, run.finishedAt - run.startedAt));
}

export function sizeText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1_024)} KB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** The tooltip, as Markdown. */
export function tooltipText(run: RecordedRun, now: number): string {
  if (run.kind === 'unreadable') {
    return [`**${escaped(run.id)}** · Unreadable`, escaped(run.reason), `${sizeText(run.bytes)} on disk`].join('\n\n');
  }
  const { header } = run;
  const mastra = header.mastraVersion === undefined ? '' : ` · Mastra ${escaped(header.mastraVersion)}`;
  const took = durationText(run, now);
  const lines = [
    `**${escaped(run.title)}** · ${statusWords[run.status]}`,
    run.error === undefined ? undefined : escaped(firstLine(run.error)),
    run.status === 'interrupted' ? interruptedText(run) : undefined,
    `Started ${escaped(new Date(run.startedAt).toLocaleString())}${took === undefined ? '' : ` · ${took}`}`,
    `${escaped(header.server.name)}${mastra}`,
    header.inputName === undefined ? undefined : `Input “${escaped(header.inputName)}”`,
    run.input === undefined ? undefined : `Input\n\n${codeBlock(firstLines(run.input))}`,
    header.imported === undefined
      ? undefined
      : `Imported ${escaped(new Date(header.imported.at).toLocaleString())} from ${escaped(header.imported.from)}`,
    run.pinned ? 'Pinned: kept until it is unpinned or deleted' : undefined,
    `${counted(run.events, 'event')} · ${sizeText(run.bytes)}${run.runId === undefined ? '' : ` · Run ${escaped(run.runId)}`}`,
  ];
  return lines.filter((line) => line !== undefined).join('\n\n');
}

/** Why nobody knows how the run ended. */
export function interruptedText({ header }: RunSummary): string {
  const { imported, server } = header;
  if (imported !== undefined) {
    return 'The run was still going on when it was imported. Import it again to see how it ended.';
  }
  if (server.kind === 'embedded') return 'The recording ends before the run did: its process or the editor ended.';
  return `The recording ends before the run did: the editor ended. The run may have gone on at ${escaped(server.name)}: Watch Run Again tells.`;
}

/** Names and errors come from the author's code and from files of others: none of it is Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}

function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}

const maxTooltipLines = 20;

function firstLines(text: string): string {
  const lines = text.split('\n');
  return lines.length <= maxTooltipLines ? text : [...lines.slice(0, maxTooltipLines), '…'].join('\n');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
