/** The overview of all workflows: a shop, a monorepo, hundreds of workflows, none. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { OverviewRow } from '../../common/protocol/overview.ts';
import { launch } from './page.ts';
import { openOverview, row, shopRows } from './overview-page.ts';
import type { OverviewPage } from './overview-page.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

describe('the overview of all workflows', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /** Runs that ended minutes ago did so before the test, not before all tests. */
  const shop = () => shopRows(Date.now());
  const card = (view: OverviewPage, key: string) => view.page.locator(`[data-key="${key}"] .open`);

  async function open(
    rows: readonly OverviewRow[],
    options: Parameters<typeof openOverview>[1] = {},
  ): Promise<OverviewPage> {
    const view = await openOverview(browser, options);
    await view.show({ kind: 'workflows', workflows: rows });
    return view;
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`shows what is known of each workflow, in the theme ${theme}`, async () => {
      const view = await open(shop(), { theme });
      assert.equal(await view.page.locator('.steps').innerText(), '9 workflows');
      assert.match(await view.page.locator('.problems').innerText(), /4 problems/);
      const deliver = (await card(view, 'deliver-order').getAttribute('aria-label')) ?? '';
      assert.equal(
        deliver,
        'deliver-order. 5 steps · registered. Last run: Succeeded, 5 minutes ago. uses fulfil-order, pack-parcel. From the warehouse to the door. src/mastra/workflows/deliver-order.ts:12',
      );
      assert.match(await card(view, 'price-order').innerText(), /not registered/);
      assert.match(await card(view, 'restock').innerText(), /no steps yet/);
      assert.equal(await view.page.locator('.use').count(), 4);
      await card(view, 'pack-parcel').hover();
      await view.screenshot(`overview-${theme}`);
      assert.deepEqual(view.complaints, []);
      await view.page.close();
    });
  }

  it('opens the graph of a workflow with a click, its source with Alt or its second button, and runs it', async () => {
    const view = await open(shop());
    await card(view, 'place-order').click();
    await card(view, 'place-order').click({ modifiers: ['Alt'] });
    await view.page.locator('[data-key="place-order"]').hover();
    await view.page.locator('[data-key="place-order"] [data-does="source"]').click();
    await view.page.locator('[data-key="place-order"] [data-does="run"]').click();
    assert.deepEqual((await view.sent()).slice(1), [
      { type: 'open', key: 'place-order', target: 'graph' },
      { type: 'open', key: 'place-order', target: 'source' },
      { type: 'open', key: 'place-order', target: 'source' },
      { type: 'open', key: 'place-order', target: 'run' },
    ]);
    await view.page.close();
  });

  it('is walked with the keyboard: along the lines, down the columns, to the source', async () => {
    const view = await open(shop());
    const focused = () =>
      view.page.evaluate(() => document.activeElement?.closest('[data-key]')?.getAttribute('data-key'));
    await view.page.keyboard.press('/');
    await view.page.keyboard.press('Tab');
    assert.equal(await focused(), 'deliver-order');
    await view.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'fulfil-order');
    await view.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'pack-parcel');
    await view.page.keyboard.press('Enter');
    await view.page.keyboard.press('Alt+Enter');
    await view.page.keyboard.press('Home');
    assert.equal(await focused(), 'deliver-order');
    await view.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'place-order');
    await view.page.keyboard.press('End');
    assert.notEqual(await focused(), 'place-order');
    const opened = (await view.sent()).filter(({ type }) => type === 'open');
    assert.deepEqual(opened, [
      { type: 'open', key: 'pack-parcel', target: 'graph' },
      { type: 'open', key: 'pack-parcel', target: 'source' },
    ]);
    await view.page.close();
  });

  it('finds by any words, and takes Enter to the first that is found', async () => {
    const view = await open(shop());
    await view.page.keyboard.press('Control+f');
    await view.page.keyboard.type('ORDER warehouse');
    assert.equal(await view.page.locator('.found').innerText(), '1 of 9');
    assert.equal(await view.page.locator('.workflow.dim').count(), 8);
    await view.screenshot('overview-search');
    await view.page.keyboard.press('Enter');
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.closest('[data-key]')?.getAttribute('data-key')),
      'deliver-order',
    );
    await view.page.keyboard.press('Escape');
    assert.equal(await view.page.locator('.workflow.dim').count(), 0);
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('nothing like this');
    assert.equal(await view.page.locator('.found').innerText(), 'No workflow matches');
    await view.page.close();
  });

  it('follows what is typed: cards that stay keep their element and the focus', async () => {
    const view = await open(shop());
    await card(view, 'place-order').focus();
    await view.page.evaluate(() => {
      document.querySelector('[data-key="place-order"]')?.setAttribute('data-kept', 'yes');
    });
    const changed = shop()
      .filter(({ key }) => key !== 'restock')
      .map((each) => (each.key === 'place-order' ? { ...each, steps: 9 } : each));
    await view.show({ kind: 'workflows', workflows: [row('new-one'), ...changed] });
    assert.equal(await view.page.locator('[data-key="place-order"]').getAttribute('data-kept'), 'yes');
    assert.match(await card(view, 'place-order').innerText(), /9 steps/);
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.closest('[data-key]')?.getAttribute('data-key')),
      'place-order',
    );
    assert.equal(await view.page.locator('[data-key="restock"]').count(), 0);
    await view.page.close();
  });

  it('groups the packages of a monorepo, with lines between them', async () => {
    const steps = { folder: 'file:///shop/steps', name: '@shop/steps' };
    const view = await open([
      ...shop()
        .slice(0, 5)
        .map((each) => (each.key === 'place-order' ? { ...each, uses: ['stock'] } : each)),
      row('stock', { package: steps }),
      row('audit', { package: steps, uses: ['stock'] }),
    ]);
    assert.equal(await view.page.locator('.steps').innerText(), '7 workflows in 2 packages');
    assert.deepEqual(await view.page.locator('.area h2').allInnerTexts(), ['@shop/app', '@shop/steps']);
    assert.equal(await view.page.locator('.use.across').count(), 1);
    await view.screenshot('overview-monorepo');
    await view.page.close();
  });

  it('shows workflows that nest each other in a circle as such', async () => {
    const view = await open([row('a', { uses: ['b'] }), row('b', { uses: ['c'] }), row('c', { uses: ['a'] })]);
    assert.equal(await view.page.locator('.use.circle').count(), 1);
    await view.screenshot('overview-circle');
    await view.page.close();
  });

  it('holds hundreds of workflows, with no text outside of its card', async () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      row(`workflow-${index}`, {
        uses: index % 4 === 0 ? [`workflow-${index + 1}`, `workflow-${(index * 7) % 300}`] : [],
      }),
    );
    const view = await open(many, { width: 1400, height: 900 });
    assert.equal(await view.page.locator('.workflow').count(), 300);
    const outside = await view.page.evaluate(
      () =>
        Array.from(document.querySelectorAll('.workflow')).flatMap((workflow) => {
          const box = workflow.getBoundingClientRect();
          return Array.from(workflow.querySelectorAll('.card-title, .card-line, .mark')).filter((text) => {
            const inner = text.getBoundingClientRect();
            return inner.right > box.right || inner.bottom > box.bottom || inner.left < box.left;
          });
        }).length,
    );
    assert.equal(outside, 0);
    await view.screenshot('overview-many');
    await view.page.close();
  });

  it('fits a narrow panel', async () => {
    const view = await open(shop(), { width: 420, height: 700 });
    await view.screenshot('overview-narrow');
    const reachesOut = await view.page.evaluate(
      () => (document.querySelector('.toolbar')?.scrollWidth ?? 0) > window.innerWidth,
    );
    assert.equal(reachesOut, false);
    await view.page.close();
  });

  it('says what to do where there are no workflows, and while they are read', async () => {
    const view = await openOverview(browser);
    assert.match(await view.page.locator('.empty').innerText(), /Reading the workflows/);
    await view.show({
      kind: 'none',
      message: 'This workspace imports Mastra, but no workflow was found.',
      action: { title: 'Show log', command: 'mastra.showLog' },
    });
    await view.page.getByRole('button', { name: 'Show log' }).click();
    assert.deepEqual((await view.sent()).at(-1), { type: 'action' });
    await view.screenshot('overview-empty');
    await view.page.close();
  });

  it('is as it was left when it is shown again', async () => {
    const view = await open(shop());
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('order');
    await view.page.keyboard.press('Enter');
    const kept = await view.kept();
    const again = await open(shop(), { kept });
    assert.equal(await again.page.locator('.search-input').inputValue(), 'order');
    assert.ok((await again.page.locator('.workflow.dim').count()) > 0);
    assert.equal(await card(again, 'deliver-order').getAttribute('tabindex'), '0');
    await view.page.close();
    await again.page.close();
  });
});
