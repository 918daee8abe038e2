/** Drawings larger than the window: what has elements, the picture from far away, the map in the corner, and the search. */
import assert from 'node:assert/strict';
import { modelOf } from '../graph/graph-of.ts';
import { largeModel } from '../graph/large.ts';
import { everything, everythingKey } from '../graph/samples.ts';
import { nodeRun, overlay } from './overlays.ts';
import type { Panel } from './page.ts';
import { usePanels } from './panels.ts';
import { target } from './target.ts';

const graph = modelOf(everything, everythingKey, []);
const large = largeModel(3_000);
/** Everything open, as after a press on the button. */
const opened = { target, zoom: 1, scrollX: 0, scrollY: 0, selected: undefined, folded: [] };

describe('a drawing larger than the window', () => {
  const withPanel = usePanels();

  const node = (panel: Panel, id: string) => panel.page.locator(`[data-node="${id}"]`);
  const elements = (panel: Panel) => panel.page.locator('.node').count();
  const zoom = async (panel: Panel) => Number((await panel.page.locator('.zoom').innerText()).replace('%', ''));
  const focused = (panel: Panel) =>
    panel.page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? null);
  /** How many pixels of a canvas are painted at all. */
  const painted = (panel: Panel, selector: string) =>
    panel.page.locator(selector).evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) count += 1;
      return count;
    });

  it('has elements for what is in sight, at any place of 3,000 boxes', async () => {
    await withPanel({ saved: opened }, async (panel) => {
      await panel.show({ graph: large });
      await node(panel, '$start').waitFor();
      for (const index of [500, 2990, 1500]) {
        await panel.bring(large.nodes[index]?.id ?? '');
        assert.ok((await elements(panel)) < 150, `${await elements(panel)}`);
      }
      await panel.page.locator('.viewport').evaluate((viewport) => {
        viewport.scrollTop = viewport.scrollHeight / 2;
      });
      await node(panel, '$end').waitFor({ state: 'detached' });
      assert.ok((await elements(panel)) > 5);
    });
  });

  it('keeps the keyboard on a node that is scrolled out of sight', async () => {
    await withPanel({ saved: opened, height: 500 }, async (panel) => {
      await panel.show({ graph: large });
      await node(panel, 'step-0-1').focus();
      await panel.page.locator('.viewport').evaluate((viewport) => viewport.scrollTo({ top: 30_000 }));
      await panel.page.waitForFunction(() => document.querySelectorAll('.node').length > 2);
      assert.equal(await focused(panel), 'step-0-1');
      await panel.page.keyboard.press('ArrowDown');
      assert.equal(await focused(panel), 'step-0-2');
      const box = await node(panel, 'step-0-2').boundingBox();
      assert.ok(box && box.y > 0 && box.y < 500, 'the walk goes on in sight');
    });
  });

  it('from far away is a picture: a click selects, a double click comes near', async () => {
    await withPanel({ height: 700 }, async (panel) => {
      await panel.show({ graph });
      await panel.page.keyboard.press('1');
      await panel.page.locator('.far-view').waitFor();
      assert.ok((await elements(panel)) <= 1);
      assert.ok((await painted(panel, '.far-view')) > 2000);
      await panel.screenshot('far-away');
      const middle = await panel.page.locator('.viewport').evaluate((viewport) => {
        const { left, width, top } = viewport.getBoundingClientRect();
        return { x: left + viewport.clientWidth / 2, y: top, width };
      });
      // Down the axis until a step is under the pointer.
      let found = '';
      for (let y = middle.y + 30; y < 680 && !found.includes('validate-order'); y += 2) {
        await panel.page.mouse.move(middle.x, y);
        found = (await panel.page.locator('.far-view').getAttribute('title')) ?? '';
        if (found.includes('validate-order')) await panel.page.mouse.click(middle.x, y);
      }
      assert.match(found, /^validate-order\nStep · Checks that the order has items$/);
      assert.equal(await panel.page.locator('.details h2').innerText(), 'validate-order');
      await panel.page.mouse.dblclick(middle.x, middle.y + 300);
      assert.equal(await zoom(panel), 100);
      await panel.page.waitForFunction(() => document.querySelectorAll('.node').length > 3);
    });
  });

  it('from far away shows a run in its colours', async () => {
    await withPanel({ height: 700 }, async (panel) => {
      await panel.show({
        graph,
        run: overlay({ nodes: { 'validate-order': nodeRun('failed', 3) }, status: 'failed' }),
      });
      await panel.page.keyboard.press('1');
      await panel.page.locator('.far-view').waitFor();
      const reds = await panel.page.locator('.far-view').evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return 0;
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let count = 0;
        for (let index = 0; index < data.length; index += 4) {
          if ((data[index] ?? 0) > 140 && (data[index + 1] ?? 0) < 100) count += 1;
        }
        return count;
      });
      assert.ok(reds > 10, String(reds));
    });
  });

  it('can be seen whole, however large', async () => {
    await withPanel({ saved: opened }, async (panel) => {
      await panel.show({ graph: large });
      await panel.page.keyboard.press('1');
      const [whole, room] = await panel.page
        .locator('.viewport')
        .evaluate((viewport) => [viewport.scrollHeight, viewport.clientHeight] as const);
      assert.ok(whole <= room);
    });
  });

  describe('map in the corner', () => {
    it('shows what is in sight, and goes where it is pressed and dragged', async () => {
      await withPanel({ saved: opened }, async (panel) => {
        await panel.show({ graph: large });
        const map = panel.page.locator('.minimap');
        await map.waitFor();
        await panel.page.waitForFunction(() => {
          const picture = document.querySelector('.minimap-picture');
          return picture instanceof HTMLCanvasElement && picture.height > 100;
        });
        assert.ok((await painted(panel, '.minimap-picture')) > 500);
        const box = await map.boundingBox();
        assert.ok(box);
        const top = () => panel.page.locator('.viewport').evaluate((viewport) => viewport.scrollTop);
        const height = await panel.page.locator('.viewport').evaluate((viewport) => viewport.scrollHeight);
        await panel.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await panel.page.mouse.down();
        assert.ok(Math.abs((await top()) / height - 0.5) < 0.02);
        await panel.page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8, { steps: 3 });
        assert.ok(Math.abs((await top()) / height - 0.8) < 0.03);
        await panel.page.mouse.up();
        await panel.page.mouse.move(box.x + box.width / 2, box.y + 10);
        assert.ok((await top()) / height > 0.7, 'it moves only while it is held');
        await panel.screenshot('minimap');
      });
    });

    it('is away while all is in sight', async () => {
      await withPanel({ height: 900 }, async (panel) => {
        await panel.show({ graph });
        await panel.page.locator('.minimap').waitFor();
        await panel.page.keyboard.press('1');
        await panel.page.locator('.minimap').waitFor({ state: 'hidden' });
      });
    });
  });

  describe('search', () => {
    it('opens with Ctrl and F, goes from match to match and back, and leaves the keyboard on the last', async () => {
      await withPanel({ saved: opened, height: 500 }, async (panel) => {
        await panel.show({ graph: large });
        await node(panel, '$start').focus();
        await panel.page.keyboard.press('Control+f');
        await panel.page.keyboard.type('charge-card-9');
        const count = panel.page.locator('.step-search-count');
        assert.match(await count.innerText(), /^1 of \d+$/);
        const first = await panel.page.locator('.node.current').getAttribute('data-node');
        const box = await panel.page.locator('.node.current').boundingBox();
        assert.ok(box && box.y > 40 && box.y < 500, 'the match is in sight');
        await panel.page.keyboard.press('Enter');
        assert.match(await count.innerText(), /^2 of/);
        const second = await panel.page.locator('.node.current').getAttribute('data-node');
        assert.notEqual(second, first);
        await panel.screenshot('search');
        await panel.page.keyboard.press('Shift+Enter');
        assert.equal(await panel.page.locator('.node.current').getAttribute('data-node'), first);
        await panel.page.keyboard.press('Escape');
        assert.equal(await panel.page.locator('.step-search-bar').isVisible(), false);
        assert.equal(await panel.page.locator('.node.found').count(), 0);
        assert.equal(await focused(panel), first);
      });
    });

    it('types digits and signs into the box, where else they zoom', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await panel.page.keyboard.press('/');
        await panel.page.keyboard.type('a-1+0[');
        assert.equal(await panel.page.locator('.step-search-input').inputValue(), 'a-1+0[');
        assert.equal(await zoom(panel), 100);
        assert.equal(await panel.page.locator('.step-search-count').innerText(), 'No step found');
      });
    });

    it('opens what hides a match', async () => {
      await withPanel({ saved: { ...opened, folded: ['fulfil-order'] } }, async (panel) => {
        await panel.show({ graph });
        await panel.page.getByRole('button', { name: 'Search steps (Ctrl+F)' }).click();
        await panel.page.keyboard.type('print-label');
        assert.equal(
          await panel.page.locator('.node.current').getAttribute('data-node'),
          'fulfil-order/parallel/print-label',
        );
        assert.deepEqual((await panel.messages()).slice(1), [], 'nothing is selected, the source stays where it is');
      });
    });
  });
});
