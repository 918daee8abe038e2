/** Events of a run that another connection has told: its stream, which begins from the start, repeats them. */
import type { RunEventBody } from '../../../../common/runlog/log.ts';

export interface Known {
  /** True when the event was told; each counts once. */
  take(event: RunEventBody): boolean;
}

/** `events` may lack values, e.g. those that are not recorded. */
export function createKnown(events: readonly RunEventBody[]): Known {
  const counts = new Map<string, number>();
  for (const event of events) {
    const mark = markOf(event);
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return {
    take(event) {
      const mark = markOf(event);
      const count = counts.get(mark) ?? 0;
      if (count > 0) counts.set(mark, count - 1);
      return count > 0;
    },
  };
}

/** The order is that of the stream, so that the rounds of a loop need not be told apart: the first are the known ones. */
function markOf(event: RunEventBody): string {
  const step = 'step' in event ? (event.step?.join('.') ?? '') : '';
  return event.type === 'step-progress'
    ? `${event.type} ${step} ${event.index} ${event.itemStatus}`
    : `${event.type} ${step}`;
}
