/** The page that compares two runs, used with mouse and keyboard. */
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import { parseCompareMessage } from '../../client/src/compare/messages.ts';
import { compareSides } from '../../client/src/compare/model.ts';
import type { ComparedSides } from '../../client/src/compare/model.ts';
import { compareProtocolVersion } from '../../common/protocol/compare.ts';
import type { CompareState } from '../../common/protocol/compare.ts';
import { plainRun, recordedSide } from '../compare/samples.ts';
import { openDataPage } from './data-page.ts';
import type { DataPage, DataPageOptions } from './data-page.ts';
import { launch } from './page.ts';
import type { ThemeName } from './themes.ts';

const themes: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

const different = compareSides(
  recordedSide('a', plainRun, { inputName: 'two pens' }),
  recordedSide('b', { ...plainRun, quantity: 3, express: false, rounds: 2, pace: 65, receipt: 'failed' }),
);
const alike = compareSides(recordedSide('a', plainRun), recordedSide('b', { ...plainRun, pace: 60 }));

describe('the page of a comparison', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function withPage(options: Partial<DataPageOptions>, use: (data: DataPage) => Promise<void>): Promise<void> {
    const data = await openDataPage(browser, {
      entry: 'webview/src/compare/main.ts',
      width: 1280,
      height: 760,
      ...options,
    });
    try {
      await use(data);
      assert.deepEqual(data.complaints, []);
    } finally {
      await data.page.close();
    }
  }

  const state = (data: DataPage, given: CompareState): Promise<void> =>
    data.post({ type: 'state', protocol: compareProtocolVersion, state: given, runs: { left: 'a', right: 'b' } });

  /** Shows the comparison, and gives the values of every row that is asked for, as the extension does. */
  async function show(data: DataPage, { comparison, values }: ComparedSides): Promise<void> {
    await state(data, { kind: 'comparison', comparison });
    for (const message of await data.posted()) {
      const asked = parseCompareMessage(message);
      if (asked?.type === 'values') await data.post({ type: 'values', row: asked.row, ...values(asked.row) });
    }
  }

  const row = (data: DataPage, title: string): Locator => data.page.locator('.compare-row').filter({ hasText: title });
  const selected = (data: DataPage): Promise<string | null> =>
    data.page.locator('.compare-row.selected .step-title').textContent();
  const last = async (data: DataPage): Promise<unknown> => (await data.posted()).at(-1);

  it('names the step where the runs part, and shows what it took and gave', async () => {
    await withPage({}, async (data) => {
      await show(data, different);
      assert.match(
        (await data.page.locator('.parting p').textContent()) ?? '',
        /^The runs were given different inputs \(items\[0\]\.quantity: 2 and 3\)\. The first step/,
      );
      assert.equal(await selected(data), 'check-stock');
      const input = data.page.getByRole('tree', { name: 'Input: A and B' });
      assert.match((await input.textContent()) ?? '', /−quantity: 2\+quantity: 3/);
      assert.deepEqual(await data.page.locator('.compare-head .sentence').allTextContents(), [
        'Succeeded in 240 ms',
        'Failed after 780 ms',
      ]);
    });
  });

  it('has a row for each step with both ends and both durations', async () => {
    await withPage({}, async (data) => {
      await show(data, different);
      assert.equal(await row(data, 'book-flight').locator('.column-differs').textContent(), 'only in A');
      assert.equal(await row(data, 'book-flight').locator('.not-run').count(), 1);
      assert.equal(await row(data, 'send-receipt').locator('.delta').textContent(), '+285 ms');
      assert.equal(
        await row(data, 'send-receipt').getAttribute('aria-label'),
        'send-receipt, A succeeded in 40 ms, B failed in 325 ms, differs: status, error, output',
      );
    });
  });

  it('is walked with the keys, from one difference to the next with F7, and to the source with Enter', async () => {
    await withPage({}, async (data) => {
      await show(data, alike);
      await data.page.getByRole('listbox').focus();
      await data.page.keyboard.press('ArrowDown');
      assert.equal(await selected(data), 'check-stock');
      await data.page.keyboard.press('End');
      assert.equal(await selected(data), 'send-receipt');
      const source = alike.comparison.rows.at(-1)?.id;
      await data.page.keyboard.press('Enter');
      assert.deepEqual(await last(data), { type: 'source', row: source });
    });
    await withPage({}, async (data) => {
      await show(data, different);
      await row(data, 'The whole run').click();
      await data.page.keyboard.press('Shift+F7');
      assert.equal(await selected(data), 'send-receipt');
      await data.page.keyboard.press('F7');
      assert.equal(await selected(data), 'The whole run');
    });
  });

  it('shows only what differs, with the steps around it', async () => {
    await withPage({}, async (data) => {
      await show(data, different);
      assert.equal(await row(data, 'item 1').count(), 1);
      await data.page.getByRole('button', { name: 'Only differences' }).click();
      assert.equal(await row(data, 'item 1').count(), 0);
      assert.equal(await row(data, 'ship-by-sea').count(), 1);
      assert.deepEqual(await data.kept(), {
        left: 'a',
        right: 'b',
        selected: different.comparison.parting.row,
        onlyDifferences: true,
      });
    });
  });

  it('goes on where it was after the window was loaded anew', async () => {
    const saved = { left: 'a', right: 'b', selected: '$run', onlyDifferences: true };
    await withPage({ saved }, async (data) => {
      await show(data, different);
      assert.equal(await selected(data), 'The whole run');
      assert.equal(await row(data, 'item 1').count(), 0);
    });
  });

  it('asks for the graph, for another run, and for the sides to be changed', async () => {
    await withPage({}, async (data) => {
      await show(data, different);
      await data.page.locator('.compare-detail').getByRole('button', { name: 'Show in B' }).click();
      assert.deepEqual(await last(data), { type: 'graph', side: 'right', row: different.comparison.parting.row });
      await data.page
        .locator('.compare-head.left')
        .getByRole('button', { name: /Choose another/ })
        .click();
      assert.deepEqual(await last(data), { type: 'choose', side: 'left' });
      await data.page.getByRole('button', { name: 'Change sides' }).click();
      assert.deepEqual(await last(data), { type: 'swap' });
    });
  });

  it('shows the values once where they are the same in both', async () => {
    await withPage({}, async (data) => {
      await show(data, alike);
      await data.page.getByRole('tree', { name: 'Input, the same in both' }).waitFor();
      assert.match((await data.page.locator('.parting p').textContent()) ?? '', /^The runs do not part/);
    });
  });

  it('says why two runs cannot be compared, and offers others', async () => {
    await withPage({}, async (data) => {
      await state(data, { kind: 'refused', message: 'This is the same run twice. Choose another one.' });
      assert.match((await data.page.locator('.empty').textContent()) ?? '', /^This is the same run twice/);
      await data.page.getByRole('button', { name: 'Choose run B…' }).click();
      assert.deepEqual(await last(data), { type: 'choose', side: 'right' });
      await data.screenshot('compare-refused');
    });
  });

  it('asks to be opened anew when the extension was updated', async () => {
    await withPage({}, async (data) => {
      const runs = { left: 'a', right: 'b' };
      await data.post({ type: 'state', protocol: compareProtocolVersion + 1, state: { kind: 'reading' }, runs });
      assert.match((await data.page.locator('.empty').textContent()) ?? '', /The extension was updated/);
    });
  });

  for (const theme of themes) {
    it(`is readable for everyone in the theme ${theme}`, async () => {
      await withPage({ theme }, async (data) => {
        await show(data, different);
        assert.deepEqual(await data.violations(), []);
        await data.screenshot(`compare-${theme}`);
      });
    });
  }
});
