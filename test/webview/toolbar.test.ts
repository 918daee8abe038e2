/** The parts of the panel in little room: what matters most stays. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { modelOf } from '../graph/graph-of.ts';
import { everything, everythingKey, faulty, faultyKey, findings } from '../graph/samples.ts';
import { running, suspended } from './overlays.ts';
import { launch, openPanel } from './page.ts';

describe('the bar on top', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const scenes = {
    'a workflow': { graph: modelOf(everything, everythingKey, []) },
    'a workflow with problems': { graph: modelOf(faulty, faultyKey, findings) },
    'a run': { graph: modelOf(everything, everythingKey, []), run: running },
    'a run that waits': { graph: modelOf(everything, everythingKey, []), run: suspended },
  };

  for (const [name, scene] of Object.entries(scenes)) {
    it(`fits every width with ${name}`, async () => {
      const panel = await openPanel(browser, { height: 700 });
      await panel.show(scene);
      for (const width of [320, 360, 420, 480, 560, 640, 720, 900, 1400]) {
        await panel.page.setViewportSize({ width, height: 700 });
        const outside = await panel.page.evaluate(() =>
          Array.from(document.querySelectorAll('.toolbar > *, .toolbar .export'))
            .filter((part) => part.getBoundingClientRect().right > window.innerWidth)
            .map((part) => part.className),
        );
        assert.deepEqual(outside, [], `${width} pixels`);
        await panel.page
          .locator('.toolbar button:visible', { hasText: /Run|Cancel/ })
          .first()
          .waitFor();
        for (const kept of ['Show all workflows', 'Export the drawing']) {
          assert.ok(await panel.page.getByRole('button', { name: kept }).isVisible(), `${kept} at ${width} pixels`);
        }
      }
      await panel.page.setViewportSize({ width: 360, height: 700 });
      await panel.screenshot(`toolbar-narrow-${name.replaceAll(' ', '-')}`);
      await panel.page.close();
    });
  }

  for (const [width, height] of [
    [360, 700],
    [655, 780],
    [1100, 560],
  ] as const) {
    it(`leaves room for the drawing and what is told of a step, at ${width} by ${height} pixels`, async () => {
      const panel = await openPanel(browser, { width, height });
      await panel.show(scenes['a run that waits']);
      await panel.page.locator('[data-node="validate-order"]').click();
      await panel.page.locator('.details h2').waitFor();
      const parts = await panel.page.evaluate(() =>
        ['.stage', '.details', '.dock'].map((name) => {
          const box = document.querySelector(name)?.getBoundingClientRect();
          return { name, top: box?.top ?? NaN, bottom: box?.bottom ?? NaN, height: box?.height ?? 0 };
        }),
      );
      for (const part of parts) {
        assert.ok(part.top >= 0 && part.bottom <= height && part.height >= 60, JSON.stringify(parts));
      }
      const map = await panel.page.evaluate(() => {
        const [inner, outer] = ['.minimap', '.stage'].map((name) =>
          document.querySelector(name)?.getBoundingClientRect(),
        );
        return inner === undefined || outer === undefined || inner.height === 0 ? 0 : outer.top - inner.top;
      });
      assert.ok(map <= 0, `the map of the whole reaches ${map} pixels out of the drawing`);
      await panel.screenshot(`room-${width}`);
      await panel.page.close();
    });
  }
});
