/** The list in place of the drawing: for screen readers, and for those who read text faster. */
import assert from 'node:assert/strict';
import { modelOf } from '../graph/graph-of.ts';
import { largeModel } from '../graph/large.ts';
import { everything, everythingKey } from '../graph/samples.ts';
import { running } from './overlays.ts';
import type { Panel } from './page.ts';
import { usePanels } from './panels.ts';
import { target } from './target.ts';
import { violations } from './axe.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

const graph = modelOf(everything, everythingKey, []);

describe('list in place of the drawing', () => {
  const withPanel = usePanels();

  const row = (panel: Panel, id: string) => panel.page.locator(`[data-row="${id}"]`);
  const focused = (panel: Panel) => panel.page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);

  it('comes with the button and with L, goes again, and is remembered over a reload', async () => {
    let saved;
    await withPanel({}, async (panel) => {
      await panel.show({ graph });
      const button = panel.page.getByRole('button', { name: 'Show as a list (L)' });
      await button.click();
      assert.equal(await button.getAttribute('aria-pressed'), 'true');
      assert.equal(await panel.page.locator('.viewport').isVisible(), false);
      assert.equal(await row(panel, 'validate-order').isVisible(), true);
      await panel.page.keyboard.press('l');
      assert.equal(await panel.page.locator('.list-view').isVisible(), false);
      await panel.page.keyboard.press('l');
      saved = await panel.saved();
      assert.equal(saved?.list, true);
    });
    await withPanel({ saved }, async (panel) => {
      await panel.show({ graph });
      assert.equal(await row(panel, 'validate-order').isVisible(), true);
      await panel.page.keyboard.press('l');
      assert.equal(await panel.page.locator('[data-node="validate-order"]').isVisible(), true);
    });
  });

  it('says of each row what it is, where it stands and how it did', async () => {
    await withPanel({}, async (panel) => {
      await panel.show({ graph, run: running });
      await panel.page.keyboard.press('l');
      const attribute = (name: string) => row(panel, 'branch/welcome-agent').getAttribute(name);
      assert.match(
        (await attribute('aria-label')) ?? '',
        /^welcome-agent, Succeeded · 1 h 1 min, if inputData\.customer\.isNew, Agent · Writes a welcome note, takes/,
      );
      assert.deepEqual(
        [await attribute('aria-level'), await attribute('aria-posinset'), await attribute('aria-setsize')],
        ['2', '2', '4'],
      );
    });
  });

  it('is walked with the arrows: down the flow, into and out of what holds steps, and to the source', async () => {
    await withPanel({}, async (panel) => {
      await panel.show({ graph });
      await panel.page.keyboard.press('l');
      await row(panel, '$start').focus();
      const walk = async (...keys: readonly string[]) => {
        const visited: (string | null)[] = [];
        for (const key of keys) {
          await panel.page.keyboard.press(key);
          visited.push(await focused(panel));
        }
        return visited;
      };
      assert.deepEqual(await walk('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft'), [
        'validate-order',
        'add-tax-rate',
        'parallel',
        'parallel/check-stock',
        'parallel',
      ]);
      assert.deepEqual(await walk('End', 'Home'), ['$end', '$start']);
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Enter');
      assert.deepEqual((await panel.messages()).at(-1), {
        type: 'reveal',
        node: 'validate-order',
        target: 'use',
        focus: true,
      });
    });
  });

  it('folds and opens as trees do, and the drawing with it', async () => {
    await withPanel({ height: 2000 }, async (panel) => {
      await panel.show({ graph });
      await panel.page.keyboard.press('l');
      await row(panel, 'fulfil-order').focus();
      await panel.page.keyboard.press('ArrowLeft');
      assert.equal(await row(panel, 'fulfil-order').getAttribute('aria-expanded'), 'false');
      assert.equal(await focused(panel), 'fulfil-order');
      assert.equal(await row(panel, 'fulfil-order/map').count(), 0);
      await panel.page.keyboard.press('l');
      assert.equal(await panel.page.locator('[data-node="fulfil-order"]').getAttribute('aria-expanded'), 'false');
      assert.equal(
        await panel.page.evaluate(() => document.activeElement?.getAttribute('data-node')),
        'fulfil-order',
        'the keyboard comes along',
      );
    });
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`${theme}: nothing that axe finds wrong, with the search open`, async () => {
      await withPanel({ theme }, async (panel) => {
        await panel.show({ graph });
        await panel.page.keyboard.press('l');
        await panel.page.keyboard.press('/');
        await panel.page.keyboard.type('order');
        await panel.screenshot(`${theme}-list`);
        assert.deepEqual(await violations(panel), []);
      });
    });
  }

  it('has elements for the rows in sight, and search leads to the others', async () => {
    const saved = { target, zoom: 1, scrollX: 0, scrollY: 0, selected: undefined, folded: [], list: true };
    await withPanel({ saved }, async (panel) => {
      await panel.show({ graph: largeModel(2_000) });
      await row(panel, '$start').waitFor();
      assert.ok((await panel.page.locator('.list-row').count()) < 100);
      await panel.page.keyboard.press('/');
      await panel.page.keyboard.type('charge-card-9');
      const match = panel.page.locator('.list-row.current');
      const box = await match.boundingBox();
      assert.ok(box && box.y > 40 && box.y < 800);
      await panel.screenshot('list');
    });
  });
});
