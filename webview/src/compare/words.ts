/** The words of the page that compares two runs. Pure. */
import type { ComparedRow, ComparedRowSide, ComparedRun } from '../../../common/protocol/compare.ts';
import type { StepDifference } from '../../../common/replay/compare.ts';
import { durationLabel, statusLabel } from '../words.ts';

export function statusText(status: ComparedRowSide['status']): string {
  return status === 'interrupted' ? 'Interrupted' : statusLabel(status);
}

/** `Succeeded in 1.4 s`, `Interrupted` */
export function runText({ status, startedAt, finishedAt }: ComparedRun): string {
  if (finishedAt === undefined) return statusText(status);
  const took = durationLabel(Math.max(0, finishedAt - startedAt));
  return status === 'success' ? `Succeeded in ${took}` : `${statusText(status)} after ${took}`;
}

const differenceLabels: Readonly<Record<StepDifference, string>> = {
  'only-left': 'only in A',
  'only-right': 'only in B',
  input: 'input',
  status: 'status',
  error: 'error',
  suspended: 'waited with',
  output: 'output',
};

/** `input, output`; `same` where there is no difference. */
export function differencesText({ differences }: ComparedRow): string {
  return differences.length === 0 ? 'same' : differences.map((difference) => differenceLabels[difference]).join(', ');
}

/** How much longer B took than A: `+120 ms`, `−1.2 s`; undefined where one of them is not known, or they took the same. */
export function deltaText({ left, right }: ComparedRow): string | undefined {
  if (left?.duration === undefined || right?.duration === undefined) return undefined;
  const delta = right.duration - left.duration;
  if (delta === 0) return '±0';
  return `${delta > 0 ? '+' : '−'}${durationLabel(Math.abs(delta))}`;
}

/** `3 of 12 steps differ` */
export function countText(rows: readonly ComparedRow[]): string {
  const steps = rows.filter(({ level }) => level > 0);
  const differing = steps.filter(({ differences }) => differences.length > 0).length;
  if (differing === 0) return `${steps.length.toLocaleString('en')} steps, all the same`;
  return `${differing.toLocaleString('en')} of ${steps.length.toLocaleString('en')} steps differ`;
}

/** What a screen reader says of a row. */
export function rowText(row: ComparedRow, parting: boolean): string {
  const side = (name: string, shown: ComparedRowSide | undefined): string => {
    if (shown === undefined) return `${name} did not run it`;
    const took = shown.duration === undefined ? '' : ` in ${durationLabel(shown.duration)}`;
    return `${name} ${statusText(shown.status).toLowerCase()}${took}`;
  };
  const differs = row.differences.length === 0 ? 'the same in both' : `differs: ${differencesText(row)}`;
  return [
    row.title,
    row.detail,
    parting ? 'the runs part here' : undefined,
    side('A', row.left),
    side('B', row.right),
    differs,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

export function timeLabel(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
