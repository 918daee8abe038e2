/** A run in the panel, at any moment of it: the time line, the list of steps, the values, and a source that has changed since. */
import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import type { FedRun } from '../../client/src/graph/run-feed.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { keyOf, nested, parallel, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import {
  at,
  editedShop,
  failedRun,
  finishedRun,
  numbered,
  shop,
  start,
  startedAt,
  success,
  suspendedRun,
} from '../replay/sample.ts';
import { violations } from './axe.ts';
import { launch, openPanel } from './page.ts';
import type { Panel, PanelOptions } from './page.ts';
import { target } from './target.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

const recorded = (events: readonly RunEvent[]): FedRun => ({ events, source: 'recorded', drawing: shop });

describe('a run in the panel', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function withRun(run: FedRun, options: PanelOptions, use: (panel: Panel) => Promise<void>): Promise<void> {
    // High enough that every node is in sight.
    const panel = await openPanel(browser, { height: 2000, ...options });
    try {
      await panel.show({ graph: shop });
      await panel.run(run);
      await use(panel);
      assert.deepEqual(panel.complaints, []);
    } finally {
      await panel.page.close();
    }
  }

  const node = (panel: Panel, id: string): Locator => panel.page.locator(`[data-node="${id}"]`);
  const slider = (panel: Panel): Locator => panel.page.getByRole('slider', { name: 'Moment of the run' });
  const row = (panel: Panel, name: string | RegExp): Locator =>
    panel.page.getByRole('tree', { name: 'Steps of the run' }).getByRole('treeitem', { name });
  const button = (panel: Panel, name: string): Locator => panel.page.getByRole('button', { name, exact: true });
  const statusOf = async (panel: Panel, id: string): Promise<string | undefined> =>
    /status-(\w+)/.exec((await node(panel, id).getAttribute('class')) ?? '')?.[1];
  const moment = async (panel: Panel): Promise<number> => Number(await slider(panel).getAttribute('aria-valuenow'));
  /** Presses the time line at a share of its length. */
  const scrub = async (panel: Panel, share: number): Promise<void> => {
    const box = await slider(panel).boundingBox();
    assert.ok(box);
    await panel.page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
  };
  const values = (panel: Panel, title: string): Locator => panel.page.getByRole('tree', { name: title, exact: true });

  describe('on the time line', () => {
    it('is shown at its end at first, and at any moment that is pointed at', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        assert.equal(await moment(panel), 36 - 1);
        assert.equal(await statusOf(panel, 'close-order'), 'success');
        // 75 ms of 901.
        await scrub(panel, 75 / 901);
        assert.equal(await statusOf(panel, 'read-order'), 'success');
        assert.equal(await statusOf(panel, 'parallel/check-stock'), 'running');
        assert.equal(await statusOf(panel, 'close-order'), 'none');
        assert.match(await panel.page.locator('.run-bar').innerText(), /^Running for \d+ ms/);
        assert.match((await slider(panel).getAttribute('aria-valuetext')) ?? '', /event 6 of 36: check-stock printed/);
        assert.match(await row(panel, /^close-order/).innerText(), /close-order/);
        assert.equal(await row(panel, 'close-order, not yet at this moment').count(), 1);
      });
    });

    it('follows the pointer while it is dragged', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        const box = await slider(panel).boundingBox();
        assert.ok(box);
        await panel.page.mouse.move(box.x + box.width / 2, box.y + 10);
        assert.match(await panel.page.locator('.track-hint').innerText(), /^4\d\d ms · pay succeeded|verify|charge/);
        await panel.page.mouse.down();
        const middle = await moment(panel);
        await panel.page.mouse.move(box.x + 1, box.y + 10);
        assert.ok((await moment(panel)) <= 1 && middle > 10);
        await panel.page.mouse.move(box.x + box.width + 200, box.y - 300);
        assert.equal(await moment(panel), 35);
        await panel.page.mouse.up();
      });
    });

    it('goes by the keys from event to event, from step to step, and to both ends', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        await slider(panel).focus();
        const visit = async (...keys: readonly string[]): Promise<readonly number[]> => {
          const visited: number[] = [];
          for (const key of keys) {
            await panel.page.keyboard.press(key);
            visited.push(await moment(panel));
          }
          return visited;
        };
        assert.deepEqual(await visit('Home', 'ArrowRight', 'ArrowRight', 'ArrowLeft'), [0, 1, 2, 1]);
        // The sixth event is a line that was printed: no step begins or ends with it.
        assert.deepEqual(await visit('PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageUp'), [2, 3, 4, 6, 4]);
        assert.deepEqual(await visit('Shift+ArrowRight', 'End', 'ArrowRight'), [6, 35, 35]);
      });
    });

    it('has buttons for the same, which rest where there is nothing more', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        assert.equal(await button(panel, 'Next event (Right)').isDisabled(), true);
        await button(panel, 'Previous step (Page Up)').click();
        assert.equal(await moment(panel), 34);
        assert.equal(await panel.page.locator('[aria-live="polite"]').textContent(), 'close-order succeeded');
        await button(panel, 'Next event (Right)').click();
        assert.equal(await moment(panel), 35);
        assert.equal(await button(panel, 'Live').isVisible(), false, 'a recorded run does not go on');
      });
    });

    it('plays as fast as it ran, or at another speed, and stops at the end', async () => {
      const panel = await openPanel(browser, { clock: true });
      await panel.show({ graph: shop });
      await panel.run(recorded(finishedRun));
      await button(panel, 'Play').click();
      assert.equal(await moment(panel), 0);
      await panel.page.clock.runFor(400);
      const after = await moment(panel);
      assert.ok(after === 15 || after === 16, `event ${after} after 400 ms of 901`);
      await button(panel, 'Pause').click();
      await panel.page.clock.runFor(400);
      assert.equal(await moment(panel), after);
      await panel.page.getByLabel('Speed of playing').selectOption('0.5');
      await button(panel, 'Play').click();
      await panel.page.clock.runFor(200);
      const slow = await moment(panel);
      assert.ok(slow > after && slow <= 21, `event ${slow} after 100 ms more`);
      await panel.page.clock.runFor(2_000);
      assert.equal(await moment(panel), 35);
      await button(panel, 'Play').waitFor();
      assert.deepEqual(panel.complaints, []);
      await panel.page.close();
    });

    it('plays step after step at an even pace', async () => {
      const panel = await openPanel(browser, { clock: true });
      await panel.show({ graph: shop });
      await panel.run(recorded(finishedRun));
      await panel.page.getByLabel('Speed of playing').selectOption('steps');
      await button(panel, 'Play').click();
      await panel.page.clock.runFor(160 * 4 + 40);
      assert.equal(await moment(panel), 4);
      await panel.page.close();
    });
  });

  describe('while it goes on', () => {
    it('is followed, until another moment is looked at, and followed again', async () => {
      const events = [...finishedRun.slice(0, 8)];
      const run: FedRun = { events, source: 'live', drawing: undefined };
      await withRun(run, {}, async (panel) => {
        const more = async (): Promise<void> => {
          events.push(...finishedRun.slice(events.length, events.length + 3));
          await panel.run(run);
        };
        const live = button(panel, 'Live');
        assert.equal(await live.getAttribute('aria-pressed'), 'true');
        await more();
        assert.equal(await moment(panel), 10);
        assert.equal(await statusOf(panel, 'dountil/pay/charge'), 'success');
        await slider(panel).focus();
        await panel.page.keyboard.press('Home');
        await more();
        assert.equal(await moment(panel), 0, 'what comes does not move what is looked at');
        assert.equal(await live.getAttribute('aria-pressed'), 'false');
        await live.click();
        assert.equal(await moment(panel), 13);
        events.push(...finishedRun.slice(events.length));
        await panel.run(run);
        assert.equal(await moment(panel), 35);
        assert.equal(await live.isVisible(), false);
      });
    });

    it('tells branches that were skipped from those that are not reached yet', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        assert.equal(await statusOf(panel, 'branch/ask-manager'), 'skipped');
        await scrub(panel, 0.5);
        assert.equal(await statusOf(panel, 'branch/ask-manager'), 'none');
        assert.equal(await statusOf(panel, 'branch/send-mail'), 'none');
      });
    });
  });

  describe('in the list of steps', () => {
    it('has every step once, with the times that it ran inside, by mouse and keyboard', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        const rows = panel.page.getByRole('tree', { name: 'Steps of the run' }).getByRole('treeitem');
        assert.deepEqual(await rows.locator('.step-title').allInnerTexts(), [
          ...['read-order', 'check-stock', 'check-address', 'pay', 'reserve', 'send-mail', 'close-order'],
        ]);
        assert.match((await row(panel, /^pay/).getAttribute('aria-label')) ?? '', /Succeeded, 3 iterations, 365 ms/);
        await row(panel, /^pay/).locator('.twistie').click();
        await panel.page.keyboard.press('ArrowDown');
        await panel.page.keyboard.press('ArrowDown');
        await panel.page.keyboard.press('ArrowRight');
        assert.deepEqual(await rows.locator('.step-title').allInnerTexts(), [
          ...['read-order', 'check-stock', 'check-address', 'pay', 'Iteration 1', 'Iteration 2'],
          ...['charge', 'verify', 'Iteration 3', 'reserve', 'send-mail', 'close-order'],
        ]);
        await panel.page.keyboard.press('ArrowRight');
        await panel.page.keyboard.press('Enter');
        assert.equal(await panel.page.locator('.details h2').innerText(), 'charge');
        assert.equal(await panel.page.locator('.stepper-text').innerText(), 'Iteration 2 of 3');
        await values(panel, 'Input').getByText('2', { exact: true }).waitFor();
        await panel.page.locator('.step-rows').focus();
        await panel.page.keyboard.press('ArrowLeft');
        await panel.page.keyboard.press('ArrowLeft');
        assert.equal(await row(panel, /^charge/).count(), 0);
      });
    });

    it('tells durations, and sizes in bytes', async () => {
      await withRun(recorded(finishedRun), { width: 1300 }, async (panel) => {
        assert.equal(
          await row(panel, /^check-stock/)
            .locator('.step-duration')
            .innerText(),
          '139 ms',
        );
        assert.equal(
          await row(panel, /^check-stock/)
            .locator('.step-sizes')
            .innerText(),
          '60 B → 10 B',
        );
      });
    });

    it('opens every item of a foreach with what went into it and came out of it', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        await row(panel, /^reserve/)
          .locator('.twistie')
          .click();
        await row(panel, /^Item 2/).click();
        assert.equal(await panel.page.locator('.details h2').innerText(), 'reserve');
        assert.equal(await panel.page.locator('.stepper-text').innerText(), 'Item 2 of 3');
        await values(panel, 'Input').getByText('"ink"').waitFor();
        await values(panel, 'Output').getByText('9', { exact: true }).waitFor();
      });
    });

    it('has elements only for what is in sight of ten thousand iterations', async () => {
      const rounds = Array.from({ length: 10_000 }, (_, index) => [
        at(10 + index, start('pay', `p${index}`, { attempt: index }, index + 1)),
        at(10 + index, success('pay', `p${index}`, { paid: false }, index + 1)),
      ]).flat();
      const [first] = finishedRun;
      assert.ok(first);
      await withRun(recorded(numbered([first, ...rounds])), {}, async (panel) => {
        await row(panel, /^pay/).locator('.twistie').click();
        await panel.page.keyboard.press('End');
        await row(panel, /^Iteration 10000/).waitFor();
        assert.ok((await panel.page.locator('.step-row').count()) < 40);
        await panel.page.keyboard.press('Enter');
        assert.equal(await panel.page.locator('.stepper-text').innerText(), 'Iteration 10000 of 10000');
        await values(panel, 'Input').getByText('9999').waitFor();
      });
    });

    it('is as high as its steps need, up to a height that is chosen with the keys or by dragging', async () => {
      await withRun(recorded(finishedRun), { height: 900 }, async (panel) => {
        const height = async (): Promise<number | undefined> =>
          (await panel.page.locator('.step-rows').boundingBox())?.height;
        const handle = panel.page.getByRole('separator', { name: 'Height of the list of steps' });
        assert.equal(await height(), 7 * 20, 'seven steps, and no room without any');
        await row(panel, /^pay/).locator('.twistie').click();
        await row(panel, /^reserve/)
          .locator('.twistie')
          .click();
        assert.equal(await height(), 9 * 20, 'thirteen rows are scrolled');
        await handle.focus();
        await panel.page.keyboard.press('ArrowUp');
        await panel.page.keyboard.press('ArrowUp');
        assert.equal(await height(), 11 * 20);
        await panel.page.keyboard.press('ArrowDown');
        assert.equal(await height(), 10 * 20);
        const box = await handle.boundingBox();
        assert.ok(box);
        await panel.page.mouse.move(box.x + 50, box.y + 3);
        await panel.page.mouse.down();
        await panel.page.mouse.move(box.x + 50, box.y + 3 + 80);
        await panel.page.mouse.up();
        assert.equal(await height(), 6 * 20);
        await panel.run(undefined);
        await panel.run(recorded(finishedRun));
        assert.equal(await height(), 6 * 20, 'of the next run as well');
        assert.equal((await panel.saved())?.stepsHeight, 6 * 20 + 1, 'and after a reload of the window');
        await button(panel, 'Hide the list of steps').click();
        assert.equal(await panel.page.locator('.step-list').isVisible(), false);
        await button(panel, 'Show the list of steps').click();
        assert.equal(await height(), 6 * 20);
      });
    });

    it('is as high as it was left before a reload of the window', async () => {
      const saved = {
        target,
        zoom: 1,
        scrollX: 0,
        scrollY: 0,
        selected: undefined,
        folded: undefined,
        stepsHeight: 61,
      };
      await withRun(recorded(finishedRun), { saved }, async (panel) => {
        assert.equal((await panel.page.locator('.step-rows').boundingBox())?.height, 60);
      });
    });

    it('shows of a run that goes on what has run up to now, below the end of the time line', async () => {
      const events = finishedRun.slice(0, 4).map((event) => ({ ...event, time: event.time - startedAt + Date.now() }));
      await withRun({ events, source: 'live', drawing: undefined }, {}, async (panel) => {
        const right = async (of: Locator): Promise<number> => {
          const box = await of.boundingBox();
          assert.ok(box);
          return box.x + box.width;
        };
        // Both grow with the clock: they are asked for in one turn of the page.
        await panel.page.locator('.bar.running').first().waitFor();
        const [thumb, line, bar] = await panel.page.evaluate(() =>
          ['.track .playhead', '.playhead-room .playhead', '.bar.running'].map(
            (selector) => document.querySelector(selector)?.getBoundingClientRect().right ?? NaN,
          ),
        );
        const end = await right(slider(panel));
        assert.ok(thumb !== undefined && line !== undefined && bar !== undefined);
        for (const place of [thumb, line, bar]) assert.ok(Math.abs(place - end) <= 1.1, `${place} at ${end}`);
      });
    });

    for (const width of [360, 655, 1400]) {
      it(`has every moment right below its place on the time line, beside a scroll bar as well, ${width} wide`, async () => {
        const withBars = await launch({ scrollBars: true });
        try {
          const panel = await openPanel(withBars, { width, height: 900 });
          await panel.show({ graph: shop });
          await panel.run(recorded(finishedRun));
          const centre = async (of: string): Promise<number> => {
            const box = await panel.page.locator(of).boundingBox();
            assert.ok(box);
            return box.x + box.width / 2;
          };
          const compare = async (): Promise<void> => {
            for (const share of [0, 0.25, 0.5, 0.75, 1]) {
              await scrub(panel, share);
              const [thumb, line] = [await centre('.track .playhead'), await centre('.playhead-room .playhead')];
              assert.ok(Math.abs(thumb - line) < 0.1, `${thumb} and ${line} at ${share}`);
            }
            const bar = await row(panel, /^read-order/)
              .locator('.bars')
              .boundingBox();
            const track = await slider(panel).boundingBox();
            assert.deepEqual([bar?.x, bar?.width], [track?.x, track?.width]);
          };
          const isScrolled = (): Promise<boolean> =>
            panel.page.locator('.step-rows').evaluate((rows) => {
              const { offsetWidth, clientWidth } = rows instanceof HTMLElement ? rows : document.body;
              return offsetWidth > clientWidth;
            });
          assert.equal(await isScrolled(), false, 'seven rows need no scroll bar');
          await compare();
          await row(panel, /^pay/).locator('.twistie').click();
          await row(panel, /^reserve/)
            .locator('.twistie')
            .click();
          assert.equal(await isScrolled(), true);
          await compare();
          await panel.page.close();
        } finally {
          await withBars.close();
        }
      });
    }
  });

  describe('in the details of a node', () => {
    it('goes through the iterations with the values of each', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        await node(panel, 'dountil/pay/charge').click();
        const which = panel.page.locator('.stepper-text');
        assert.equal(await which.innerText(), 'Iteration 3 of 3');
        await values(panel, 'Output').getByText('true').waitFor();
        await button(panel, 'Previous one').click();
        assert.equal(await which.innerText(), 'Iteration 2 of 3');
        await values(panel, 'Output').getByText('false').waitFor();
        assert.equal(await row(panel, /^charge/).getAttribute('aria-selected'), 'true', 'the list shows the same');
        await button(panel, 'Previous one').click();
        assert.equal(await button(panel, 'Previous one').isDisabled(), true);
      });
    });

    it('shows what was there at the moment, and nothing of what came later', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        await node(panel, 'dountil/pay/charge').click();
        // The second attempt has begun, at 306 ms, and not ended.
        await scrub(panel, 340 / 901);
        assert.equal(await panel.page.locator('.stepper-text').innerText(), 'Iteration 2 of 2');
        await values(panel, 'Input').getByText('2', { exact: true }).waitFor();
        assert.equal(await values(panel, 'Output').isVisible(), false);
        await scrub(panel, 0.1);
        assert.match(await panel.page.locator('.run-pane').innerText(), /Not reached at this moment/);
      });
    });

    it('shows what a step printed', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        await node(panel, 'parallel/check-stock').click();
        await panel.page.locator('.spoken', { hasText: 'asking the warehouse' }).waitFor();
      });
    });

    it('shows the error of a nested step with its place in the source', async () => {
      await withRun(recorded(failedRun), {}, async (panel) => {
        await panel.page.getByRole('button', { name: 'Show the failed step' }).click();
        assert.equal(await panel.page.locator('.details h2').innerText(), 'charge');
        await panel.page.locator('.error-block', { hasText: 'at charge (/project/src/charge.ts:12:9)' }).waitFor();
      });
    });

    it('lets a suspended step be resumed only where it still waits', async () => {
      await withRun({ ...recorded(suspendedRun), source: 'live' }, {}, async (panel) => {
        await panel.page.getByRole('button', { name: 'Show the suspended step' }).click();
        const resume = panel.page.locator('.details').getByRole('button', { name: 'Resume' });
        assert.equal(await resume.isVisible(), true);
        await values(panel, 'Suspended with').getByText('May this order be sent?').waitFor();
        await slider(panel).focus();
        await panel.page.keyboard.press('ArrowLeft');
        assert.equal(await resume.isVisible(), false);
      });
    });
  });

  it('says which of two equal workflows a step belongs to when that is known, and else that it is not', async () => {
    const twins = modelOf(
      project(
        workflow('twins', [parallel([nested('pay'), nested('pay')])]),
        workflow('pay', [step('charge'), step('verify')]),
      ),
      keyOf('twins'),
      [],
    );
    const events = numbered([
      at(0, { type: 'run-started', runId: 'r', workflowId: 'twins', input: null }),
      at(1, start('pay', '1', { card: 'a' })),
      at(2, start('pay', '2', { card: 'b' })),
      at(3, start('pay.charge', '3', { card: 'a' })),
      at(4, start('pay.charge', '4', { card: 'b' })),
    ]);
    const panel = await openPanel(browser, { height: 900 });
    await panel.show({ graph: twins });
    await panel.run({ events, source: 'recorded', drawing: undefined });
    assert.match((await row(panel, /^pay/).getAttribute('aria-label')) ?? '', /2 runs · one of 2 with this id/);
    await row(panel, /^pay/).locator('.twistie').click();
    await row(panel, /^In one of these, which is not known/).waitFor();
    await row(panel, /^charge/).click();
    assert.match(await panel.page.locator('.run-pane').innerText(), /which of them ran cannot be told/);
    assert.deepEqual(panel.complaints, []);
    await panel.page.close();
  });

  describe('whose source has changed since', () => {
    it('says what still fits, lists what does not, and can be seen as it was', async () => {
      await withRun(recorded(finishedRun), {}, async (panel) => {
        const bar = panel.page.locator('.changes');
        assert.equal(await bar.isVisible(), false);
        await panel.show({ graph: editedShop, keepRun: true });
        assert.match(await bar.innerText(), /The source has changed since this run: 8 of its 9 steps still fit\./);
        await bar.getByRole('button', { name: 'Show what differs' }).click();
        const list = await bar.locator('.changes-list').innerText();
        assert.match(list, /Not in the source any more\s+check-address/);
        assert.match(list, /New since the run\s+archive/);
        assert.match(list, /Another condition, or another way to repeat\s+Loop, ask-manager, send-mail/);
        assert.equal(await node(panel, 'parallel/check-address').count(), 0);
        await bar.getByRole('button', { name: 'As recorded' }).click();
        await node(panel, 'parallel/check-address').waitFor();
        assert.equal(await statusOf(panel, 'parallel/check-address'), 'success');
        assert.equal(await bar.getByRole('button', { name: 'As recorded' }).getAttribute('aria-pressed'), 'true');
        await bar.getByRole('button', { name: 'As now' }).click();
        await node(panel, 'archive').waitFor();
      });
    });
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`${theme}: has contrast, roles and names`, async () => {
      await withRun(recorded(finishedRun), { theme, width: 1300, height: 900 }, async (panel) => {
        await panel.show({ graph: editedShop, keepRun: true });
        await panel.page.locator('.changes').getByRole('button', { name: 'Show what differs' }).click();
        await row(panel, /^pay/).locator('.twistie').click();
        await row(panel, /^Iteration 2/).click();
        await scrub(panel, 0.6);
        await panel.page.mouse.move(5, 5);
        await panel.screenshot(`${theme}-replay`);
        assert.deepEqual(await violations(panel), []);
      });
    });
  }
});
