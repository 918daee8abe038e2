/** Comparing within one run: a value with another, and two moments with each other. */
import assert from 'node:assert/strict';
import type { GraphModel } from '../../common/protocol/graph.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { largeRun, largeWorkflow } from '../replay/large-run.ts';
import { finishedRun, shop } from '../replay/sample.ts';
import { violations } from './axe.ts';
import type { Panel, PanelOptions } from './page.ts';
import { usePanels } from './panels.ts';
import { bodyClasses } from './themes.ts';
import type { ThemeName } from './themes.ts';

interface Shown {
  readonly graph: GraphModel;
  readonly events: readonly RunEvent[];
}

describe('comparing within a run', () => {
  const withPanel = usePanels();

  const withRun = (
    use: (panel: Panel) => Promise<void>,
    { graph = shop, events = finishedRun, ...options }: Partial<Shown> & PanelOptions = {},
  ): Promise<void> =>
    withPanel({ height: 1400, ...options }, async (panel) => {
      await panel.show({ graph });
      await panel.run({ events, source: 'recorded', drawing: graph });
      await use(panel);
    });

  it('shows what a step made of its input, and then any other value of the run beside it', async () => {
    await withRun(async ({ page }) => {
      await page.locator('[data-node="read-order"]').click();
      await page.getByRole('button', { name: 'Compare with…' }).click();
      const other = page.getByRole('combobox', { name: 'Compared with' });
      assert.equal(await other.inputValue(), 'read-order: Input');
      await page.locator('.compare-values .diff-equal', { hasText: 'No differences' }).waitFor();
      await other.click();
      await page.getByRole('option', { name: 'check-stock: Output' }).click();
      assert.equal(await other.inputValue(), 'check-stock: Output');
      await page.locator('.compare-values .diff-tree .value-row').first().waitFor();
      assert.deepEqual(await page.locator('.compare-values .diff-label').allTextContents(), [
        'check-stock: Output',
        'read-order: Output',
      ]);
      await page.getByRole('button', { name: 'Close the comparison' }).click();
      assert.equal(await page.locator('.compare-values').isVisible(), false);
    });
  });

  it('finds any value of a long run by what is typed, with the keyboard alone', async () => {
    await withRun(
      async (panel) => {
        const { page } = panel;
        await page.locator('[data-node="step-3"]').click();
        await page.getByRole('button', { name: 'Compare with…' }).press('Enter');
        const other = page.getByRole('combobox', { name: 'Compared with' });
        const options = page.locator('.value-choice-list').getByRole('option');
        await page.keyboard.press('Tab');
        await page.keyboard.press('ArrowDown');
        await page.locator('.value-choice-note', { hasText: 'more: type part of a name' }).waitFor();
        assert.equal(await options.count(), 100);
        assert.equal(await options.first().textContent(), 'step-3: Input');
        await panel.screenshot('compare-choice');
        // The last of some ten thousand items, and one of the last steps.
        await page.keyboard.type('reserve item 10000');
        await page.locator('.value-choice-note', { hasText: /^1 value$/ }).waitFor();
        assert.deepEqual(await options.allTextContents(), ['reserve, Item 10000: Output']);
        await page.keyboard.press('ControlOrMeta+A');
        await page.keyboard.type('STEP-959');
        await page.locator('.value-choice-note', { hasText: /^2 values$/ }).waitFor();
        assert.deepEqual(await options.allTextContents(), ['step-959: Input', 'step-959: Output']);
        await page.keyboard.press('ArrowDown');
        assert.equal(
          await page.locator(`#${await other.getAttribute('aria-activedescendant')}`).textContent(),
          'step-959: Output',
        );
        await page.keyboard.press('Enter');
        assert.equal(await options.count(), 0);
        assert.equal(await other.inputValue(), 'step-959: Output');
        await page.locator('.compare-values .diff-label.before', { hasText: 'step-959: Output' }).waitFor();
        // What is given up leaves the choice as it was, and the details open.
        await page.keyboard.type('nothing like it');
        await page.locator('.value-choice-note', { hasText: 'No value of this run' }).waitFor();
        await page.keyboard.press('Escape');
        assert.equal(await other.inputValue(), 'step-959: Output');
        assert.equal(await page.locator('.details h2').textContent(), 'step-3');
        assert.equal(await page.locator('.value-choice-note').isVisible(), false);
      },
      { graph: largeWorkflow, events: largeRun(30_000) },
    );
  });

  for (const theme of Object.keys(bodyClasses) as readonly ThemeName[]) {
    it(`can be read while a value is chosen, in the theme ${theme}`, async () => {
      await withRun(
        async (panel) => {
          const { page } = panel;
          await page.locator('[data-node="read-order"]').click();
          await page.getByRole('button', { name: 'Compare with…' }).click();
          await page.getByRole('combobox', { name: 'Compared with' }).click();
          await page.getByRole('option', { name: 'check-stock: Output' }).hover();
          assert.deepEqual(await violations(panel), []);
          await panel.screenshot(`compare-choice-${theme}`);
          await page.keyboard.type('no such value');
          await page.locator('.value-choice-note', { hasText: 'No value of this run' }).waitFor();
          assert.deepEqual(await violations(panel), []);
        },
        { theme, height: 900 },
      );
    });
  }

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
