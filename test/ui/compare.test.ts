/** Two recorded runs of the orders sample beside each other. */
import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('comparing two recorded runs', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const rows = (text: string | RegExp): Locator => {
    const title = workbench.page.locator('.pane-header h3.title', { hasText: /^Runs$/ });
    const view = workbench.page.locator('.part.sidebar .pane').filter({ has: title });
    return view.locator('.monaco-list-row').filter({ hasText: text });
  };

  const run = async (id: string, input: string): Promise<void> => {
    await workbench.command('View: Close All Editors');
    await workbench.openWorkflow(`${id}.ts`);
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices(id).first().click();
    await workbench.page.locator('.quick-input-title', { hasText: `Run ${id}` }).waitFor();
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.enter(input);
    await graph.frame.locator('.run-bar.success, .run-bar.failed').first().waitFor();
  };

  /** Selects two rows. A view that is drawn anew between the two clicks forgets the first. */
  const select = (first: Locator, second: Locator): Promise<void> =>
    workbench.until('two runs are selected', async () => {
      await first.click();
      await second.click({ modifiers: ['Control'] });
      return (await workbench.page.locator('.part.sidebar .monaco-list-row.selected').count()) === 2;
    });

  /** The page of the comparison, whichever webview it is. */
  const page = async (): Promise<FrameLocator> => {
    const webviews = workbench.page.locator('iframe.webview.ready');
    let found: FrameLocator | undefined;
    await workbench.until('the comparison is shown', async () => {
      for (let index = 0; index < (await webviews.count()); index += 1) {
        const { frame } = workbench.webview(index);
        if (
          await frame
            .locator('.compare-body')
            .isVisible()
            .catch(() => false)
        )
          found = frame;
      }
      return found !== undefined;
    });
    assert.ok(found);
    return found;
  };

  const step = (frame: FrameLocator, title: string): Locator =>
    frame.locator('.compare-row').filter({ hasText: title });

  it('two selected runs are compared: in the step where they part, in data and in time', async () => {
    await run('quote-shipping', '{ "country": "NL", "weightGrams": 2500 }');
    await run('quote-shipping', '{ "country": "DE", "weightGrams": 900 }');
    await workbench.page.locator('.activitybar .action-item a[aria-label="Mastra"]').first().click();
    await rows(/^quote-shipping\s*2$/)
      .first()
      .waitFor();
    await workbench.command('View: Close All Editors');
    const recorded = rows(/\d m?s · /);
    await select(recorded.nth(0), recorded.nth(1));
    await workbench.command('Mastra: Compare Runs');
    const frame = await page();
    const parting = (await frame.locator('.parting p').textContent()) ?? '';
    assert.match(
      parting,
      /^The runs were given different inputs \(country: "NL" and "DE"\)\. The first step that shows it is /,
    );
    assert.equal(await frame.locator('.compare-head .sentence').count(), 2);
    assert.match((await frame.locator('.toolbar .steps').textContent()) ?? '', /^\d+ of \d+ steps differ$/);
    await frame.locator('.compare-detail .diff-tree .value-row').first().waitFor();
    await workbench.settled();
    await workbench.picture('compare-light');
    await step(frame, 'The whole run').click();
    const input = frame.getByRole('tree', { name: 'Input: A and B' });
    await input
      .getByRole('treeitem', { name: /country/ })
      .first()
      .waitFor();
    assert.match((await input.textContent()) ?? '', /"NL".*"DE"/);
  });

  it('keeps what is looked at over a reload of the window', async () => {
    const before = await page();
    await before.getByRole('button', { name: 'Only differences' }).click();
    await workbench.reload();
    const frame = await page();
    await frame.getByRole('button', { name: 'Only differences', pressed: true }).waitFor();
    await frame.locator('.compare-row.selected', { hasText: 'The whole run' }).waitFor();
  });

  it('leads to the source of a step, and to its run on the graph', async () => {
    const frame = await page();
    const first = frame.locator('.compare-row').nth(1);
    const title = (await first.locator('.step-title').textContent()) ?? '';
    await first.click();
    await frame.locator('.compare-detail').getByRole('button', { name: 'Go to source' }).click();
    await workbench.tab('.ts').first().waitFor();
    await frame.locator('.compare-detail').getByRole('button', { name: 'Show in B' }).click();
    await workbench.until(`${title} is drawn with the run`, async () => {
      const webviews = workbench.page.locator('iframe.webview.ready');
      for (let index = 0; index < (await webviews.count()); index += 1) {
        if (
          await workbench
            .webview(index)
            .frame.locator('.node.selected .title', { hasText: title })
            .isVisible()
            .catch(() => false)
        ) {
          return true;
        }
      }
      return false;
    });
    await workbench.useTheme('Dark Modern');
    await workbench.settled();
    await workbench.picture('compare-dark');
  });

  it('refuses runs of different workflows with words', async () => {
    await run('charge-card', '{ "orderId": "1001", "totalCents": 1200, "cardNumber": "4000 0000 0000 0002" }');
    await workbench.command('View: Close All Editors');
    await workbench.command('Mastra: Group Runs By…');
    await workbench.choices('No groups').first().click();
    const refused = workbench.toast('These are runs of different workflows, quote-shipping and charge-card');
    // A view that is drawn anew forgets what was selected.
    await workbench.until('the comparison is refused', async () => {
      await select(rows('charge-card').first(), rows('quote-shipping').first());
      await workbench.command('Mastra: Compare Runs');
      return await refused.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => workbench.page.keyboard.press('Escape').then(() => false),
      );
    });
  });
});
