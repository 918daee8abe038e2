/** The marks on the time line. Painted when events come or the room changes, not when another moment is shown. */
import type { SmallEvent } from '../../../common/protocol/replay.ts';
import { element } from '../dom.ts';
import { ticksOf } from './ticks.ts';
import type { TickKind } from './ticks.ts';

export interface TrackCanvas {
  readonly root: HTMLElement;
  update(events: readonly SmallEvent[], offsets: readonly number[], length: number): void;
  repaint(): void;
}

/** The variables of base.css that the marks are painted with. */
const colours: Readonly<Record<TickKind | 'wait' | 'line', string>> = {
  failed: '--failed',
  suspended: '--attention',
  step: '--busy',
  spoken: '--muted',
  wait: '--attention',
  line: '--line',
};

const lineHeight = 2;

export function createTrackCanvas(): TrackCanvas {
  const root = element('canvas', { class: 'ticks', attributes: { 'aria-hidden': 'true' } });
  let shown: {
    readonly events: readonly SmallEvent[];
    readonly offsets: readonly number[];
    readonly length: number;
    readonly count: number;
  } = { events: [], offsets: [], length: 0, count: 0 };
  let painted = '';

  const paint = (): void => {
    const { events, offsets, length } = shown;
    const { clientWidth: width, clientHeight: height } = root;
    if (width === 0) return;
    const scale = window.devicePixelRatio;
    const signature = [width, height, scale, events.length, length].join();
    if (signature === painted) return;
    painted = signature;
    root.width = Math.round(width * scale);
    root.height = Math.round(height * scale);
    const context = root.getContext('2d');
    if (context === null) return;
    context.scale(scale, scale);
    const style = getComputedStyle(root);
    const colour = (name: keyof typeof colours): string => style.getPropertyValue(colours[name]);
    const middle = height / 2;
    context.fillStyle = colour('line');
    context.fillRect(0, middle - lineHeight / 2, width, lineHeight);
    const { kinds, counts, most, waits } = ticksOf(events, offsets, length, width);
    context.fillStyle = colour('wait');
    for (const [from, to] of waits) {
      for (let x = from; x < to; x += 4) context.fillRect(x, middle - lineHeight / 2, 2, lineHeight);
    }
    kinds.forEach((kind, x) => {
      if (kind === undefined) return;
      // Where more happened the mark is taller; what went wrong is always tall.
      const part = kind === 'failed' || kind === 'suspended' ? 1 : 0.35 + 0.4 * ((counts[x] ?? 0) / most);
      const tall = Math.max(4, height * part);
      context.fillStyle = colour(kind);
      context.fillRect(x, middle - tall / 2, kind === 'failed' || kind === 'suspended' ? 2 : 1, tall);
    });
  };

  new ResizeObserver(paint).observe(root);
  return {
    root,
    update(events, offsets, length) {
      // Looking for its size would lay out the page.
      if (events === shown.events && length === shown.length && events.length === shown.count) return;
      shown = { events, offsets, length, count: events.length };
      paint();
    },
    repaint() {
      painted = '';
      paint();
    },
  };
}
