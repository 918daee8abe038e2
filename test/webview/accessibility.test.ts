/** Pages that have no axe test beside their own tests, in every theme: the overview in its states, and the open menu of the panel. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { modelOf } from '../graph/graph-of.ts';
import { everything, everythingKey } from '../graph/samples.ts';
import { violations } from './axe.ts';
import { openOverview, row, shopRows } from './overview-page.ts';
import { launch, openPanel } from './page.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

describe('pages for everybody', function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`${theme}: all workflows`, async () => {
      const view = await openOverview(browser, { theme });
      await view.show({ kind: 'workflows', workflows: shopRows(Date.now()) });
      await view.page.locator('[data-key="pack-parcel"] .open').focus();
      assert.deepEqual(await violations(view), []);
      assert.deepEqual(view.complaints, []);
      await view.page.close();
    });

    it(`${theme}: several packages, and a search`, async () => {
      const view = await openOverview(browser, { theme });
      const steps = { folder: 'file:///shop/steps', name: '@shop/steps' };
      const workflows = [...shopRows(Date.now()), row('stock', { package: steps, uses: ['pack-parcel'] })];
      await view.show({ kind: 'workflows', workflows });
      await view.page.keyboard.press('/');
      await view.page.keyboard.type('order');
      assert.deepEqual(await violations(view), []);
      await view.page.close();
    });

    it(`${theme}: no workflows`, async () => {
      const view = await openOverview(browser, { theme });
      assert.deepEqual(await violations(view), []);
      const action = { title: 'Open Folder…', command: 'workbench.action.files.openFolder' };
      await view.show({ kind: 'none', message: 'Mastra works on a folder.', action });
      assert.deepEqual(await violations(view), []);
      await view.page.close();
    });

    it(`${theme}: the menu Export`, async () => {
      const panel = await openPanel(browser, { theme, width: 900, height: 600 });
      await panel.show({ graph: modelOf(everything, everythingKey, []) });
      await panel.page.getByRole('button', { name: 'Export the drawing' }).click();
      await panel.page.getByRole('menuitem').first().waitFor();
      await panel.screenshot(`${theme}-export-menu`);
      assert.deepEqual(await violations(panel), []);
      await panel.page.close();
    });
  }
});
