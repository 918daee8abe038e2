/** VS Code's extension host dies in the middle of a run: what had arrived is kept and told as it is, and the next run works. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { seededRandom } from '../bench/schemas.ts';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

/** VS Code itself starts a host anew only so often within five minutes. */
const moments = 3;

describe('an extension host that is killed in the middle of a run', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    graph = new Graph(workbench);
    // So that it cannot end by itself meanwhile.
    workbench.changeFile('src/mastra/workflows/reconcile-books.ts', 'waitOrAbort(200,', 'waitOrAbort(600_000,');
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const pane = (): Locator =>
    workbench.page
      .locator('.part.sidebar .pane')
      .filter({ has: workbench.page.locator('.pane-header h3.title', { hasText: /^Runs$/ }) });
  const interrupted = (): Locator => pane().getByRole('treeitem', { name: /interrupted/i });

  const run = async (id: string): Promise<void> => {
    await workbench.command('View: Close All Editors');
    await workbench.openWorkflow(`${id}.ts`);
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices(id).first().click();
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.page.keyboard.press('Enter');
  };

  it(`leaves a run that says that it was interrupted, at each of ${moments} moments`, async () => {
    const random = seededRandom(42);
    for (let moment = 1; moment <= moments; moment += 1) {
      await run('reconcile-books');
      await graph.withStatus('match-payments', 'running').waitFor();
      await workbench.page.waitForTimeout(random(1_500));
      await workbench.killExtensionHost();
      await workbench.reload();
      await workbench.page.locator('.activitybar .action-item a[aria-label="Mastra"]').first().click();
      await interrupted()
        .nth(moment - 1)
        .waitFor();
      assert.equal(await interrupted().count(), moment);
      await workbench.settled();
      await workbench.picture(`killed-${moment}`);
    }
  });

  it('keeps what had arrived, as it was', async () => {
    await interrupted().first().dblclick();
    await graph.find();
    await graph.runBar.filter({ hasText: /Interrupted after .*The recording ends here/s }).waitFor();
    await graph.withStatus('load-bookings', 'success').waitFor();
    await graph.withStatus('match-payments', 'canceled').waitFor();
    await workbench.settled();
    await workbench.picture('killed-replay');
  });

  it('does not keep the next run from working', async () => {
    await run('quote-shipping');
    await graph.ended('success');
    await workbench.picture('killed-next');
  });
});
