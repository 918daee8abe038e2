/** When something ran, as bars on the scale of the time line. */
import type { StepGroup } from '../../../common/replay/occurrence.ts';
import type { Track } from '../../../common/replay/track.ts';
import type { NodeStatus } from '../words.ts';
import type { StepRow } from './rows.ts';

/** A stretch of time, in percent of the time line's width. */
export interface Bar {
  readonly class: string;
  readonly left: number;
  readonly width: number;
}

export interface BarScale {
  /** Number of the event after which the run is shown. */
  readonly shown: number;
  readonly offsets: readonly number[];
  /** Milliseconds that the width of the bars stands for. */
  readonly length: number;
}

/** What ran when, on the same scale as the time line above. */
export function bars(row: StepRow, scale: BarScale): readonly Bar[] {
  switch (row.kind) {
    case 'unknown':
      return [];
    case 'item':
      return marks(row.item.states, scale);
    case 'occurrence':
      return pieces(row.occurrence.states, scale);
    case 'group': {
      const { occurrences } = row.group;
      // Of a thousand rounds the whole is drawn.
      if (occurrences.length > maxBars) return [wholeBar(row.group, scale)];
      return occurrences.flatMap(({ states }) => pieces(states, scale));
    }
  }
}

const maxBars = 60;

interface StateWithStatus {
  readonly status: NodeStatus;
}

/** A bar for each stretch of one status; what ran has the colour of how that ended. */
function pieces({ events, values }: Track<StateWithStatus>, scale: BarScale): readonly Bar[] {
  const drawn: Bar[] = [];
  for (let index = 0; index < values.length;) {
    const status = values[index]?.status ?? 'running';
    const next = values.findIndex((state, at) => at > index && state.status !== status);
    const from = events[index] ?? 0;
    const to = next === -1 ? undefined : events[next];
    if (!isUnderWay(status)) {
      // An end has no length of its own, unless nothing is known of a beginning.
      if (index === 0) drawn.push(bar('mark', status, scale, from, from));
    } else if (status === 'suspended') drawn.push(bar('wait', status, scale, from, to));
    else {
      const ended = to !== undefined && to <= scale.shown ? values[next]?.status : undefined;
      drawn.push(bar('piece', ended ?? status, scale, from, to));
    }
    index = next === -1 ? values.length : next;
  }
  return drawn;
}

function isUnderWay(status: NodeStatus): boolean {
  return status === 'running' || status === 'waiting' || status === 'suspended';
}

/** When an item was done; how long it took is not told. */
function marks({ events, values }: Track<StateWithStatus>, scale: BarScale): readonly Bar[] {
  return values.map(({ status }, index) => {
    const at = events[index] ?? 0;
    return bar('mark', status, scale, at, at);
  });
}

function wholeBar({ occurrences }: StepGroup, scale: BarScale): Bar {
  const first = occurrences[0]?.states.events[0] ?? 0;
  const last = occurrences.at(-1)?.states.events.at(-1);
  return bar('piece', 'success', scale, first, last);
}

/** From one event to another; without the other, to the end. What is after the moment shown is drawn pale. */
function bar(
  className: string,
  status: NodeStatus,
  { offsets, length, shown }: BarScale,
  from: number,
  to: number | undefined,
): Bar {
  const start = offsets[from] ?? 0;
  const end = to === undefined ? length : (offsets[to] ?? length);
  return {
    class: `bar ${className} ${from > shown ? 'later' : status}`,
    left: share(start, length),
    width: share(end - start, length),
  };
}

function share(offset: number, length: number): number {
  return length === 0 ? 0 : Math.round((offset / length) * 100_000) / 1_000;
}
