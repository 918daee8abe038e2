/** The words of replay. Pure. */
import type { SmallEvent } from '../../../common/protocol/replay.ts';
import type { Item, Occurrence } from '../../../common/replay/occurrence.ts';
import type { Speed } from './player.ts';

/** `1.25 s`, `3:07 min`: as exact as a time line needs, and of one width while it plays. */
export function clockText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${seconds.toFixed(2)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = String(Math.floor(seconds % 60)).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${rest} min`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest} h`;
}

export function speedText(speed: Speed): string {
  return speed === 'steps' ? 'Steps' : `${speed}×`;
}

/** What one event is about: `charge-card failed`. */
export function eventText(event: SmallEvent): string {
  switch (event.type) {
    case 'run-started':
      return 'The run started';
    case 'run-resumed':
      return `The run went on with ${nameOf(event.step)}`;
    case 'run-finished':
      return `The run ${ends[event.status]}`;
    case 'step-started':
      return `${nameOf(event.step)} started${event.iteration === undefined ? '' : `, iteration ${event.iteration}`}`;
    case 'step-retried':
      return `${nameOf(event.step)} is tried again, attempt ${event.attempt}`;
    case 'step-waiting':
      return `${nameOf(event.step)} waits`;
    case 'step-progress':
      return `${nameOf(event.step)}: item ${event.index + 1} of ${event.total} ${ends[event.itemStatus]}`;
    case 'step-succeeded':
      return `${nameOf(event.step)} succeeded`;
    case 'step-failed':
      return `${nameOf(event.step)} failed`;
    case 'step-suspended':
      return `${nameOf(event.step)} was suspended`;
    case 'step-output':
      return event.step.length === 0 ? 'Something was written' : `${nameOf(event.step)} wrote`;
    case 'console':
      return event.step === undefined ? 'Something was printed' : `${nameOf(event.step)} printed`;
  }
}

const ends = { success: 'succeeded', failed: 'failed', suspended: 'was suspended', canceled: 'was canceled' } as const;

function nameOf(step: readonly string[]): string {
  const name = step.at(-1) ?? 'A step';
  return /^(?:sleep|mapping)_/.test(name) ? (name.startsWith('sleep') ? 'A sleep' : 'A mapping') : name;
}

/** `Iteration 3`, `Run 2`. */
export function occurrenceText({ iteration, number }: Occurrence): string {
  return iteration === undefined ? `Run ${number + 1}` : `Iteration ${iteration}`;
}

export function itemText({ index }: Item): string {
  return `Item ${index + 1}`;
}

/** Which of several times it is, and those around it, from the outside in: `Iteration 2 › Iteration 5`. */
export function pathText(occurrence: Occurrence): string {
  const parts: string[] = [];
  for (let current: Occurrence | undefined = occurrence; current !== undefined; current = current.group.parent) {
    if (current.group.occurrences.length > 1) parts.unshift(occurrenceText(current));
  }
  return parts.length === 0 ? occurrenceText(occurrence) : parts.join(' › ');
}
