/** How long it takes to show another moment of a long run: the drawing, the list of steps and the values in the details. */
import type { Page } from 'playwright-core';
import { createRunIndex } from '../../common/replay/run-index.ts';
import { smallEvent } from '../../common/replay/small.ts';
import { largeRun, largeWorkflow } from '../replay/large-run.ts';
import { launch, openPanel } from '../webview/page.ts';
import { formatMegabytes, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const events = 100_000;
const seeks = 300;
const limit = 30;

export async function benchSeek(): Promise<readonly Verdict[]> {
  const run = largeRun(events);
  const index = createRunIndex(largeWorkflow.nodes);
  const small = run.map(smallEvent);
  const began = performance.now();
  for (const event of small) index.append(event);
  const appended = performance.now() - began;

  const browser = await launch();
  try {
    const panel = await openPanel(browser, { width: 1400, height: 1000 });
    await panel.show({ graph: largeWorkflow });
    const opened = performance.now();
    await panel.run({ events: run, source: 'recorded', drawing: undefined });
    const told = performance.now() - opened;
    // All iterations of the loop as rows, and what is repeated in the details.
    await panel.page
      .getByRole('treeitem', { name: /^attempt, / })
      .locator('.twistie')
      .last()
      .click();
    await panel.page.locator('[data-node="dountil/attempt"]').click();
    await panel.page.evaluate(answerAtOnce);
    const times = await panel.page.evaluate(measureSeeks, { from: 0, to: seeks });
    const worked = (await processorTimes(panel.page)).toSorted((a, b) => a - b);
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
    const perEvent = (milliseconds: number): string => `${((milliseconds * 1_000) / events).toFixed(2)} µs`;
    console.log(
      formatTable(
        [
          `${events.toLocaleString('en')} events over ${largeWorkflow.nodes.length.toLocaleString('en')} nodes`,
          'measured',
        ],
        [
          ['seek, median', `${at(0.5).toFixed(1)} ms`],
          ['seek, 95th percentile', `${at(0.95).toFixed(1)} ms`],
          [`seek, slowest of ${seeks}`, `${at(1).toFixed(1)} ms`],
          ['adding one event to the index', perEvent(appended)],
          ['from the host to the panel, all of them, through the debugger', `${(told / 1_000).toFixed(1)} s`],
          ['what is sent, as JSON', formatMegabytes(Buffer.byteLength(JSON.stringify(small)))],
          ['processor time of the page for a seek, median', `${(worked[Math.floor(seeks / 2)] ?? NaN).toFixed(1)} ms`],
          ['processor time of the page for a seek, slowest', `${(worked.at(-1) ?? NaN).toFixed(1)} ms`],
        ],
      ),
    );
    return [
      {
        target: 'any seek in 100,000 events at most 30 ms',
        measured: `${at(1).toFixed(1)} ms at most, ${at(0.5).toFixed(1)} ms in the middle`,
        reached: at(1) <= limit,
      },
    ];
  } finally {
    await browser.close();
  }
}

/** Milliseconds that the page's thread works for each of some seeks, painting included: what other programs do meanwhile is not in it. */
async function processorTimes(page: Page): Promise<readonly number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
  };
  const times: number[] = [];
  for (let seek = 0; seek < seeks; seek += 1) {
    const before = await worked();
    await page.evaluate(measureSeeks, { from: seek, to: seek + 1 });
    times.push((await worked()) - before);
  }
  return times;
}

/** Runs in the page: the host's answers to questions for values, without the way to the host. */
function answerAtOnce(): void {
  window.answerPanel = (message) => {
    if (message.type === 'payload') {
      const answer = {
        kind: 'value',
        value: { event: message.event, round: 1, accepted: false },
        bytes: 40,
        cut: false,
      };
      const data = { type: 'payload', request: message.request, answer };
      window.dispatchEvent(new MessageEvent('message', { data }));
    }
    return Promise.resolve();
  };
}

/** Runs in the page: presses the time line at places all over it, and waits until all is drawn and laid out. */
async function measureSeeks({ from, to }: { readonly from: number; readonly to: number }): Promise<readonly number[]> {
  const track = document.querySelector('.track');
  if (!(track instanceof HTMLElement)) throw new Error('There is no time line.');
  const { left, width, top } = track.getBoundingClientRect();
  // Pointers of the test are none of the system's: they cannot be captured.
  track.setPointerCapture = () => undefined;
  const times: number[] = [];
  for (let seek = from; seek < to; seek += 1) {
    const clientX = left + width * ((seek * 0.618_033_988_75) % 1);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    track.dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 1, clientX, clientY: top + 5 }));
    // Values arrive in a turn of their own.
    await Promise.resolve();
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}
