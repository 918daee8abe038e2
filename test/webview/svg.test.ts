/** Exported pictures as a browser shows them: valid, alike in light and dark, no text over another, whatever the ids hold. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { foldAll } from '../../common/graph/folding.ts';
import { toSvg } from '../../common/graph/svg.ts';
import { layoutGraph } from '../../common/graph/view.ts';
import { branch, keyOf, parallel, project, step, workflow } from '../graph/builder.ts';
import { graphOf, modelOf } from '../graph/graph-of.ts';
import { constructs, everything, everythingKey, faulty, faultyKey, findings, packOrder } from '../graph/samples.ts';
import { launch } from './page.ts';

const artifacts = path.join(import.meta.dirname, '../artifacts/webview');

/** Ids that would break a document in which they were put as they are. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  ']]> &amp; &#x0; <![CDATA[',
  '</title></svg><h1>out</h1>',
  'zero\u0000 bell\u0007 escape\u001b half\ud800 last\uffff',
  'right to left \u202e gnp.exe',
  '漢字かな交じり文 ﷽ 👩‍👩‍👧‍👦',
  'a\nb\r\nc\td',
  '{{7*7}} ${7*7} `x` \\u0041 %00',
];

describe('an exported SVG picture', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
    mkdirSync(artifacts, { recursive: true });
  });
  after(() => browser.close());

  for (const scheme of ['light', 'dark'] as const) {
    it(`is legible where pages are ${scheme}`, async () => {
      const page = await open(toSvg(graphOf(everything, everythingKey, [])), scheme);
      const ground = await page.evaluate(
        () => getComputedStyle(document.querySelector('.mg-ground') ?? document.documentElement).fill,
      );
      assert.equal(ground, scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(31, 31, 31)');
      for (const [text, contrast] of await contrasts(page))
        assert.ok(contrast >= 4.5, `${text}: ${contrast.toFixed(2)}`);
      await page.screenshot({ path: path.join(artifacts, `svg-${scheme}.png`), fullPage: true });
      await page.close();
    });
  }

  it('shows findings and their places', async () => {
    const page = await open(toSvg(graphOf(faulty, faultyKey, findings)), 'dark');
    assert.deepEqual(await overlaps(page), []);
    assert.ok((await page.locator('use[href="#mg-error"]').count()) >= 5);
    await page.screenshot({ path: path.join(artifacts, 'svg-faulty.png') });
    await page.close();
  });

  it('lays no text over another and none outside of its box, for every construct', async () => {
    for (const [type, create] of Object.entries(constructs)) {
      const graph = graphOf(
        project(
          workflow('outer', [step('before'), create(), parallel([create(), step('beside')])]),
          workflow('inner', [create()]),
          packOrder,
        ),
        keyOf('outer'),
        [],
      );
      const page = await open(toSvg(graph), 'light');
      assert.deepEqual(await overlaps(page), [], type);
      assert.deepEqual(await outside(page), [], type);
      await page.close();
    }
  });

  it('shows folded workflows as they are on the page', async () => {
    const model = modelOf(everything, everythingKey, []);
    const graph = layoutGraph(model, { folded: foldAll(model) });
    const page = await open(toSvg(graph), 'light');
    assert.match((await page.locator('g', { hasText: 'fulfil-order' }).last().textContent()) ?? '', /step/);
    assert.deepEqual(await overlaps(page), []);
    await page.screenshot({ path: path.join(artifacts, 'svg-folded.png') });
    await page.close();
  });

  it('is one valid document whatever ids and descriptions hold, and runs nothing of it', async () => {
    const steps = hostile.map((id) => step(id, { description: id }));
    const graph = graphOf(
      project(
        workflow(hostile.join(' '), [
          ...steps,
          branch(hostile.map((condition, index) => [condition, step(`s${index}`)])),
        ]),
      ),
      keyOf(hostile.join(' ')),
      [],
    );
    const svg = toSvg(graph);
    const page = await browser.newPage();
    let alarms = 0;
    page.on('dialog', (dialog) => {
      alarms += 1;
      void dialog.dismiss();
    });
    await page.setContent(`<body>${svg}</body>`);
    const result = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        error: parsed.querySelector('parsererror')?.textContent,
        inserted: ['script', 'img', 'h1', 'foreignObject'].filter((name) => document.querySelector(name) !== null),
        handlers: Array.from(document.querySelectorAll('*')).flatMap((found) =>
          found.getAttributeNames().filter((name) => name.startsWith('on')),
        ),
        titles: Array.from(parsed.querySelectorAll('g > title'), ({ textContent }) => textContent.split('\n')[0]),
      };
    }, svg);
    assert.deepEqual({ ...result, titles: [] }, { error: undefined, inserted: [], handlers: [], titles: [] });
    assert.ok(result.titles.includes('<script>alert(1)</script>'));
    assert.equal(alarms, 0);
    assert.deepEqual(await outside(page), []);
    await page.screenshot({ path: path.join(artifacts, 'svg-hostile.png'), fullPage: true });
    await page.close();
  });

  async function open(svg: string, colorScheme: 'light' | 'dark'): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 900 } });
    // As a page would show it that a person puts it into.
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
    return page;
  }
});

/** Pairs of texts whose letters touch. */
function overlaps(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts = Array.from(document.querySelectorAll('text'), (text) => ({
      said: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    return texts.flatMap((a, index) =>
      texts
        .slice(index + 1)
        .filter(
          ({ box: b }) => a.box.left < b.right && b.left < a.box.right && a.box.top < b.bottom && b.top < a.box.bottom,
        )
        .map((b) => `"${a.said}" and "${b.said}"`),
    );
  });
}

/** Texts that reach out of the box that they belong to. */
function outside(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('g > text')).flatMap((text) => {
      const box = text.parentElement?.querySelector(':scope > rect')?.getBoundingClientRect();
      const letters = text.getBoundingClientRect();
      if (box === undefined || text.textContent === '') return [];
      return letters.left < box.left || letters.right > box.right || letters.top < box.top ? [text.textContent] : [];
    }),
  );
}

/** Contrast of each text with what it stands on. */
function contrasts(page: Page): Promise<readonly (readonly [string, number])[]> {
  return page.evaluate(() => {
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).slice(0, 3).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return Array.from(document.querySelectorAll('text, tspan'))
      .filter((text) => text.children.length === 0)
      .map((text) => {
        const ground = text.closest('g')?.querySelector('rect') ?? document.querySelector('.mg-ground');
        const [a, b] = [text, ground ?? text].map((part) => luminance(getComputedStyle(part).fill));
        const [light, dark] = [Math.max(a ?? 0, b ?? 0), Math.min(a ?? 0, b ?? 0)];
        return [text.textContent, (light + 0.05) / (dark + 0.05)] as const;
      });
  });
}
