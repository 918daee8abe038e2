/** Nested workflows are folded and opened in place, by mouse and keyboard, and stay so over a reload. */
import assert from 'node:assert/strict';
import { keyOf, nested, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import { largeModel } from '../graph/large.ts';
import { everything, everythingKey, faulty, findings } from '../graph/samples.ts';
import { overlappingTexts, textBoxes } from './measure.ts';
import { nodeRun, overlay } from './overlays.ts';
import type { Panel } from './page.ts';
import { usePanels } from './panels.ts';
import { target } from './target.ts';

const graph = modelOf(everything, everythingKey, []);

describe('folding in the panel', () => {
  const withPanel = usePanels();

  const node = (panel: Panel, id: string) => panel.page.locator(`[data-node="${id}"]`);
  const fold = (panel: Panel, id: string) => node(panel, id).locator('.fold').first();

  it('the button in the header folds and opens, and stays under the pointer', async () => {
    await withPanel({ height: 600 }, async (panel) => {
      await panel.show({ graph });
      await panel.bring('fulfil-order');
      const before = await fold(panel, 'fulfil-order').boundingBox();
      await fold(panel, 'fulfil-order').click();
      assert.equal(await node(panel, 'fulfil-order/pack-order').count(), 0);
      assert.match(await node(panel, 'fulfil-order').innerText(), /Workflow · 5 steps/);
      const folded = await node(panel, 'fulfil-order').boundingBox();
      const box = await fold(panel, 'fulfil-order').boundingBox();
      assert.ok(before && box && folded && folded.y <= before.y && before.y <= folded.y + folded.height);
      await panel.screenshot('folded');
      await fold(panel, 'fulfil-order').click();
      const after = await fold(panel, 'fulfil-order').boundingBox();
      assert.ok(after && Math.abs(after.y - before.y) <= 1);
      assert.equal(await node(panel, 'fulfil-order/pack-order').count(), 1);
      assert.deepEqual(await panel.messages().then((messages) => messages.slice(1)), [], 'nothing was selected');
    });
  });

  it('also at the very end of the drawing, where nothing is left below to scroll', async () => {
    await withPanel({ height: 500 }, async (panel) => {
      const model = modelOf(
        project(
          workflow('outer', [step('a'), nested('inner')]),
          workflow(
            'inner',
            Array.from({ length: 30 }, (_, index) => step(`s-${index}`)),
          ),
        ),
        keyOf('outer'),
        [],
      );
      await panel.show({ graph: model });
      await node(panel, '$start').focus();
      await panel.page.keyboard.press('End');
      const before = await node(panel, '$end').boundingBox();
      await panel.page.keyboard.press('ArrowUp');
      await panel.page.keyboard.press('f');
      await node(panel, 'inner/s-1').waitFor({ state: 'detached' });
      const box = await node(panel, 'inner').boundingBox();
      assert.ok(before && box && box.y > 0 && box.y < 500, 'what was folded is in sight');
    });
  });

  it('F folds and opens the node with the focus, and the tree says so', async () => {
    await withPanel({ height: 3000 }, async (panel) => {
      await panel.show({ graph });
      await node(panel, 'fulfil-order').focus();
      assert.equal(await node(panel, 'fulfil-order').getAttribute('aria-expanded'), 'true');
      await panel.page.keyboard.press('f');
      assert.equal(await node(panel, 'fulfil-order').getAttribute('aria-expanded'), 'false');
      assert.equal(
        await panel.page.evaluate(() => document.activeElement?.getAttribute('data-node')),
        'fulfil-order',
        'the focus stays',
      );
      await panel.page.keyboard.press('f');
      assert.equal(await node(panel, 'fulfil-order').getAttribute('aria-expanded'), 'true');
    });
  });

  it('all at once from the toolbar and with the brackets', async () => {
    await withPanel({ height: 3000 }, async (panel) => {
      await panel.show({ graph });
      const openAll = panel.page.getByRole('button', { name: /^Open all/ });
      assert.equal(await openAll.isDisabled(), true);
      await panel.page.getByRole('button', { name: /^Fold all/ }).click();
      assert.equal(await panel.page.locator('.node[aria-expanded="true"]').count(), 0);
      assert.equal(await panel.page.locator('.node[aria-expanded="false"]').count(), 2);
      assert.deepEqual(overlappingTexts(await textBoxes(panel.page)), []);
      await panel.page.keyboard.press(']');
      assert.equal(await panel.page.locator('.node[aria-expanded="true"]').count(), 3);
      await panel.page.keyboard.press('[');
      assert.equal(await panel.page.locator('.node[aria-expanded="true"]').count(), 0);
      await openAll.click();
      assert.equal(await panel.page.locator('.node[aria-expanded="true"]').count(), 3);
    });
  });

  it('is not offered where nothing is nested', async () => {
    await withPanel({}, async (panel) => {
      await panel.show({ graph: modelOf(project(workflow('w', [step('a')])), keyOf('w'), []) });
      assert.equal(await panel.page.getByRole('button', { name: /^Fold all/ }).count(), 0);
    });
  });

  it('is remembered over a reload of the window', async () => {
    let saved;
    await withPanel({ height: 3000 }, async (panel) => {
      await panel.show({ graph });
      await node(panel, 'fulfil-order').focus();
      await panel.page.keyboard.press('f');
      saved = await panel.saved();
      assert.deepEqual(saved?.folded, ['fulfil-order']);
    });
    await withPanel({ saved, height: 3000 }, async (panel) => {
      await panel.show({ graph });
      assert.equal(await node(panel, 'fulfil-order').getAttribute('aria-expanded'), 'false');
      assert.equal(await node(panel, 'foreach~2/pack-order').count(), 1);
    });
  });

  it('stays while the source is edited', async () => {
    await withPanel({ height: 3000 }, async (panel) => {
      await panel.show({ graph });
      await fold(panel, 'fulfil-order').click();
      await panel.show({ graph: { ...graph, nodes: graph.nodes.filter(({ id }) => id !== 'add-tax-rate') } });
      await node(panel, 'add-tax-rate').waitFor({ state: 'detached' });
      assert.equal(await node(panel, 'fulfil-order').getAttribute('aria-expanded'), 'false');
    });
  });

  it('goes to what is hidden: it is opened around a problem, and the cursor lights what hides its place', async () => {
    const outer = workflow('outer', [step('first'), nested('faulty')]);
    const model = modelOf(project(outer, ...faulty.workflows.values()), outer.key, findings);
    await withPanel({ saved: savedWith(['faulty']) }, async (panel) => {
      await panel.show({ graph: model });
      assert.match((await node(panel, 'faulty').getAttribute('aria-label')) ?? '', /error: `items` does not arrive/);
      await panel.post({ type: 'highlight', node: 'faulty/price' });
      await panel.page.locator('[data-node="faulty"].highlighted').waitFor();
      // The first problems are the workflow's own; the next one is inside.
      await panel.page.getByRole('button', { name: /go to the next one/ }).click();
      await panel.page.getByRole('button', { name: /go to the next one/ }).click();
      await node(panel, 'faulty/price').waitFor();
      assert.equal(await node(panel, 'faulty/price').getAttribute('aria-selected'), 'true');
    });
  });

  it('shows the state of a run on what is folded, and counts what it hides', async () => {
    await withPanel({ saved: savedWith(['fulfil-order']), height: 3000 }, async (panel) => {
      const run = overlay({
        nodes: {
          'validate-order': nodeRun('success', 10),
          'fulfil-order': nodeRun('running'),
          'fulfil-order/pack-order': nodeRun('success', 20),
          'fulfil-order/pack-order/pick-items': nodeRun('success', 20),
          'fulfil-order/pack-order/weigh': nodeRun('success', 20),
        },
      });
      await panel.show({ graph, run });
      assert.match((await node(panel, 'fulfil-order').getAttribute('class')) ?? '', /status-running/);
      assert.match(await panel.page.locator('.run-bar .count').innerText(), /^3 of \d+ steps/);
    });
  });

  it('is how a large drawing begins', async () => {
    await withPanel({ height: 3000 }, async (panel) => {
      await panel.show({ graph: largeModel(400) });
      await panel.page.locator('.node[aria-expanded]').first().waitFor();
      assert.equal(await panel.page.locator('.node[aria-expanded="true"]').count(), 0);
    });
  });
});

function savedWith(folded: readonly string[]) {
  return { target, zoom: 1, scrollX: 0, scrollY: 0, selected: undefined, folded };
}
