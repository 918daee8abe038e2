/** A suspended step is answered in the graph, where it is. */
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('answering a suspended step in the graph', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders' });
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  it('is done in the details of the step, in a form of its schema', async () => {
    await workbench.openWorkflow('approve-refund.ts');
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices('approve-refund').first().click();
    const page = workbench.webview().frame;
    await page.getByLabel('orderId', { exact: true }).fill('1001');
    await page.getByLabel('amountCents', { exact: true }).fill('2000');
    await workbench.page.keyboard.press('Control+Enter');
    await workbench.toast(/approve-refund is suspended/).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('View: Close All Editors');
    await workbench.openWorkflow('approve-refund.ts');
    await workbench.clickLens('Graph');
    await graph.ended('suspended');
    await graph.node('await-approval').click();
    await graph.details.locator('.actions button', { hasText: 'Resume' }).click();
    const form = graph.frame.locator('form.answer-form');
    await form.getByLabel('approvedBy').fill('Ada');
    await form.getByRole('button', { name: 'Resume' }).click();
    await form.getByText('Choose', { exact: false }).or(form.locator('.issue')).first().waitFor();
    await workbench.picture('answer-missing');
    await form.getByLabel('true').check();
    await form.getByRole('button', { name: 'Resume' }).click();
    await graph.ended('success');
    await form.waitFor({ state: 'hidden' });
    await workbench.picture('answer-given');
  });
});
