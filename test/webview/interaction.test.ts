/** The panel used with mouse and keyboard, and what it tells the extension host. */
import assert from 'node:assert/strict';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { PanelToHost } from '../../common/protocol/panel.ts';
import { keyOf, parallel, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import { everything, everythingKey, faulty, faultyKey, findings } from '../graph/samples.ts';
import { failed, nodeRun, overlay, running, startedAt, suspended } from './overlays.ts';
import type { Panel } from './page.ts';
import { usePanels } from './panels.ts';
import { target } from './target.ts';

const graph = modelOf(everything, everythingKey, []);
const small = modelOf(
  project(workflow('small', [step('a'), parallel([step('left'), step('middle'), step('right')]), step('z')])),
  keyOf('small'),
  [],
);

describe('panel in use', () => {
  const withPanel = usePanels();

  /** What the panel sent, without its first greeting. */
  async function sent(panel: Panel): Promise<readonly PanelToHost[]> {
    return (await panel.messages()).slice(1);
  }

  const node = (panel: Panel, id: string) => panel.page.locator(`[data-node="${id}"]`);
  const focused = (panel: Panel) =>
    panel.page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? null);
  const selected = (panel: Panel) => panel.page.locator('[aria-selected="true"]').getAttribute('data-node');
  const zoom = async (panel: Panel) => Number((await panel.page.locator('.zoom').innerText()).replace('%', ''));

  it('greets the host with its version', async () => {
    await withPanel({}, async (panel) => {
      assert.deepEqual(await panel.messages(), [{ type: 'ready', protocol: panelProtocolVersion }]);
    });
  });

  describe('mouse', () => {
    it('a click selects, opens the details and shows the source beside', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await node(panel, 'validate-order').click();
        assert.equal(await selected(panel), 'validate-order');
        assert.match(await panel.page.locator('.details').innerText(), /Checks that the order has items/);
        assert.deepEqual(await sent(panel), [{ type: 'reveal', node: 'validate-order', target: 'use', focus: false }]);
      });
    });

    it('Alt and a click, or a double click, go to the definition', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await node(panel, 'add-tax-rate').click({ modifiers: ['Alt'] });
        assert.deepEqual((await sent(panel)).at(-1), {
          type: 'reveal',
          node: 'add-tax-rate',
          target: 'definition',
          focus: true,
        });
        await node(panel, 'validate-order').dblclick();
        assert.deepEqual((await sent(panel)).at(-1), {
          type: 'reveal',
          node: 'validate-order',
          target: 'definition',
          focus: true,
        });
      });
    });

    it('a container is selected by its header', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await node(panel, 'parallel').locator('.header').click();
        assert.equal(await selected(panel), 'parallel');
      });
    });

    it('dragging moves the drawing and selects nothing, wherever it begins', async () => {
      await withPanel({ height: 400 }, async (panel) => {
        await panel.show({ graph });
        const box = await node(panel, 'add-tax-rate').boundingBox();
        assert.ok(box);
        await panel.page.mouse.move(box.x + 20, box.y + 20);
        await panel.page.mouse.down();
        await panel.page.mouse.move(box.x + 20, box.y - 60, { steps: 4 });
        await panel.page.mouse.up();
        const moved = await node(panel, 'add-tax-rate').boundingBox();
        assert.equal(moved?.y, box.y - 80);
        assert.deepEqual(await sent(panel), []);
        assert.equal(await panel.page.locator('[aria-selected="true"]').count(), 0);
        // The next click is an ordinary one again.
        await node(panel, 'add-tax-rate').click();
        assert.equal(await selected(panel), 'add-tax-rate');
      });
    });

    it('the wheel with Ctrl zooms around the pointer', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        const before = await node(panel, 'parallel/check-credit').boundingBox();
        assert.ok(before);
        const x = before.x + before.width / 2;
        const y = before.y + before.height / 2;
        await panel.page.mouse.move(x, y);
        await panel.page.keyboard.down('Control');
        await panel.page.mouse.wheel(0, -120);
        await panel.page.keyboard.up('Control');
        await panel.page.waitForFunction(() => document.querySelector('.zoom')?.textContent !== '100%');
        assert.ok((await zoom(panel)) > 100);
        const after = await node(panel, 'parallel/check-credit').boundingBox();
        assert.ok(after && after.width > before.width);
        assert.ok(Math.abs(after.y + after.height / 2 - y) <= 2, 'the point under the pointer stays');
      });
    });

    it('the mark on a line that does not fit selects where it leads', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: modelOf(faulty, faultyKey, findings) });
        await panel.page.locator('.edge-mark').first().click();
        assert.equal(await selected(panel), 'price');
      });
    });
  });

  describe('lines', () => {
    const wrong = modelOf(faulty, faultyKey, findings);
    const schema = {
      file: '/project/src/schemas.ts',
      range: { start: { line: 3, character: 13 }, end: { line: 3, character: 18 } },
    };
    /** The workflow, its schemas declared somewhere. */
    const declared = { ...graph, shapes: graph.shapes.map((shape) => ({ ...shape, declared: schema })) };

    it('tell in short what flows, where it becomes another thing', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        const first = panel.page.locator('[data-edge="$start->validate-order"].edge-texts .edge-data');
        assert.equal(await first.innerText(), 'orderId, items, note?');
        assert.equal(await panel.page.locator('[data-edge="validate-order->add-tax-rate"] .edge-data').count(), 0);
      });
    });

    it('are marked with what does not fit', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: wrong });
        const text = panel.page.locator('[data-edge="read->price"] .edge-data');
        assert.match(await text.innerText(), /^items does not arrive: price needs/);
      });
    });

    it('tell all of it under the pointer, and let it go again', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: wrong });
        await panel.page.locator('[data-edge="read->price"] .edge-data').hover();
        const card = panel.page.locator('.data-card');
        await card.waitFor();
        assert.match(
          await card.innerText(),
          /From read to price\n+items does not arrive: price needs \{ sku: string \}\[\]\.\s+orderId\s+string/,
        );
        await panel.screenshot('data-card');
        await panel.page.mouse.move(20, 400);
        await card.waitFor({ state: 'hidden' });
      });
    });

    it('tell the same to the keyboard, on and off', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await node(panel, 'add-tax-rate').focus();
        await panel.page.keyboard.press('d');
        const card = panel.page.locator('.data-card');
        assert.match(await card.innerText(), /^From validate-order to add-tax-rate/);
        assert.match(await panel.page.locator('[aria-live="polite"]').innerText(), /orderId/);
        await panel.page.keyboard.press('d');
        assert.equal(await card.isVisible(), false);
      });
    });

    it('lead to the schema of what flows', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: declared });
        await panel.page.locator('[data-edge="$start->validate-order"] .edge-data').click();
        const above = await node(panel, 'validate-order').boundingBox();
        assert.ok(above);
        await panel.page.mouse.click(above.x + above.width / 2, above.y + above.height + 10);
        assert.deepEqual(await sent(panel), [
          { type: 'reveal', node: 'validate-order', target: 'arrives', focus: true },
          { type: 'reveal', node: 'add-tax-rate', target: 'arrives', focus: true },
        ]);
      });
    });

    it('lead nowhere where no schema says what flows', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await panel.page.locator('[data-edge="$start->validate-order"] .edge-data').click();
        assert.deepEqual(await sent(panel), []);
      });
    });

    it('come together in a join that says what it waits for', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        const title = (id: string) => node(panel, id).locator(':scope > .join').getAttribute('title');
        assert.match((await title('parallel')) ?? '', /every path has ended/);
        assert.match((await title('branch')) ?? '', /the paths that ran have ended/);
      });
    });
  });

  describe('keyboard', () => {
    it('Tab goes from the toolbar to one node, and from it to the details', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        const order: string[] = [];
        while (order.at(-1) !== 'BODY' && order.length < 20) {
          await panel.page.keyboard.press('Tab');
          order.push(
            await panel.page.evaluate(() => {
              const active = document.activeElement;
              return active?.getAttribute('data-node') ?? active?.getAttribute('title') ?? active?.tagName ?? '';
            }),
          );
        }
        assert.deepEqual(order, [
          'Show all workflows',
          'Search steps (Ctrl+F)',
          'Show as a list (L)',
          'Zoom out (-)',
          'Zoom to 100% (0)',
          'Zoom in (+)',
          'Show the whole workflow (1)',
          'Export the drawing…',
          'Run this workflow',
          '$start',
          'BODY',
        ]);
      });
    });

    it('arrows walk along the flow, through containers, and across paths', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        await node(panel, '$start').focus();
        const walk = async (...keys: readonly string[]) => {
          const visited: (string | null)[] = [];
          for (const key of keys) {
            await panel.page.keyboard.press(key);
            visited.push(await focused(panel));
          }
          return visited;
        };
        assert.deepEqual(await walk('ArrowDown', 'ArrowDown', 'ArrowDown'), ['a', 'parallel', 'parallel/left']);
        assert.deepEqual(await walk('ArrowRight', 'ArrowRight', 'ArrowLeft'), [
          'parallel/middle',
          'parallel/right',
          'parallel/middle',
        ]);
        assert.deepEqual(await walk('ArrowDown', 'ArrowDown', 'ArrowDown'), ['z', '$end', '$end']);
        assert.deepEqual(await walk('ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowUp'), [
          'z',
          'parallel',
          'parallel/left',
          'parallel',
          'a',
        ]);
        assert.deepEqual(await walk('End', 'Home'), ['$end', '$start']);
      });
    });

    it('the arrow down reaches every node of any workflow but parallel paths, which left and right reach', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await node(panel, '$start').focus();
        const visited = new Set<string | null>();
        for (let at = await focused(panel); !visited.has(at); at = await focused(panel)) {
          visited.add(at);
          await panel.page.keyboard.press('ArrowDown');
        }
        assert.ok(visited.has('$end'));
        const missed = graph.nodes.filter((candidate) => !visited.has(candidate.id)).map((candidate) => candidate.id);
        assert.deepEqual(
          missed.filter((id) => !id.includes('$')),
          [
            'parallel/check-credit',
            'parallel/lookup-address',
            'branch/welcome-agent',
            'branch/map',
            'fulfil-order/parallel/book-courier',
          ],
        );
      });
    });

    it('Enter goes to the source, Alt+Enter and F12 to the definition, Space opens and closes the details', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        await node(panel, 'a').focus();
        await panel.page.keyboard.press('Enter');
        await panel.page.keyboard.press('Alt+Enter');
        await panel.page.keyboard.press('F12');
        assert.deepEqual(await sent(panel), [
          { type: 'reveal', node: 'a', target: 'use', focus: true },
          { type: 'reveal', node: 'a', target: 'definition', focus: true },
          { type: 'reveal', node: 'a', target: 'definition', focus: true },
        ]);
        await panel.page.keyboard.press('Space');
        assert.equal(await panel.page.locator('.details').isVisible(), false);
        await panel.page.keyboard.press('Space');
        assert.equal(await panel.page.locator('.details').isVisible(), true);
        // The details follow the arrows while they are open.
        await panel.page.keyboard.press('ArrowUp');
        assert.equal(await panel.page.locator('.details h2').innerText(), 'Start');
      });
    });

    it('Escape closes the details and leaves the focus on the node', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        await node(panel, 'a').click();
        await panel.page.getByRole('button', { name: 'Go to source' }).focus();
        await panel.page.keyboard.press('Escape');
        assert.equal(await panel.page.locator('.details').isVisible(), false);
        assert.equal(await focused(panel), 'a');
      });
    });

    it('plus, minus and 0 zoom, 1 shows the whole workflow', async () => {
      await withPanel({ height: 500 }, async (panel) => {
        await panel.show({ graph });
        assert.equal(await zoom(panel), 100);
        await panel.page.keyboard.press('+');
        assert.equal(await zoom(panel), 120);
        await panel.page.keyboard.press('-');
        await panel.page.keyboard.press('-');
        assert.equal(await zoom(panel), 83);
        await panel.page.keyboard.press('0');
        assert.equal(await zoom(panel), 100);
        await panel.page.keyboard.press('1');
        assert.ok((await zoom(panel)) < 30);
        const [whole, room] = await panel.page
          .locator('.viewport')
          .evaluate((viewport) => [viewport.scrollHeight, viewport.clientHeight] as const);
        assert.ok(whole <= room);
      });
    });

    it('shows where the focus is', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        await node(panel, '$start').focus();
        await panel.page.keyboard.press('ArrowDown');
        const outline = await node(panel, 'a').evaluate((element) => getComputedStyle(element).outlineStyle);
        assert.equal(outline, 'solid');
      });
    });
  });

  describe('while the source changes', () => {
    for (const reducedMotion of [true, false]) {
      it(`keeps what is selected where it is on screen, and its zoom${reducedMotion ? '' : ', with motion as well'}`, async () => {
        await withPanel({ height: 500, reducedMotion }, async (panel) => {
          await panel.show({ graph: small });
          await panel.page.keyboard.press('+');
          await node(panel, 'z').click();
          const before = await node(panel, 'z').boundingBox();
          const longer = modelOf(
            project(
              workflow('small', [
                step('new-1'),
                step('new-2'),
                step('a'),
                parallel([step('left'), step('middle'), step('right')]),
                step('z'),
              ]),
            ),
            keyOf('small'),
            [],
          );
          await panel.show({ graph: longer });
          await node(panel, 'new-1').waitFor({ state: 'attached' });
          const after = await node(panel, 'z').boundingBox();
          assert.ok(before && after && Math.abs(before.y - after.y) <= 1, `${before?.y ?? 0} ${after?.y ?? 0}`);
          assert.equal(await selected(panel), 'z');
          assert.equal(await zoom(panel), 120);
        });
      });
    }

    it('keeps the focus on its node', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        await node(panel, 'a').focus();
        await panel.show({ graph: { ...small, nodes: small.nodes.map((item) => ({ ...item, detail: 'changed' })) } });
        assert.equal(await focused(panel), 'a');
      });
    });

    it('drops the selection with its node', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small });
        await node(panel, 'z').click();
        await panel.show({ graph: modelOf(project(workflow('small', [step('a')])), keyOf('small'), []) });
        assert.equal(await panel.page.locator('.details').isVisible(), false);
        assert.equal(await node(panel, 'z').count(), 0);
      });
    });

    it('keeps the drawing under a notice, and takes the notice away', async () => {
      await withPanel({}, async (panel) => {
        const notice = panel.page.locator('.notice');
        await panel.show({ graph: small, notice: { kind: 'stale', message: 'Showing the last version that parsed.' } });
        assert.equal(await notice.innerText(), 'Showing the last version that parsed.');
        assert.equal(await node(panel, 'a').isVisible(), true);
        await panel.show({ graph: small });
        assert.equal(await notice.isVisible(), false);
        await panel.show({
          graph: { ...small, workflow: { ...small.workflow, incomplete: 'steps are added in a loop' } },
        });
        assert.match(await notice.innerText(), /steps are added in a loop/);
      });
    });

    it('asks to be opened again when the host speaks another version', async () => {
      await withPanel({}, async (panel) => {
        await panel.post({
          type: 'state',
          protocol: panelProtocolVersion + 1,
          state: { target, graph: undefined, notice: undefined, canRun: false, pinned: undefined },
        });
        assert.match(await panel.page.locator('.notice').innerText(), /Close this graph and show it again/);
      });
    });

    it('marks the entry at the cursor and scrolls to it', async () => {
      await withPanel({ height: 400 }, async (panel) => {
        await panel.show({ graph });
        await panel.post({ type: 'highlight', node: 'sort-by-urgency' });
        const marked = panel.page.locator('[aria-current="location"]');
        assert.equal(await marked.getAttribute('data-node'), 'sort-by-urgency');
        const box = await marked.boundingBox();
        assert.ok(box && box.y > 0 && box.y + box.height <= 400);
        await panel.post({ type: 'highlight', node: undefined });
        assert.equal(await marked.count(), 0);
      });
    });

    it('goes through the problems one after the other', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: modelOf(faulty, faultyKey, findings) });
        const button = panel.page.getByRole('button', { name: '5 problems, go to the next one' });
        const visited: (string | null)[] = [];
        for (let press = 0; press < 5; press += 1) {
          await button.click();
          visited.push(await selected(panel));
        }
        assert.deepEqual(visited, ['$start', 'price', 'dowhile/correct', 'price~2', '$end']);
        await button.click();
        await button.click();
        assert.match(await panel.page.locator('.details').innerText(), /items does not arrive: price needs/);
      });
    });
  });

  describe('after a reload', () => {
    it('is where it was: zoom, scrolling and selection', async () => {
      const saved = { target, zoom: 1.5, scrollX: 120, scrollY: 340, selected: 'sleep', folded: [] };
      await withPanel({ saved, height: 500 }, async (panel) => {
        assert.deepEqual(await panel.saved(), saved);
        await panel.show({ notice: { kind: 'starting', message: 'Reading orders.ts…' } });
        assert.deepEqual(await panel.saved(), saved, 'waiting for the server loses nothing');
        await panel.show({ graph });
        assert.equal(await zoom(panel), 150);
        assert.equal(await selected(panel), 'sleep');
        assert.equal(await panel.page.locator('.details h2').innerText(), 'Sleep');
        const now = await panel.saved();
        assert.deepEqual([now?.zoom, now?.scrollX, now?.scrollY, now?.selected], [1.5, 120, 340, 'sleep']);
      });
    });

    it('saves what changed', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        await node(panel, 'add-tax-rate').click();
        await panel.page.keyboard.press('-');
        await panel.page.waitForFunction(() => window.savedState?.zoom !== 1);
        const state = await panel.saved();
        assert.equal(state?.selected, 'add-tax-rate');
        assert.ok(state.zoom < 1);
        assert.deepEqual(state.target, target);
      });
    });

    it('knows which run it kept, and says when that is gone', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph: small, pinned: 'run-1' });
        assert.equal((await panel.saved())?.pinned, 'run-1');
        const message = 'The run that was pinned here is not in the history. The next run is shown here again.';
        await panel.show({ graph: small, notice: { kind: 'unpinned', message } });
        assert.equal(await panel.page.locator('.notice').innerText(), message);
        assert.equal((await panel.saved())?.pinned, undefined);
        await panel.screenshot('unpinned');
      });
    });
  });

  describe('runs', () => {
    it('asks to run, and to cancel while it runs', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph });
        const run = panel.page.getByRole('button', { name: 'Run', exact: true });
        const cancel = panel.page.getByRole('button', { name: 'Cancel', exact: true });
        assert.equal(await cancel.isVisible(), false);
        await run.click();
        await panel.show({ graph, run: running });
        assert.equal(await run.isVisible(), false);
        await cancel.click();
        assert.deepEqual(await sent(panel), [{ type: 'run' }, { type: 'cancel' }]);
        await panel.show({ graph, canRun: false });
        assert.equal(await run.isDisabled(), true);
      });
    });

    it('leaves the word to the sign where there is no room for the figures as well', async () => {
      await withPanel({}, async (panel) => {
        const progress = { completed: 128, total: 128 };
        const nodes = {
          'validate-order': nodeRun('success', 120),
          'foreach/reserve-item': nodeRun('success', 125_000, { progress, runs: 128 }),
        };
        await panel.show({ graph, run: overlay({ nodes }) });
        /** Parts of the line that are in sight, and whole. */
        const seen = (id: string): Promise<readonly string[]> =>
          node(panel, id)
            .locator('.run-detail')
            .evaluate((line) => {
              const { top, bottom } = line.getBoundingClientRect();
              return Array.from(line.querySelectorAll('.run-part'))
                .filter((part) => {
                  const box = part.getBoundingClientRect();
                  return box.top >= top - 1 && box.bottom <= bottom + 1 && part.scrollWidth <= part.clientWidth;
                })
                .map(({ textContent }) => textContent);
            });
        assert.deepEqual(await seen('validate-order'), ['Succeeded ·', '120 ms']);
        await panel.bring('foreach/reserve-item');
        const [figures, ...more] = await seen('foreach/reserve-item');
        assert.equal(figures, '128 of 128 · 2 min 5 s');
        assert.deepEqual(more, []);
      });
    });

    it('tells every state in words, with a sign of its own', async () => {
      await withPanel({}, async (panel) => {
        const states = {
          'validate-order': nodeRun('success', 120),
          'parallel/check-stock': nodeRun('waiting'),
          'parallel/check-credit': nodeRun('running'),
          'parallel/lookup-address': nodeRun('failed', 1400),
          'branch/ask-for-approval': nodeRun('suspended'),
          'branch/welcome-agent': nodeRun('skipped'),
          'dountil/charge-card': nodeRun('success', 65_000, { runs: 3 }),
          foreach: nodeRun('success', 20, { progress: { completed: 5, total: 5 } }),
        };
        await panel.show({ graph, run: overlay({ nodes: states }) });
        const words = async (id: string) => node(panel, id).locator('.detail').last().innerText();
        assert.equal(await words('validate-order'), 'Succeeded · 120 ms');
        assert.match(await words('parallel/check-stock'), /^Waiting · /);
        assert.match(await words('parallel/check-credit'), /^Running · /);
        assert.equal(await words('parallel/lookup-address'), 'Failed · 1.4 s');
        assert.equal(await words('branch/ask-for-approval'), 'Suspended · 0 ms');
        assert.equal(await words('branch/welcome-agent'), 'Skipped');
        assert.equal(await words('dountil/charge-card'), 'Succeeded · 1 min 5 s · 3×');
        assert.equal(await words('foreach'), '5 of 5 · 20 ms');
        const signs = await panel.page.evaluate(() =>
          Array.from(document.querySelectorAll('.leaf .status'), (status) => status.innerHTML),
        );
        assert.equal(new Set(signs).size, 6);
        assert.match((await node(panel, 'validate-order').getAttribute('aria-label')) ?? '', /Succeeded · 120 ms/);
        await panel.show({ graph, run: overlay({ status: 'canceled', finishedAt: startedAt + 2000, nodes: states }) });
        assert.equal(await words('parallel/check-credit'), 'Canceled · 2.0 s');
        assert.equal(await words('branch/ask-for-approval'), 'Canceled · 2.0 s');
      });
    });

    it('counts the steps, and says aloud when the run starts and ends', async () => {
      await withPanel({}, async (panel) => {
        const bar = panel.page.locator('.run-bar');
        const aloud = panel.page.locator('[aria-live="polite"]');
        await panel.show({ graph, run: running });
        assert.match(await bar.innerText(), /7 of 21 steps/);
        assert.equal(await aloud.textContent(), 'Run started');
        await panel.show({ graph, run: { ...running, status: 'success', finishedAt: startedAt + 1400 } });
        assert.match(await bar.innerText(), /Succeeded in 1\.4 s/);
        assert.equal(await aloud.textContent(), 'Run: Succeeded in 1.4 s');
        await panel.page.getByRole('button', { name: 'Clear the run from the drawing' }).click();
        assert.deepEqual(await sent(panel), [{ type: 'clear-run' }]);
        await panel.show({ graph });
        assert.equal(await bar.isVisible(), false);
        assert.equal(await panel.page.locator('.node .status').count(), 0);
      });
    });

    it('offers to answer the suspended run, or one of its steps', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph, run: suspended });
        await panel.page.locator('.toolbar').getByRole('button', { name: 'Resume' }).click();
        assert.deepEqual(await sent(panel), [{ type: 'resume', node: undefined }]);
        await node(panel, 'branch/ask-for-approval').click();
        await panel.page.locator('.details').getByRole('button', { name: 'Resume' }).click();
        assert.deepEqual((await sent(panel)).at(-1), { type: 'resume', node: 'branch/ask-for-approval' });
        assert.equal(await panel.page.locator('.toolbar').getByRole('button', { name: 'Cancel' }).isVisible(), true);
        const both = { ...suspended.nodes, 'parallel/check-stock': nodeRun('suspended') };
        await panel.show({ graph, run: { ...suspended, nodes: both } });
        await panel.page.locator('.run-bar').getByRole('button', { name: 'check-stock' }).click();
        await panel.page.locator('.details', { hasText: 'check-stock' }).waitFor();
        await panel.show({ graph, run: running });
        assert.equal(await panel.page.locator('.toolbar').getByRole('button', { name: 'Resume' }).isVisible(), false);
      });
    });

    it('shows error, cause and stack of the step that failed, and copies them', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph, run: failed });
        assert.match(await panel.page.locator('.run-bar').innerText(), /The card was declined/);
        assert.match(await panel.page.locator('.run-bar').innerText(), /Not in the drawing: audit-log/);
        await panel.page.getByRole('button', { name: 'Show the failed step' }).click();
        assert.equal(await focused(panel), 'dountil/charge-card');
        const text = await panel.page.locator('.details').innerText();
        assert.match(text, /PaymentError: The card was declined/);
        assert.match(text, /at chargeCard \(\/project\/src\/mastra\/steps\/charge\.ts:41:11\)/);
        assert.match(text, /Caused by HttpError: 402 Payment Required/);
        await panel.page.getByRole('button', { name: 'Copy error' }).click();
        const copied = (await sent(panel)).at(-1);
        assert.equal(copied?.type, 'copy');
        assert.match(copied.text, /^PaymentError: The card[^]*Caused by: HttpError: 402[^]*http\.ts:9:9/);
        assert.equal(await panel.page.locator('[aria-live="polite"]').textContent(), 'Copied error');
      });
    });

    it('keeps the buttons of a run in reach however narrow the panel', async () => {
      await withPanel({ width: 330 }, async (panel) => {
        await panel.show({ graph, run: failed });
        for (const name of ['Show the failed step', 'Clear the run from the drawing']) {
          const button = await panel.page.getByRole('button', { name }).boundingBox();
          assert.ok(button && button.x >= 0 && button.x + button.width <= 330, name);
        }
      });
    });

    it('shows what a step waits for, and input and output of step and workflow', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph, run: suspended });
        await panel.page.getByRole('button', { name: 'Show the suspended step' }).click();
        const details = panel.page.locator('.details');
        await details.getByRole('tree', { name: 'Suspended with' }).getByText('May this order be sent?').waitFor();
        await node(panel, '$start').click();
        await details.getByRole('tree', { name: 'Output' }).getByText('A-17').waitFor();
        await panel.show({
          graph,
          run: { ...suspended, status: 'success', output: { total: 12 }, finishedAt: startedAt + 5 },
        });
        await panel.page.keyboard.press('End');
        await details.getByRole('tree', { name: 'Output' }).getByText('12', { exact: true }).waitFor();
      });
    });

    it('draws through the lines that data went over', async () => {
      await withPanel({}, async (panel) => {
        await panel.show({ graph, run: failed });
        const passed = await panel.page.evaluate(() =>
          Array.from(document.querySelectorAll('.edge.passed'), (edge) => edge.getAttribute('data-edge')),
        );
        assert.ok(passed.includes('branch->branch/welcome-agent'));
        assert.ok(passed.includes('branch->dountil'));
        assert.ok(!passed.includes('branch->branch/map'));
        assert.ok(!passed.includes('dountil->foreach'));
        assert.ok(!passed.includes('dountil/charge-card->dountil/charge-card'));
      });
    });
  });
});
