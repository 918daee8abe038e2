/** Layout of workflows of growing size in Chromium, and of the same boxes and lines by general layouters. */
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import { largeModel } from '../../graph/large.ts';
import { launch } from '../../webview/page.ts';
import { formatMilliseconds, formatTable } from '../report.ts';
import type { Verdict } from '../report.ts';
import { flatGraph } from './flat.ts';
import type { FlatGraph } from './flat.ts';
import { median } from '../measure.ts';

const counts = [100, 1_000, 10_000];
const rounds = 9;
const targetMilliseconds = 60;
/** A layouter that needs longer is stopped: nobody waits so long for a drawing. */
const capMilliseconds = 60_000;

declare global {
  var layOutWorkflow: (model: GraphModel) => number;
  var layOutWithDagre: (graph: FlatGraph) => number;
  var layOutWithElk: (graph: FlatGraph) => Promise<number>;
}

export async function benchLayout(): Promise<readonly Verdict[]> {
  const ours = await bundled(path.join(import.meta.dirname, 'layout-page.ts'));
  const others = await bundled(path.join(import.meta.dirname, '../layouters/compare.mjs'));
  const rows: string[][] = [];
  let largest = Number.POSITIVE_INFINITY;
  for (const count of counts) {
    const model = largeModel(count);
    const graph = flatGraph(model);
    const own = median(await measureOurs(ours, model));
    largest = own;
    const dagre = await capped(others, (page) => page.evaluate((flat) => globalThis.layOutWithDagre(flat), graph));
    const elk = await capped(others, (page) => page.evaluate((flat) => globalThis.layOutWithElk(flat), graph));
    rows.push([String(count), formatMilliseconds(own), told(dagre), told(elk)]);
  }
  console.log(formatTable(['nodes', 'ours, boxes in boxes', 'dagre, flat', 'ELK layered, flat'], rows));
  console.log(`\nWhat took more than ${capMilliseconds / 1000} s was stopped.`);
  return [
    {
      target: `layout of 10,000 nodes at most ${targetMilliseconds} ms`,
      measured: formatMilliseconds(largest),
      reached: largest <= targetMilliseconds,
    },
  ];
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

async function measureOurs(script: string, model: GraphModel): Promise<readonly number[]> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    return await page.evaluate(
      ([given, times]) => Array.from({ length: times }, () => globalThis.layOutWorkflow(structuredClone(given))),
      [model, rounds] as const,
    );
  } finally {
    await browser.close();
  }
}

type Page = Awaited<ReturnType<Browser['newPage']>>;

/** Undefined when it took too long; a page that computes cannot be stopped, so its browser is closed. */
async function capped(script: string, run: (page: Page) => Promise<number>): Promise<number | undefined> {
  const browser = await launch();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), capMilliseconds);
    });
    return await Promise.race([run(page).catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

function told(milliseconds: number | undefined): string {
  return milliseconds === undefined ? `stopped at ${capMilliseconds / 1000} s` : formatMilliseconds(milliseconds);
}
