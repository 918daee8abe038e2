/** The panel in VS Code's four default themes: contrast, roles and names by axe, the policy in force, pictures to look at. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { modelOf } from '../graph/graph-of.ts';
import { everything, everythingKey, faulty, faultyKey, findings } from '../graph/samples.ts';
import { violations } from './axe.ts';
import { failed, running, suspended } from './overlays.ts';
import { launch, openPanel } from './page.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

describe('panel in every theme', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const graph = modelOf(everything, everythingKey, []);
  const wrong = modelOf(faulty, faultyKey, findings);

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`${theme}: every construct`, async () => {
      const panel = await openPanel(browser, { theme, width: 1240, height: 2800 });
      await panel.show({ graph });
      await panel.screenshot(`${theme}-constructs`);
      assert.deepEqual(await violations(panel), []);
      assert.deepEqual(panel.complaints, []);
      await panel.page.close();
    });

    it(`${theme}: problems, the cursor, the selection and a notice`, async () => {
      const panel = await openPanel(browser, { theme, width: 1000, height: 720 });
      await panel.show({
        graph: wrong,
        notice: { kind: 'stale', message: 'Showing the last version that parsed. Fix the syntax error in orders.ts.' },
      });
      await panel.page.locator('[data-node="price"]').click();
      await panel.post({ type: 'highlight', node: 'read' });
      await panel.page.locator('.highlighted').waitFor();
      await panel.screenshot(`${theme}-problems`);
      assert.deepEqual(await violations(panel), []);
      assert.deepEqual(panel.complaints, []);
      await panel.page.close();
    });

    for (const [name, run] of Object.entries({ running, suspended, failed })) {
      it(`${theme}: a run that is ${name}`, async () => {
        const panel = await openPanel(browser, { theme, width: 1300, height: 1000 });
        await panel.show({ graph, run });
        if (name !== 'running')
          await panel.page.getByRole('button', { name: /^Show the (failed|suspended) step/ }).click();
        await panel.page.mouse.move(5, 995);
        await panel.screenshot(`${theme}-${name}`);
        assert.deepEqual(await violations(panel), []);
        assert.deepEqual(panel.complaints, []);
        await panel.page.close();
      });
    }
  }

  it('is under its policy: inline styles, foreign code and the network are refused', async () => {
    const panel = await openPanel(browser);
    await panel.page.evaluate(async () => {
      document.body.setAttribute('style', 'color: red');
      const script = document.createElement('script');
      script.textContent = 'window.foreign = true';
      document.body.append(script);
      await fetch('https://panel.test/data').catch(() => undefined);
      const image = document.createElement('img');
      image.src = 'https://panel.test/picture.png';
      document.body.append(image);
    });
    const refused = panel.complaints.filter((text) => text.includes('Content Security Policy'));
    for (const directive of ['style', 'script', 'connect', 'img']) {
      assert.ok(
        refused.some((text) => text.includes(`${directive}-src`)),
        `${directive}: ${panel.complaints.join('\n')}`,
      );
    }
    assert.equal(await panel.page.evaluate(() => 'foreign' in window), false);
    await panel.page.close();
  });

  it('moves nothing by itself for those who asked for that', async () => {
    const animations = async (reducedMotion: boolean): Promise<number> => {
      const panel = await openPanel(browser, { reducedMotion });
      await panel.show({ graph, run: running });
      await panel.page.locator('.leaf.status-running').waitFor();
      const count = await panel.page.evaluate(
        () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
      );
      await panel.page.close();
      return count;
    };
    assert.equal(await animations(true), 0);
    assert.ok((await animations(false)) > 0);
  });
});
