/** Comparing within one run: a value with another, and two moments with each other. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { finishedRun, shop } from '../replay/sample.ts';
import { launch, openPanel } from './page.ts';
import type { Panel } from './page.ts';

describe('comparing within a run', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function withRun(use: (panel: Panel) => Promise<void>): Promise<void> {
    const panel = await openPanel(browser, { height: 1400 });
    try {
      await panel.show({ graph: shop });
      await panel.run({ events: finishedRun, source: 'recorded', drawing: shop });
      await use(panel);
      assert.deepEqual(panel.complaints, []);
    } finally {
      await panel.page.close();
    }
  }

  it('shows what a step made of its input, and then any other value of the run beside it', async () => {
    await withRun(async ({ page }) => {
      await page.locator('[data-node="read-order"]').click();
      await page.getByRole('button', { name: 'Compare with…' }).click();
      const other = page.getByRole('combobox', { name: 'Compared with' });
      assert.equal(await other.locator('option:checked').textContent(), 'read-order: Input');
      await page.locator('.compare-values .diff-equal', { hasText: 'No differences' }).waitFor();
      await other.selectOption({ label: 'check-stock: Output' });
      await page.locator('.compare-values .diff-tree .value-row').first().waitFor();
      assert.deepEqual(await page.locator('.compare-values .diff-label').allTextContents(), [
        'check-stock: Output',
        'read-order: Output',
      ]);
      await page.getByRole('button', { name: 'Close the comparison' }).click();
      assert.equal(await page.locator('.compare-values').isVisible(), false);
    });
  });

  it('names the steps that changed since the moment that was marked, and leads to their values', async () => {
    await withRun(async ({ page }) => {
      const slider = page.getByRole('slider', { name: 'Moment of the run' });
      await slider.focus();
      await page.keyboard.press('Home');
      await page.getByRole('button', { name: /^Mark this moment/ }).click();
      const bar = page.getByRole('group', { name: 'Marked moment' });
      assert.match((await bar.textContent()) ?? '', /Marked: The run started\.Move on to see what changes\./);
      await slider.focus();
      await page.keyboard.press('End');
      assert.match((await bar.textContent()) ?? '', /steps changed since/);
      assert.match((await bar.textContent()) ?? '', /read-ordernot reached → succeeded/);
      await bar.getByRole('button', { name: /^read-order/ }).click();
      assert.equal(await page.locator('.details h2').textContent(), 'read-order');
      await page.locator('.compare-values').waitFor();
      await bar.getByRole('button', { name: 'Show the marked moment' }).click();
      assert.equal(await slider.getAttribute('aria-valuenow'), '0');
      await bar.getByRole('button', { name: 'Remove the mark' }).click();
      assert.equal(await bar.isVisible(), false);
    });
  });
});
