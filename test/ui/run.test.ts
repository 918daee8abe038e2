/** Running a workflow from the editor, in the author's own project. */
import assert from 'node:assert/strict';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('running a workflow', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  /** Opens a workflow's file with its graph beside it, and nothing else. */
  const show = async (file: string): Promise<void> => {
    await workbench.command('View: Close All Editors');
    await workbench.openWorkflow(file);
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
  };
  /** Runs the workflow that is shown; resolves when its input may be typed. */
  const run = async (id: string): Promise<void> => {
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices(id).first().click();
    await workbench.page.locator('.quick-input-title', { hasText: `Run ${id}` }).waitFor();
  };

  it('offers an input that has the fields of the schema', async () => {
    await show('reconcile-books.ts');
    await run('reconcile-books');
    await workbench.until('the input is prefilled', async () =>
      (await workbench.quickInput.inputValue()).includes('"day"'),
    );
    await workbench.picture('run-input');
  });

  it('names the field that does not fit before anything runs', async () => {
    await workbench.enter('{ "day": 3 }');
    await workbench.page.locator('.quick-input-message', { hasText: 'day' }).waitFor();
    await workbench.picture('run-input-wrong');
    assert.equal(await graph.runBar.isVisible(), false);
  });

  it('shows the steps as they run, to the end', async () => {
    await workbench.enter('{ "day": "2026-03-31" }');
    await graph.withStatus('match-payments', 'running').waitFor();
    await graph.withStatus('load-bookings', 'success').waitFor();
    await workbench.picture('run-running');
    await graph.ended('success');
    await graph.withStatus('close-day', 'success').waitFor();
  });

  it('shows what went in and came out of a step', async () => {
    await graph.node('match-payments').click();
    await graph.details.getByRole('tree', { name: 'Output' }).getByRole('treeitem', { name: 'matched: 42' }).waitFor();
    await graph.details.getByRole('tree', { name: 'Input' }).getByRole('treeitem', { name: 'bookings: 42' }).waitFor();
    await workbench.picture('run-details');
  });

  it('keeps what the steps print in an output channel', async () => {
    await workbench.command('Output: Show Output Channels...');
    await workbench.choices('Mastra Run').first().click();
    await workbench.output
      .filter({ hasText: /matched\u00a042\u00a0of\u00a042/ })
      .first()
      .waitFor();
    await workbench.picture('run-output');
  });

  it('remembers the input', async () => {
    await run('reconcile-books');
    await workbench.until('the input is prefilled', async () =>
      (await workbench.quickInput.inputValue()).includes('2026-03-31'),
    );
  });

  it('is cancelled from the panel', async () => {
    await workbench.page.keyboard.press('Escape');
    // So that it cannot end by itself meanwhile.
    workbench.changeFile('src/mastra/workflows/reconcile-books.ts', 'waitOrAbort(200,', 'waitOrAbort(600_000,');
    await run('reconcile-books');
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.page.keyboard.press('Enter');
    await graph.withStatus('match-payments', 'running').waitFor();
    await graph.button('Cancel').click();
    await graph.ended('canceled');
    await graph.button('Run').waitFor();
    await workbench.picture('run-cancelled');
  });

  it('shows an error on the step that threw it', async () => {
    await show('charge-card.ts');
    await run('charge-card');
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.enter('{ "orderId": "1001", "totalCents": 1200, "cardNumber": "4000 0000 0000 0002" }');
    await graph.ended('failed');
    await graph.withStatus('charge', 'failed').waitFor();
    await graph.node('charge').click();
    await graph.details.filter({ hasText: 'Could not charge order 1001' }).waitFor();
    await graph.details.filter({ hasText: 'card_declined' }).waitFor();
    await workbench.picture('run-failed');
  });

  it('has stack traces that lead into the source', async () => {
    await workbench.command('Output: Show Output Channels...');
    await workbench.choices('Mastra Run').first().click();
    const frame = workbench.output.filter({ hasText: /charge-card\.ts:\d+/ }).last();
    // Below it stands the way through Mastra, which may be longer than the view.
    await workbench.until('the frame in the source is in sight', async () => {
      if (await frame.isVisible()) return true;
      await workbench.command('Output: Focus on Output View');
      await workbench.page.keyboard.press('PageUp');
      return false;
    });
    await workbench.picture('run-stack');
    await workbench.command('View: Close All Editors');
    await workbench.followLink(frame.locator('.detected-link').first());
    await workbench.tab('charge-card.ts').waitFor();
    await workbench.line('throw new').first().waitFor();
  });

  it('starts from the lens', async () => {
    await workbench.openWorkflow('quote-shipping.ts');
    await workbench.clickLens('Run');
    await workbench.page.locator('.quick-input-title', { hasText: 'Run quote-shipping' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
