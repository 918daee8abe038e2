/** Panels for the tests of a `describe`, which calls this and so gets a browser of its own. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launch, openPanel } from './page.ts';
import type { Panel, PanelOptions } from './page.ts';

/** Uses a panel and closes it; fails when the page complained of anything. */
export type WithPanel = (options: PanelOptions, use: (panel: Panel) => Promise<void>) => Promise<void>;

export function usePanels(): WithPanel {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  return async (options, use) => {
    const panel = await openPanel(browser, options);
    try {
      await use(panel);
      assert.deepEqual(panel.complaints, []);
    } finally {
      await panel.page.close();
    }
  };
}
