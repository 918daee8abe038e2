/** From a workflow's arrival in the panel to the first picture of it, in Chromium, everything open. */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { panelProtocolVersion } from '../../../common/protocol/panel.ts';
import { largeModel } from '../../graph/large.ts';
import { launch, openPanel, panelBundle } from '../../webview/page.ts';
import { target } from '../../webview/target.ts';
import { median } from '../measure.ts';
import { formatMilliseconds, formatTable } from '../report.ts';
import type { Verdict } from '../report.ts';

const rounds = 3;
const largestBundle = 200_000;
const targets: Readonly<Record<number, number | undefined>> = { 100: undefined, 1_000: 300, 10_000: 1_000 };
/** Nothing is folded at first, as large drawings otherwise are. */
export const opened = { target, zoom: 1, scrollX: 0, scrollY: 0, selected: undefined, folded: [] };

export async function benchPaint(): Promise<readonly Verdict[]> {
  const browser = await launch();
  const rows: string[][] = [];
  const verdicts: Verdict[] = [];
  try {
    for (const [nodes, limit] of Object.entries(targets)) {
      const measured: { readonly script: number; readonly painted: number }[] = [];
      for (let round = 0; round < rounds; round += 1) measured.push(await firstPaint(browser, Number(nodes)));
      const script = median(measured.map((each) => each.script));
      const painted = median(measured.map((each) => each.painted));
      rows.push([nodes, formatMilliseconds(script), formatMilliseconds(painted)]);
      if (limit === undefined) continue;
      verdicts.push({
        target: `first paint of ${Number(nodes).toLocaleString('en')} nodes at most ${limit} ms`,
        measured: formatMilliseconds(painted),
        reached: painted <= limit,
      });
    }
  } finally {
    await browser.close();
  }
  console.log(formatTable(['nodes', 'script', 'first picture'], rows));
  const { script } = await panelBundle();
  const bytes = gzipSync(script).length;
  return [
    ...verdicts,
    {
      target: 'panel bundle, gzipped, at most 200 KB',
      measured: `${(bytes / 1000).toFixed(0)} KB`,
      reached: bytes <= largestBundle,
    },
  ];
}

async function firstPaint(
  browser: Browser,
  count: number,
): Promise<{ readonly script: number; readonly painted: number }> {
  const panel = await openPanel(browser, { width: 1200, height: 900, reducedMotion: false, saved: opened });
  const state = { target, graph: largeModel(count), notice: undefined, canRun: true, pinned: false };
  try {
    return await panel.page.evaluate(
      async ([protocol, given]) => {
        // As VS Code hands it over: an object that nobody has looked at.
        const data = { type: 'state', protocol, state: structuredClone(given) };
        const picture = () =>
          new Promise<void>((resolve) => {
            requestAnimationFrame(() => {
              const channel = new MessageChannel();
              channel.port1.onmessage = () => resolve();
              channel.port2.postMessage(undefined);
            });
          });
        await picture();
        const start = performance.now();
        window.dispatchEvent(new MessageEvent('message', { data }));
        const script = performance.now() - start;
        await picture();
        return { script, painted: performance.now() - start };
      },
      [panelProtocolVersion, state] as const,
    );
  } finally {
    await panel.page.close();
  }
}
