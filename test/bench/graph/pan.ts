/** How evenly 10,000 boxes move in Chromium: the time between one picture and the next while panning and zooming. */
import { largeModel } from '../../graph/large.ts';
import { launch, openPanel } from '../../webview/page.ts';
import type { Panel } from '../../webview/page.ts';
import { formatTable } from '../report.ts';
import type { Verdict } from '../report.ts';
import { opened } from './paint.ts';

const nodes = 10_000;
const frames = 240;
const rounds = 3;
const smoothMilliseconds = 20;
const wantedShare = 0.95;

/** What happens in each frame: the browser's own scrolling, or the wheel with Ctrl, which zooms around the pointer. */
type Motion =
  | { readonly kind: 'rest' }
  | { readonly kind: 'scroll'; readonly pixels: number }
  /** Back and forth, each way for `half` frames. */
  | { readonly kind: 'zoom'; readonly delta: number; readonly half: number };

const motions: readonly (readonly [name: string, keys: readonly string[], motion: Motion])[] = [
  ['nothing moves', [], { kind: 'rest' }],
  ['panning at 100%', [], { kind: 'scroll', pixels: 60 }],
  ['panning fast at 100%', [], { kind: 'scroll', pixels: 500 }],
  ['zooming from 100% to far away and back', [], { kind: 'zoom', delta: 20, half: 60 }],
  ['zooming all of it', ['1'], { kind: 'zoom', delta: -12, half: 40 }],
  ['panning from far away', ['1', ...Array<string>(14).fill('+')], { kind: 'scroll', pixels: 40 }],
];

export async function benchPan(): Promise<readonly Verdict[]> {
  const browser = await launch();
  const moving: number[] = [];
  try {
    const panel = await openPanel(browser, { width: 1200, height: 900, reducedMotion: false, saved: opened });
    await panel.show({ graph: largeModel(nodes) });
    await panel.page.locator('[data-node="$start"]').waitFor();
    const rows: string[][] = [];
    for (const [name, keys, motion] of motions) {
      await panel.page.keyboard.press('0');
      for (const key of keys) await panel.page.keyboard.press(key);
      const times = await leastDisturbed(() => framesOf(panel, motion));
      if (motion.kind !== 'rest') moving.push(...times);
      rows.push([name, milliseconds(part(times, 0.5)), milliseconds(part(times, 0.95)), percent(smooth(times))]);
    }
    console.log(formatTable(['', 'median', '95%', `at most ${smoothMilliseconds} ms`], rows));
  } finally {
    await browser.close();
  }
  const share = smooth(moving);
  return [
    {
      target: `95% of frames at most ${smoothMilliseconds} ms while 10,000 nodes are panned and zoomed`,
      measured: percent(share),
      reached: share >= wantedShare,
    },
  ];
}

/** Other programs delay pictures and never hasten them: of several rounds the smoothest tells most about the panel. */
async function leastDisturbed(measure: () => Promise<readonly number[]>): Promise<readonly number[]> {
  let best: readonly number[] = await measure();
  for (let round = 1; round < rounds; round += 1) {
    const times = await measure();
    if (smooth(times) > smooth(best)) best = times;
  }
  return best;
}

/** Milliseconds between the pictures. */
function framesOf(panel: Panel, motion: Motion): Promise<readonly number[]> {
  return panel.page.evaluate(
    async ([given, count]) => {
      const viewport = document.querySelector('.viewport');
      const picture = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const move = (frame: number): void => {
        if (given.kind === 'scroll') viewport?.scrollBy({ top: given.pixels, behavior: 'instant' });
        else if (given.kind === 'zoom') {
          const deltaY = frame % (2 * given.half) < given.half ? given.delta : -given.delta;
          const place = { clientX: 500, clientY: 450, bubbles: true, cancelable: true };
          viewport?.dispatchEvent(new WheelEvent('wheel', { ctrlKey: true, deltaY, ...place }));
        }
      };
      const times: number[] = [];
      let last = await picture();
      for (let frame = 0; frame < count; frame += 1) {
        move(frame);
        const now = await picture();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    [motion, frames] as const,
  );
}

function smooth(times: readonly number[]): number {
  return times.filter((time) => time <= smoothMilliseconds).length / times.length;
}

function part(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? 0;
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
