/** What happened when, as marks on a line of so many pixels: one for each pixel, of the gravest that happened there. Pure. */
import type { SmallEvent } from '../../../common/protocol/replay.ts';
import { isStepBoundary } from '../../../common/replay/run-index.ts';

export type TickKind = 'failed' | 'suspended' | 'step' | 'spoken';

export interface Ticks {
  /** By pixel; undefined where nothing happened. */
  readonly kinds: readonly (TickKind | undefined)[];
  /** Of the pixel where most happened. */
  readonly most: number;
  readonly counts: readonly number[];
  /** From pixel to pixel: the run waited for an answer. */
  readonly waits: readonly (readonly [from: number, to: number])[];
}

const gravity: Readonly<Record<TickKind, number>> = { spoken: 0, step: 1, suspended: 2, failed: 3 };

/** `offsets` are those of the axis, `length` its length, `width` in pixels. */
export function ticksOf(
  events: readonly SmallEvent[],
  offsets: readonly number[],
  length: number,
  width: number,
): Ticks {
  const kinds: (TickKind | undefined)[] = Array.from({ length: width });
  const counts: number[] = Array.from({ length: width }, () => 0);
  const waits: [number, number][] = [];
  let most = 0;
  let waitsSince: number | undefined;
  events.forEach((event, number) => {
    const pixel = pixelOf(offsets[number] ?? 0, length, width);
    const kind = kindOf(event);
    const before = kinds[pixel];
    if (before === undefined || gravity[kind] > gravity[before]) kinds[pixel] = kind;
    counts[pixel] = (counts[pixel] ?? 0) + 1;
    most = Math.max(most, counts[pixel] ?? 0);
    if (event.type === 'run-finished' && event.status === 'suspended') waitsSince = pixel;
    else if (event.type === 'run-resumed' && waitsSince !== undefined) {
      waits.push([waitsSince, pixel]);
      waitsSince = undefined;
    }
  });
  return { kinds, counts, most, waits };
}

export function pixelOf(offset: number, length: number, width: number): number {
  return length === 0 ? 0 : Math.min(width - 1, Math.max(0, Math.round((offset / length) * (width - 1))));
}

function kindOf(event: SmallEvent): TickKind {
  switch (event.type) {
    case 'step-failed':
      return 'failed';
    case 'step-suspended':
      return 'suspended';
    case 'step-progress':
      return event.itemStatus === 'success' ? 'step' : event.itemStatus;
    case 'run-finished':
      return event.status === 'failed' ? 'failed' : event.status === 'suspended' ? 'suspended' : 'step';
    case 'run-started':
    case 'run-resumed':
    case 'step-started':
    case 'step-retried':
    case 'step-waiting':
    case 'step-succeeded':
    case 'step-output':
    case 'console':
      return isStepBoundary(event) ? 'step' : 'spoken';
  }
}
