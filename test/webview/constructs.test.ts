/** Every construct in every position: boxes where the layout put them, texts readable, all told apart without colour. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { layoutGraph } from '../../common/graph/view.ts';
import type { FlowEntry } from '../../common/model/index.ts';
import { foreach, keyOf, loop, nested, parallel, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import { constructs, everything, everythingKey, packOrder } from '../graph/samples.ts';
import { nodeBoxes, overflowing, overlappingTexts, textBoxes } from './measure.ts';
import { launch, openPanel } from './page.ts';
import type { Panel } from './page.ts';

const positions: Readonly<Record<string, (entry: FlowEntry) => readonly FlowEntry[]>> = {
  alone: (entry) => [entry],
  first: (entry) => [entry, step('then')],
  middle: (entry) => [step('before'), entry, step('then')],
  last: (entry) => [step('before'), entry],
  'in a parallel': (entry) => [parallel([step('beside'), entry])],
  'in a loop': (entry) => [loop('dowhile', 'inputData.more', entry)],
  'in a foreach': (entry) => [foreach(entry, 4)],
  'in a nested workflow': () => [nested('inner')],
};

describe('drawing of each construct', () => {
  let browser: Browser;
  let panel: Panel;
  before(async () => {
    browser = await launch();
    panel = await openPanel(browser, { width: 1400, height: 3200 });
  });
  after(() => browser.close());

  for (const [type, create] of Object.entries(constructs)) {
    it(`${type}: boxes as laid out, no text outside its box or over another`, async () => {
      for (const [position, place] of Object.entries(positions)) {
        const graph = modelOf(
          project(workflow('outer', place(create())), workflow('inner', [create(), step('then')]), packOrder),
          keyOf('outer'),
          [],
        );
        await panel.show({ graph });
        assert.deepEqual(
          await nodeBoxes(panel.page),
          Object.fromEntries(
            layoutGraph(graph).nodes.map((node) => [node.id, [node.x, node.y, node.width, node.height]]),
          ),
          position,
        );
        assert.deepEqual(overlappingTexts(await textBoxes(panel.page)), [], position);
        assert.deepEqual(await overflowing(panel.page), [], position);
      }
      assert.deepEqual(panel.complaints, []);
    });
  }

  it('gives each kind a glyph of its own', async () => {
    await panel.show({ graph: modelOf(everything, everythingKey, []) });
    const glyphs = await panel.page.evaluate(() =>
      Array.from(document.querySelectorAll('.node:not(.dot)'), (node) => ({
        kind: /kind-(\w+)/.exec(node.className)?.[1] ?? '',
        glyph: Array.from(node.querySelectorAll('.icon.kind path'), (path) => path.getAttribute('d')).join(),
      })),
    );
    const byKind = new Map(glyphs.map(({ kind, glyph }) => [kind, glyph]));
    assert.deepEqual(
      [...byKind.keys()].sort(),
      [...Object.keys(constructs), 'start', 'end'].sort(),
      'the sample shows every kind',
    );
    assert.ok([...byKind.values()].every((glyph) => glyph !== ''));
    assert.equal(new Set(byKind.values()).size, byKind.size);
  });

  it('shows long ids cut with an ellipsis, whole on hover', async () => {
    const id = 'send-a-confirmation-mail-to-the-customer-and-to-the-sales-department-of-the-region';
    await panel.show({ graph: modelOf(everything, everythingKey, []) });
    const card = panel.page.locator(`[data-node="${id}"] .card`);
    assert.match((await card.getAttribute('title')) ?? '', new RegExp(id));
    const title = card.locator('.title');
    const [whole, shown] = await title.evaluate((text) => [text.scrollWidth, text.clientWidth] as const);
    assert.ok(whole > shown);
    assert.equal(await title.evaluate((text) => getComputedStyle(text).textOverflow), 'ellipsis');
  });

  it('says what to do when the workflow has no steps, and shows it while there is no drawing', async () => {
    await panel.show({ graph: modelOf(project(workflow('outer', [])), keyOf('outer'), []) });
    assert.match(await panel.page.locator('.empty').innerText(), /Add one to its chain/);
    await panel.screenshot('empty-workflow');
    const fresh = await openPanel(browser);
    assert.match(await fresh.page.locator('.empty').innerText(), /Reading the workflow/);
    await fresh.show({ notice: { kind: 'starting', message: 'Reading orders.ts…' } });
    assert.equal(await fresh.page.locator('.empty').innerText(), 'Reading orders.ts…');
    assert.equal(await fresh.page.locator('h1').innerText(), 'orders');
    await fresh.screenshot('starting');
    await fresh.page.close();
  });

  it('draws what is in sight of a thousand boxes, and touches one of them when one changes', async () => {
    const entries = Array.from({ length: 250 }, (_, index) =>
      parallel([1, 2, 3].map((path) => step(`s-${index}-${path}`))),
    );
    const graph = modelOf(project(workflow('large', entries)), keyOf('large'), []);
    await panel.show({ graph });
    assert.ok((await panel.page.locator('.node').count()) < 100, 'what is out of sight has no elements');
    await panel.page.evaluate(() => {
      const touched = new Set<string>();
      Object.assign(window, { touched });
      new MutationObserver((records) => {
        for (const record of records) {
          const element = record.target instanceof Element ? record.target : record.target.parentElement;
          const id = element?.closest('[data-node], [data-edge]');
          if (id !== null && id !== undefined)
            touched.add(id.getAttribute('data-node') ?? id.getAttribute('data-edge') ?? '');
        }
      }).observe(document.querySelector('.canvas') ?? document.body, {
        subtree: true,
        childList: true,
        attributes: true,
      });
    });
    const changed = graph.nodes.map((node) =>
      node.id === 'parallel~2/s-1-2' ? { ...node, detail: 'a new text' } : node,
    );
    await panel.show({ graph: { ...graph, nodes: changed } });
    await panel.page.getByText('a new text').waitFor();
    const touched = await panel.page.evaluate(() => [...(window as unknown as { touched: Set<string> }).touched]);
    assert.deepEqual(touched, ['parallel~2/s-1-2']);
  });
});
