/** A workflow that waits for a person: seen, answered and finished in the editor. */
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('a workflow that waits for a person', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const rows = (text: string): Locator =>
    workbench.page
      .locator('.part.sidebar .pane')
      .filter({ has: workbench.page.locator('.pane-header h3.title', { hasText: /^Run$/ }) })
      .locator('.monaco-list-row')
      .filter({ hasText: text });

  it('says that it waits, in a notification, on the graph and in the Run view', async () => {
    await workbench.openWorkflow('approve-refund.ts');
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.command('View: Show Mastra');
    await graph.button('Run').click();
    await workbench.page.locator('.quick-input-title', { hasText: 'Run approve-refund' }).waitFor();
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.enter('{ "orderId": "1001", "amountCents": 2000 }');
    await graph.ended('suspended');
    await graph.withStatus('await-approval', 'suspended').waitFor();
    await rows('await-approval').first().waitFor();
    await rows('Refund').first().waitFor();
    await graph.node('await-approval').click();
    await graph.details.filter({ hasText: 'Suspended with' }).waitFor();
    await workbench.command('Notifications: Show Notifications');
    const said = workbench.page.locator('.notifications-center .notification-list-item', {
      hasText: /approve-refund is suspended at await-approval and waits for an answer/,
    });
    await said.locator('.monaco-button', { hasText: 'Resume' }).waitFor();
    await workbench.picture('resume-waits');
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('takes an answer that fits, and goes on to the end', async () => {
    await graph.details.locator('button', { hasText: 'Resume' }).click();
    await workbench.page
      .locator('.quick-input-title', { hasText: 'Resume approve-refund at await-approval' })
      .waitFor();
    await workbench.until('the answer is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.quickInput.fill('{ "approved": "yes" }');
    await workbench.page.locator('.quick-input-message', { hasText: 'approved' }).waitFor();
    await workbench.picture('resume-wrong');
    await workbench.enter('{ "approved": true, "approvedBy": "Ada" }');
    await graph.ended('success');
    await graph.withStatus('pay-out', 'success').waitFor();
    await rows('pay-out').first().waitFor();
    await workbench.rest();
    await workbench.picture('resume-done');
  });

  it('leads from a row of the Run view to the step in the graph', async () => {
    await graph.node('pay-out').click();
    await rows('await-approval').first().hover();
    await rows('await-approval').first().click({ button: 'right' });
    // A menu that has just opened takes no click.
    await workbench.page.locator('.context-view .action-label', { hasText: 'Show in Graph' }).hover();
    await workbench.page.keyboard.press('Enter');
    await graph.details.filter({ hasText: 'await-approval' }).waitFor();
    await workbench.picture('resume-in-graph');
  });

  it('leads from a row of the Run view to the source of the step', async () => {
    await workbench.command('View: Close All Editors');
    await rows('pay-out').first().click();
    await workbench.tab('approve-refund.ts').waitFor();
    await workbench.line('paying').first().waitFor();
    await workbench.picture('resume-source');
  });
});
