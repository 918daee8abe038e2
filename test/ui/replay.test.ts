/** A run that is watched live, and afterwards any moment of its recording. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('replaying a run', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const slider = (): Locator => graph.frame.getByRole('slider', { name: 'Moment of the run' });
  const steps = (): Locator => graph.frame.getByRole('tree', { name: 'Steps of the run' });
  const moment = async (): Promise<number> => Number(await slider().getAttribute('aria-valuenow'));
  const value = (title: string, text: string | RegExp): Locator =>
    graph.frame.getByRole('tree', { name: title, exact: true }).getByRole('treeitem', { name: text });

  it('shows a run as it goes on: every step with its bar, every iteration', async () => {
    await workbench.openWorkflow('collect-payment.ts');
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices('collect-payment').first().click();
    await workbench.page.locator('.quick-input-title', { hasText: 'Run collect-payment' }).waitFor();
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.enter('{ "orderId": "1001", "totalCents": 12000 }');
    await graph.ended('success');
    await steps()
      .getByRole('treeitem', { name: /^authorise-payment, Succeeded, 3 iterations/ })
      .waitFor();
    await workbench.settled();
    await workbench.picture('replay-live');
  });

  it('opens every iteration with what went into it', async () => {
    await graph.node('authorise-payment').click();
    const which = graph.frame.locator('.stepper-text');
    await which.getByText('Iteration 3 of 3').waitFor();
    await value('Output', /^authorised/)
      .filter({ hasText: 'true' })
      .waitFor();
    await graph.frame.getByRole('button', { name: 'Previous one' }).click();
    await which.getByText('Iteration 2 of 3').waitFor();
    await value('Output', /^authorised/)
      .filter({ hasText: 'false' })
      .waitFor();
    await workbench.picture('replay-iteration');
  });

  it('replays the recorded run from the Runs view, at any moment', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.page.locator('.activitybar .action-item a[aria-label="Mastra"]').first().click();
    await workbench.page
      .locator('.part.sidebar .pane', { hasText: 'Runs' })
      .locator('.monaco-list-row', { hasText: /\d m?s · / })
      .first()
      .click();
    await graph.ended('success');
    const last = await moment();
    await slider().focus();
    await workbench.page.keyboard.press('Home');
    await graph.withStatus('capture-instalment', 'success').waitFor({ state: 'detached' });
    assert.equal(await moment(), 0);
    await workbench.page.keyboard.press('PageDown');
    await graph.withStatus('open-payment', 'running').waitFor();
    await workbench.picture('replay-moment');
    await graph.frame.getByRole('button', { name: 'Play', exact: true }).click();
    await graph.ended('success');
    assert.equal(await moment(), last);
  });

  it('keeps a pinned run over a reload of the window', async () => {
    const pin = (): Locator => graph.frame.locator('.run-bar button[aria-pressed]');
    const told = await graph.runBar.locator('.sentence').innerText();
    await pin().click();
    await graph.frame.locator('.run-bar button[aria-pressed="true"]').waitFor();
    await workbench.reload();
    await graph.find();
    await graph.runBar.locator('.sentence', { hasText: told }).waitFor();
    assert.equal(await pin().getAttribute('aria-pressed'), 'true');
    await workbench.settled();
    await workbench.picture('replay-pinned');
  });

  it('says what has changed since, and shows the workflow as it was', async () => {
    await workbench.openWorkflow('collect-payment.ts');
    await workbench.command('Go to Line/Column...');
    await workbench.enter('1');
    await workbench.page.keyboard.press('ControlOrMeta+h');
    const find = workbench.page.locator('.find-widget');
    await find.locator('textarea[aria-label="Find"]').fill('.then(openPayment)');
    await find.locator('textarea[aria-label="Replace"]').fill('');
    await workbench.page.keyboard.press('ControlOrMeta+Alt+Enter');
    await workbench.page.locator('.tab', { hasText: 'Mastra: collect-payment' }).click();
    const changes = graph.frame.locator('.changes');
    await changes.getByText('2 of its 3 steps still fit').waitFor();
    await workbench.picture('replay-changed');
    await changes.getByRole('button', { name: 'As recorded' }).click();
    await graph.withStatus('open-payment', 'success').waitFor();
  });
});
