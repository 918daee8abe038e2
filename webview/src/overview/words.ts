/** The words of the overview. Pure. */
import type { LastRun, OverviewRow } from '../../../common/protocol/overview.ts';
import type { Severity } from '../../../common/protocol/rules.ts';
import { countLabel, statusLabel } from '../words.ts';

export function titleOf(row: OverviewRow): string {
  return row.id ?? row.name ?? 'Unnamed workflow';
}

/** `5 steps · registered` */
export function secondLine(row: OverviewRow): string {
  const parts = [row.steps === 0 ? 'no steps yet' : countLabel(row.steps, 'step')];
  const registered = registeredLabel(row);
  if (registered !== undefined) parts.push(registered);
  return parts.join(' · ');
}

export function registeredLabel({ registered }: OverviewRow): string | undefined {
  switch (registered) {
    case 'yes':
      return 'registered';
    case 'no':
      return 'not registered';
    case 'unknown':
      return undefined;
  }
}

/** The file comes first: a long path is cut at its end. */
export function placeParts(place: string): { readonly file: string; readonly folder: string } {
  const slash = place.lastIndexOf('/');
  return { file: place.slice(slash + 1), folder: slash < 0 ? '' : place.slice(0, slash) };
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export function worstOf(findings: OverviewRow['findings']): Severity | undefined {
  return severities.find((severity) => findings[severity] > 0);
}

export function findingCount(findings: OverviewRow['findings']): number {
  return severities.reduce((sum, severity) => sum + findings[severity], 0);
}

const nouns: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' };

/** `1 error, 2 warnings`; empty when there are none. */
export function findingsLabel(findings: OverviewRow['findings']): string {
  return severities
    .filter((severity) => findings[severity] > 0)
    .map((severity) => countLabel(findings[severity], nouns[severity]))
    .join(', ');
}

/** `Last run: Succeeded, 5 minutes ago` */
export function lastRunLabel({ status, startedAt }: LastRun, now: number): string {
  const how = status === 'interrupted' ? 'Interrupted' : statusLabel(status);
  return `Last run: ${how}, ${agoLabel(now - startedAt)}`;
}

/** `just now`, `5 minutes ago`, `3 hours ago`, `2 days ago` */
export function agoLabel(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${countLabel(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${countLabel(hours, 'hour')} ago` : `${countLabel(Math.floor(hours / 24), 'day')} ago`;
}

/** What a screen reader says of a card. `used` are the titles of the workflows it uses. */
export function cardDescription(row: OverviewRow, used: readonly string[], now: number): string {
  const parts = [titleOf(row), secondLine(row)];
  const findings = findingsLabel(row.findings);
  if (findings !== '') parts.push(findings);
  if (row.lastRun !== undefined) parts.push(lastRunLabel(row.lastRun, now));
  if (used.length > 0) parts.push(`uses ${used.join(', ')}`);
  if (row.description !== undefined) parts.push(row.description);
  parts.push(row.place);
  return parts.join('. ');
}
