/**
 * How each construct looks in each position and theme, compared with the pictures of `pictures/`. After an intended change
 * `npm run screenshots`, or this test with UPDATE_PICTURES=1, takes them anew; look at them before you commit them.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { Difference } from './picture-entry.ts';
import { launch } from './page.ts';
import { drawSheet, pictureOf, renewSheets, sheetModel, themeNames } from './sheet.ts';
import type { Sheet } from './sheet.ts';

const root = path.join(import.meta.dirname, '../..');
const artifacts = path.join(root, 'test/artifacts/webview');

/** Points that another version of the browser may draw otherwise: less than one letter. */
const tolerance = 40;

describe('pictures of every construct', function () {
  this.timeout(120_000);
  let browser: Browser;
  let comparer: Page;

  before(async function () {
    browser = await launch();
    comparer = await openComparer(browser);
    // Letters of another font differ everywhere, and say nothing about the panel.
    if (!(await hasFont(comparer, 'DejaVu Sans'))) this.skip();
    if (process.env['UPDATE_PICTURES'] === '1') await renewSheets(browser);
  });
  after(() => browser.close());

  it('show each construct first, in the middle, nested and last', () => {
    const kinds = new Map<string, number>();
    for (const { kind } of sheetModel().nodes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    for (const [kind, count] of kinds) assert.ok(count >= 4 || kind === 'start' || kind === 'end', `${kind}: ${count}`);
  });

  for (const theme of themeNames) {
    it(`are as they were in the theme ${theme}`, async () => {
      const sheet = await drawSheet(browser, theme);
      const { points, sizes, nodes, picture } = await compare(readFileSync(pictureOf(theme)), sheet);
      if (points !== undefined && points <= tolerance) return;
      mkdirSync(artifacts, { recursive: true });
      const file = path.join(artifacts, `pictures-${theme}`);
      writeFileSync(`${file}.png`, sheet.png);
      writeFileSync(`${file}-difference.png`, Buffer.from(picture, 'base64'));
      const what =
        points === undefined
          ? `The size was ${sizes.join(' and is ')}`
          : `${points} points differ, in ${nodes.join(', ')}`;
      assert.fail(
        `${what}. See ${path.relative(root, file)}-difference.png; if it is meant to be so, run npm run screenshots.`,
      );
    });
  }

  it('would tell a box that looks a little different', async () => {
    const sheet = await drawSheet(browser, 'dark');
    const page = await browser.newPage();
    const changed = await page.evaluate(
      async ({ png, box }) => {
        const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        context?.clearRect(box.x + 12, box.y + 16, 16, 16);
        return canvas.toDataURL('image/png').replace(/^.*,/, '');
      },
      {
        png: sheet.png.toString('base64'),
        box: sheet.boxes.find(({ id }) => id.endsWith('column-step/between')) ?? { x: 0, y: 0 },
      },
    );
    await page.close();
    const { points, nodes } = await compare(Buffer.from(changed, 'base64'), sheet);
    assert.ok(points !== undefined && points > tolerance, String(points));
    assert.match(nodes[0] ?? '', /column-step\/between/);
  });

  function compare(expected: Buffer, { png, boxes }: Sheet): Promise<Difference> {
    const pictures = { expected: expected.toString('base64'), actual: png.toString('base64'), boxes };
    return comparer.evaluate((given) => window.comparePictures(given.expected, given.actual, given.boxes), pictures);
  }
});

async function openComparer(browser: Browser): Promise<Page> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['test/webview/picture-entry.ts'],
    bundle: true,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    write: false,
  });
  const page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  return page;
}

/** A font that is there is as wide whatever stands in for it. */
function hasFont(page: Page, name: string): Promise<boolean> {
  return page.evaluate((font) => {
    const context = document.createElement('canvas').getContext('2d');
    const width = (fallback: string): number => {
      if (context === null) return NaN;
      context.font = `20px '${font}', ${fallback}`;
      return context.measureText('mmmiiiiWWW').width;
    };
    return width('monospace') === width('serif');
  }, name);
}
