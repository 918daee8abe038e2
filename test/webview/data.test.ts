/** Values as trees, and differences between them, used with mouse and keyboard. */
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { Json } from '../../common/runlog/events.ts';
import { launch } from './page.ts';
import { openDataPage } from './data-page.ts';
import type { DataPage, DataPageOptions } from './data-page.ts';
import type { ThemeName } from './themes.ts';

const themes: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

const order: Json = {
  orderId: '1001',
  paid: true,
  total: 2980,
  placedAt: '2026-11-21T10:00:00.000Z',
  serial: '[bigint 12345678901234567890]',
  token: '[redacted]',
  failure: { name: 'TypeError', message: 'no stock' },
  'home address': { street: 'Main Street 1' },
  items: Array.from({ length: 250 }, (_, index) => ({ sku: `SKU-${index}`, quantity: index % 5 })),
  letter: `Dear Grace,\n${'your order is on its way. '.repeat(20)}\nYours`,
};

describe('values and differences on a page', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function withPage(options: Partial<DataPageOptions>, use: (data: DataPage) => Promise<void>): Promise<void> {
    const data = await openDataPage(browser, { entry: 'test/webview/data-entry.ts', ...options });
    try {
      await use(data);
      assert.deepEqual(data.complaints, []);
    } finally {
      await data.page.close();
    }
  }

  const show = (data: DataPage, value: Json | undefined, title = 'Input'): Promise<void> =>
    data.page.evaluate(([given, named]) => window.showValue(given as Json, String(named)), [value, title] as unknown[]);
  const compare = (data: DataPage, before: Json | undefined, after: Json | undefined): Promise<void> =>
    data.page.evaluate(([one, other]) => window.showDifference(one as Json, other as Json), [
      before,
      after,
    ] as unknown[]);
  const tree = (data: DataPage): Locator => data.page.getByRole('tree', { name: 'Input' });
  const rows = (data: DataPage): Locator => data.page.locator('.value-row');
  const texts = async (data: DataPage): Promise<readonly string[]> => {
    const all = await rows(data).evaluateAll((found) =>
      found.map((row) => [Number.parseInt((row as HTMLElement).style.top, 10), row.textContent] as const),
    );
    return all.sort(([a], [b]) => a - b).map(([, text]) => text);
  };
  const active = (data: DataPage): Promise<string | null> =>
    data.page.evaluate(() => {
      const id = document.activeElement?.getAttribute('aria-activedescendant');
      return id === null || id === undefined ? null : (document.getElementById(id)?.textContent ?? null);
    });
  const copied = (data: DataPage): Promise<unknown> => data.page.evaluate(() => window.copied.at(-1));
  const press = async (data: DataPage, ...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await data.page.keyboard.press(key);
  };

  describe('a value', () => {
    it('shows what fits at once, with what the log wrote for what JSON cannot hold', async () => {
      await withPage({}, async (data) => {
        await show(data, order);
        const shown = await texts(data);
        assert.ok(shown.includes('placedAt: 2026-11-21T10:00:00.000Z'));
        assert.ok(shown.includes('serial: 12345678901234567890n'));
        assert.ok(shown.includes('token: [redacted]'));
        assert.ok(shown.some((text) => text.startsWith('failure: TypeError: no stock')));
        assert.match((await data.page.locator('.value-summary').textContent()) ?? '', /^10 fields · \d+(\.\d+)? KB$/);
      });
    });

    it('opens large arrays in parts', async () => {
      await withPage({}, async (data) => {
        await show(data, { items: Array.from({ length: 100_000 }, (_, index) => index) });
        await rows(data).first().click();
        assert.deepEqual((await texts(data)).slice(1, 3), ['[0 … 9,999]', '[10,000 … 19,999]']);
        await rows(data).filter({ hasText: '[10,000 … 19,999]' }).click();
        await rows(data).filter({ hasText: '[10,100 … 10,199]' }).click();
        assert.ok((await texts(data)).includes('10100: 10100'));
      });
    });

    it('is walked with the keys of every tree, and copied from with two more', async () => {
      await withPage({}, async (data) => {
        await show(data, order);
        await tree(data).focus();
        assert.match((await active(data)) ?? '', /^orderId/);
        await press(data, 'End', 'ArrowUp');
        assert.match((await active(data)) ?? '', /^items/);
        await press(data, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
        assert.equal(await active(data), 'sku: "SKU-0"');
        await press(data, 'p');
        assert.deepEqual(await copied(data), { text: 'items[0].sku', what: 'path items[0].sku' });
        await press(data, 'c');
        assert.deepEqual(await copied(data), { text: 'SKU-0', what: 'value of items[0].sku' });
        await press(data, 'ArrowLeft', 'ArrowLeft');
        assert.match((await active(data)) ?? '', /^0: \{ sku: "SKU-0"/);
        await press(data, 'Home');
        assert.match((await active(data)) ?? '', /^orderId/);
      });
    });

    it('copies a path that JavaScript understands', async () => {
      await withPage({}, async (data) => {
        await show(data, order);
        await rows(data).filter({ hasText: '"home address"' }).click();
        await rows(data).filter({ hasText: 'street' }).hover();
        await rows(data).filter({ hasText: 'street' }).getByTitle('Copy path (P)').click();
        assert.deepEqual(await copied(data), {
          text: '["home address"].street',
          what: 'path ["home address"].street',
        });
      });
    });

    it('shows all of a long text when it is opened', async () => {
      await withPage({}, async (data) => {
        await show(data, order);
        const letter = rows(data).filter({ hasText: 'letter' });
        assert.match((await letter.textContent()) ?? '', /show all 5\d\d/);
        await letter.click();
        assert.ok((await texts(data)).includes('Dear Grace,'));
        await press(data, 'End');
        assert.equal(await active(data), 'Yours');
      });
    });

    it('finds keys and values, also where nothing is open yet, and goes from one to the next', async () => {
      await withPage({}, async (data) => {
        await show(data, order);
        await tree(data).focus();
        await press(data, '/');
        await data.page.keyboard.type('sku-12');
        const count = data.page.locator('.search-count');
        assert.equal(await count.textContent(), '1 of 11');
        await press(data, 'Enter', 'Enter');
        assert.equal(await count.textContent(), '3 of 11');
        assert.equal(await data.page.locator('.value-row.current').textContent(), 'sku: "SKU-121"');
        assert.equal(await data.page.locator('.value-row.current mark').textContent(), 'SKU-12');
        await press(data, 'Shift+Enter', 'Shift+Enter', 'Shift+Enter');
        assert.equal(await count.textContent(), '11 of 11');
        await data.page.getByRole('textbox').fill('nothing like it');
        assert.equal(await count.textContent(), 'No results');
        await press(data, 'Escape');
        assert.equal(await data.page.locator('.value-search').isVisible(), false);
        assert.equal(await data.page.evaluate(() => document.activeElement?.getAttribute('role')), 'tree');
      });
    });

    it('keeps open what was opened when another value takes its place', async () => {
      await withPage({}, async (data) => {
        await show(data, order);
        await rows(data).filter({ hasText: '"home address"' }).click();
        await show(data, { 'home address': { street: 'Harbour 2' }, items: [] });
        assert.deepEqual(await texts(data), [
          '"home address": 1 field22 bytes',
          'street: "Harbour 2"',
          'items: []2 bytes',
        ]);
      });
    });

    it('says so where there is none', async () => {
      await withPage({}, async (data) => {
        await show(data, undefined, 'Output');
        assert.equal(await data.page.locator('.value-none').textContent(), 'No value');
      });
    });

    it('stays usable with 50 MB in 100,000 items: only what is in sight is drawn', async () => {
      await withPage({}, async (data) => {
        await data.page.evaluate(() => window.showLarge(100_000));
        await data.page.locator('.value-summary', { hasText: 'MB' }).waitFor();
        assert.equal(await data.page.locator('.value-summary').textContent(), '100,000 items · 47.7 MB');
        await data.page.getByRole('tree', { name: 'Output' }).focus();
        await press(data, '/');
        await data.page.keyboard.type('SKU-99999');
        await data.page.locator('.search-count', { hasText: '1 of 1' }).waitFor();
        assert.equal(await data.page.locator('.value-row.current').textContent(), 'sku: "SKU-99999"');
        await press(data, 'Escape');
        assert.ok((await rows(data).count()) < 60);
      });
    });
  });

  describe('the difference between two values', () => {
    const item = (sku: string, quantity: number): Json => ({ sku, quantity });
    const before: Json = { id: 'A', total: 10, items: [item('pen', 1), item('ink', 2), item('clip', 3)], a: 1, b: 2 };
    const after: Json = { id: 'A', total: 12, items: [item('pen', 1), item('clip', 4)], a: 1, b: 2, coupon: 'X' };

    it('shows only what differs, one below the other where there is little room', async () => {
      await withPage({}, async (data) => {
        await compare(data, before, after);
        assert.deepEqual(await texts(data), [
          'id: "A"',
          '−total: 10',
          '+total: 12',
          'items: 2 differences',
          '0: { sku: "pen", quantity: 1 }',
          '−1: { sku: "ink", quantity: 2 }',
          '1: 1 difference',
          'sku: "clip"',
          '−quantity: 3',
          '+quantity: 4',
          '2 unchanged',
          '+coupon: "X"',
        ]);
        await data.page.getByRole('button', { name: 'Only changes' }).click();
        assert.ok((await texts(data)).includes('b: 2'));
        assert.equal(await data.page.locator('.value-summary').textContent(), '4 differences');
      });
    });

    it('opens the rows that are the same one group at a time', async () => {
      await withPage({}, async (data) => {
        await compare(data, before, after);
        await rows(data).filter({ hasText: '2 unchanged' }).click();
        const shown = await texts(data);
        assert.ok(shown.includes('a: 1') && shown.includes('b: 2'));
        assert.ok(!shown.some((text) => text.includes('unchanged')));
      });
    });

    it('stands side by side where there is room, or when it is asked for', async () => {
      await withPage({ width: 900 }, async (data) => {
        await compare(data, before, after);
        const total = rows(data).filter({ hasText: 'total' });
        assert.equal(await total.count(), 1);
        assert.equal(await total.locator('.diff-cell.before').textContent(), '−total: 10');
        await data.page.getByRole('button', { name: 'Show below each other' }).click();
        assert.equal(await total.count(), 2);
      });
    });

    it('goes from one difference to the next with F7', async () => {
      await withPage({}, async (data) => {
        await compare(data, before, after);
        await data.page.locator('.diff-tree').focus();
        const visited: (string | null)[] = [];
        for (const key of ['F7', 'F7', 'F7', 'F7', 'Shift+F7']) {
          await press(data, key);
          visited.push(await active(data));
        }
        assert.deepEqual(visited, [
          '−total: 10',
          '−1: { sku: "ink", quantity: 2 }',
          '−quantity: 3',
          '+coupon: "X"',
          '−quantity: 3',
        ]);
        await press(data, 'p');
        assert.deepEqual(await copied(data), { text: 'items[2].quantity', what: 'path items[2].quantity' });
      });
    });

    it('compares long texts line by line', async () => {
      await withPage({}, async (data) => {
        await compare(data, { letter: 'Dear Grace,\nMonday\nYours' }, { letter: 'Dear Grace,\nFriday\nYours' });
        await rows(data).filter({ hasText: 'letter' }).first().click();
        assert.deepEqual((await texts(data)).slice(1), ['Dear Grace,', '−Monday', '+Friday', 'Yours']);
      });
    });

    it('goes on while two values of 50 MB are compared, and says so', async () => {
      await withPage({}, async (data) => {
        const { said, turns, pressed } = await data.page.evaluate(async () => {
          window.showLargeDifference(100_000);
          const block = document.querySelector('.diff-block');
          const said = block?.querySelector('[role="status"] .diff-waiting')?.textContent;
          const button = document.createElement('button');
          let pressed = false;
          button.addEventListener('click', () => {
            pressed = block?.getAttribute('aria-busy') === 'true';
          });
          setTimeout(() => button.click());
          let turns = 0;
          while (block?.getAttribute('aria-busy') === 'true') {
            await new Promise((resolve) => setTimeout(resolve));
            turns += 1;
          }
          return { said, turns, pressed };
        });
        assert.equal(said, 'Comparing the two values…');
        assert.ok(turns >= 5, `others had ${turns} turns`);
        assert.ok(pressed, 'the button was pressed when all was over');
        assert.equal(await data.page.locator('.value-summary').textContent(), '100 differences');
        assert.equal(await data.page.locator('.diff-waiting').count(), 0);
        assert.equal((await texts(data))[0], '0: 1 difference');
      });
    });

    it('puts other values in the place of two that are being compared', async () => {
      await withPage({ width: 900 }, async (data) => {
        await data.page.evaluate(() => window.showLargeDifference(100_000));
        await data.page.locator('.diff-waiting').waitFor();
        await data.screenshot('difference-waiting');
        await compare(data, { total: 10, a: 1 }, { total: 12, a: 1 });
        assert.equal(await data.page.locator('.diff-waiting').count(), 0);
        const shown = await texts(data);
        assert.equal(shown.length, 2);
        // What was being compared does not come after.
        await data.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
        assert.deepEqual(await texts(data), shown);
        assert.equal(await data.page.locator('.value-summary').textContent(), '1 difference');
      });
    });

    it('says so when the two are the same, or when there is none', async () => {
      await withPage({}, async (data) => {
        await compare(data, before, before);
        assert.equal(await data.page.locator('.diff-equal').textContent(), 'No differences: the two are equal.');
        await compare(data, undefined, undefined);
        assert.equal(await data.page.locator('.diff-equal').textContent(), 'No value on either side.');
      });
    });
  });

  for (const theme of themes) {
    it(`is readable for everyone in the theme ${theme}`, async () => {
      await withPage({ theme }, async (data) => {
        await show(data, order);
        await tree(data).focus();
        await press(data, '/');
        await data.page.keyboard.type('sku');
        assert.deepEqual(await data.violations(), []);
        await data.screenshot(`tree-${theme}`);
        await compare(data, { a: 1, text: 'one two', gone: true }, { a: 2, text: 'one three', come: [1] });
        assert.deepEqual(await data.violations(), []);
        await data.screenshot(`difference-${theme}`);
      });
    });
  }
});
