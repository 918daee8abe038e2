/** The menu Export of the panel: what is shown, whole, in every format. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { PanelToHost } from '../../common/protocol/panel.ts';
import { keyOf, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import { everything, everythingKey } from '../graph/samples.ts';
import { launch, openPanel } from './page.ts';
import type { Panel } from './page.ts';

const artifacts = path.join(import.meta.dirname, '../artifacts/webview');

type Exported = Extract<PanelToHost, { readonly type: 'export' }>;

describe('exporting from the panel', () => {
  let browser: Browser;
  let panel: Panel;
  before(async () => {
    browser = await launch();
    mkdirSync(artifacts, { recursive: true });
  });
  after(() => browser.close());
  beforeEach(async () => {
    panel = await openPanel(browser, { width: 900, height: 600 });
    await panel.show({ graph: modelOf(everything, everythingKey, []) });
  });
  afterEach(() => panel.page.close());

  const button = () => panel.page.getByRole('button', { name: 'Export the drawing' });
  const item = (group: 'Save to a file' | 'Copy', name: string) =>
    panel.page.getByRole('group', { name: group }).getByRole('menuitem', { name });
  /** Messages do not carry bytes through the browser's tools as they are: those of a picture come as numbers. */
  const exported = async (): Promise<Exported> => {
    await panel.page.waitForFunction(() => window.sentMessages.some(({ type }) => type === 'export'));
    return panel.page.evaluate(() => {
      const message = window.sentMessages.findLast(({ type }) => type === 'export');
      if (message?.type !== 'export') throw new Error('nothing was exported');
      return 'bytes' in message ? { ...message, bytes: [...message.bytes] as unknown as Uint8Array } : message;
    });
  };

  it('is a menu for pointer and keyboard', async () => {
    await button().click();
    await panel.screenshot('export-menu');
    assert.equal(await button().getAttribute('aria-expanded'), 'true');
    assert.equal(await panel.page.getByRole('menuitem').count(), 8);
    const focused = () => panel.page.evaluate(() => document.activeElement?.textContent);
    assert.match((await focused()) ?? '', /^SVG/);
    await panel.page.keyboard.press('ArrowDown');
    assert.match((await focused()) ?? '', /^PNG/);
    await panel.page.keyboard.press('m');
    assert.match((await focused()) ?? '', /^Mermaid/);
    await panel.page.keyboard.press('End');
    assert.match((await focused()) ?? '', /^JSON/);
    await panel.page.keyboard.press('Escape');
    assert.equal(await button().getAttribute('aria-expanded'), 'false');
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Export the drawing',
    );
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    assert.equal((await exported()).format, 'svg');
    assert.deepEqual(panel.complaints, []);
  });

  it('gives the whole drawing as SVG, also what is not in sight', async () => {
    await button().click();
    await item('Save to a file', 'SVG').click();
    const message = await exported();
    assert.ok('text' in message && message.place === 'file');
    for (const text of ['validate-order', 'pack-order', 'reserve-item', 'End'])
      assert.ok(message.text.includes(text), text);
  });

  it('leaves out what is folded, in pictures and in flowcharts', async () => {
    await panel.page.keyboard.press('[');
    await button().click();
    await item('Copy', 'SVG').click();
    const svg = await exported();
    await button().click();
    await item('Copy', 'Mermaid').click();
    const mermaid = await exported();
    assert.ok('text' in svg && 'text' in mermaid && svg.place === 'clipboard');
    assert.equal(mermaid.format, 'mermaid');
    for (const { text } of [svg, mermaid]) {
      assert.match(text, /fulfil-order/);
      assert.doesNotMatch(text, />weigh<|"weigh"/);
    }
  });

  it('gives PNG at twice the size of the drawing, in the colours of the panel, under the policy of the page', async () => {
    await button().click();
    await item('Save to a file', 'PNG').click();
    const message = await exported();
    assert.ok(message.format === 'png');
    assert.equal(message.note, undefined);
    const bytes = Buffer.from(message.bytes);
    assert.deepEqual([...bytes.subarray(1, 4)], [...Buffer.from('PNG')]);
    writeFileSync(path.join(artifacts, 'export.png'), bytes);
    await button().click();
    await item('Save to a file', 'SVG').click();
    const svg = await exported();
    assert.ok('text' in svg);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg.text) ?? [];
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [2 * Number(width), 2 * Number(height)]);
    assert.deepEqual(panel.complaints, []);
  });

  it('says why there is no PNG of a drawing that is too large', async () => {
    const entries = Array.from({ length: 400 }, (_, index) => step(`step-${index}`));
    await panel.show({ graph: modelOf(project(workflow('long', entries)), keyOf('long'), []) });
    await button().click();
    await item('Save to a file', 'PNG').click();
    await panel.page.waitForFunction(() => window.sentMessages.some(({ type }) => type === 'not-exported'));
    const told = (await panel.messages()).find(({ type }) => type === 'not-exported');
    assert.match(
      told?.type === 'not-exported' ? told.text : '',
      /more than a PNG file can hold legibly\. Export it as SVG/,
    );
  });

  it('copies a picture itself, since only a page can', async () => {
    await panel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button().click();
    await item('Copy', 'PNG').click();
    await panel.page.waitForFunction(() =>
      window.sentMessages.some(({ type }) => type === 'exported' || type === 'not-exported'),
    );
    assert.deepEqual((await panel.messages()).at(-1), { type: 'exported', text: 'Copied the drawing as PNG.' });
    const types = await panel.page.evaluate(async () =>
      (await navigator.clipboard.read()).flatMap(({ types: all }) => all),
    );
    assert.deepEqual(types, ['image/png']);
  });

  it('asks the host for JSON, which is of the source', async () => {
    await button().click();
    await item('Copy', 'JSON').click();
    assert.deepEqual(await exported(), { type: 'export', format: 'json', place: 'clipboard' });
  });

  it('does what a command asks for, as soon as there is a drawing', async () => {
    const fresh = await openPanel(browser);
    assert.equal(await fresh.page.getByRole('button', { name: 'Export the drawing' }).isDisabled(), true);
    await fresh.post({ type: 'export', format: 'mermaid', place: 'file' });
    assert.equal((await fresh.messages()).length, 1);
    await fresh.show({ graph: modelOf(everything, everythingKey, []) });
    await fresh.page.waitForFunction(() => window.sentMessages.some(({ type }) => type === 'export'));
    assert.equal((await fresh.messages()).filter(({ type }) => type === 'export').length, 1);
    await fresh.page.close();
  });
});
