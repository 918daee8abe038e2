/** The drawing of a workflow beside its source. */
import assert from 'node:assert/strict';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('the graph of a workflow', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let graph: Graph;
  const violations: string[] = [];

  before(async () => {
    workbench = await Workbench.open({ project: 'orders' });
    graph = new Graph(workbench);
    workbench.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const placeOrder = 'src/mastra/workflows/place-order.ts';

  it('opens from the palette', async () => {
    await workbench.openFile('place-order.ts');
    await workbench.command('Mastra: Show Workflow Graph');
    await workbench.choices('place-order').first().click();
    await graph.node('book-order').waitFor();
    assert.deepEqual(await graph.titles(), [
      'Start',
      'validate-order',
      'redeem-coupon',
      'apply-discount',
      'Map',
      'book-order',
      'Map',
      'send-email',
      'Map',
      'End',
    ]);
    await workbench.picture('graph');
  });

  it('goes to the source of a node that is clicked', async () => {
    await graph.node('book-order').click();
    await workbench.cursor(workbench.lineOf(placeOrder, '.then(bookOrder)'));
    await graph.details.filter({ hasText: 'book-order' }).waitFor();
    await workbench.picture('graph-details');
  });

  it('marks the node that the cursor is in', async () => {
    await workbench.focusEditor('place-order.ts');
    await workbench.goTo(workbench.lineOf(placeOrder, '.then(sendEmail)'), 12);
    await graph.highlighted('send-email').waitFor();
  });

  it('follows what is typed', async () => {
    await workbench.goTo(workbench.lineOf(placeOrder, '.then(bookOrder)'), 3);
    await workbench.page.keyboard.insertText(".map(async ({ inputData }) => inputData, { id: 'look-again' })\n  ");
    await graph.node('look-again').waitFor();
  });

  it('keeps the drawing and says so while the file does not parse', async () => {
    const titles = await graph.titles();
    await workbench.page.keyboard.insertText('((');
    await graph.notice.filter({ hasText: 'syntax error' }).waitFor();
    assert.deepEqual(await graph.titles(), titles);
    await workbench.picture('graph-syntax-error');
    await workbench.revert();
    await graph.notice.waitFor({ state: 'hidden' });
    await graph.node('look-again').waitFor({ state: 'detached' });
  });

  it('survives being hidden and shown', async () => {
    await workbench.tab('Mastra: place-order').click();
    await workbench.openFile('route-order.ts');
    await graph.node('book-order').waitFor({ state: 'hidden' });
    await workbench.tab('Mastra: place-order').click();
    await workbench.rest();
    await graph.node('book-order').waitFor();
  });

  it('survives a reload of the window', async () => {
    await workbench.reload();
    await graph.node('book-order').waitFor();
    assert.equal((await graph.titles()).length, 10);
  });

  it('opens from the lens, and shows nested workflows in place', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openWorkflow('deliver-order.ts');
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.until('nested boxes are drawn', async () => (await graph.containers.count()) >= 2);
    await workbench.picture('graph-nested');
  });

  for (const theme of ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast']) {
    it(`takes the colours of ${theme}`, async () => {
      const colours = (): Promise<string> =>
        graph.frame
          .locator('body')
          .evaluate((body) => `${getComputedStyle(body).color} ${body.getAttribute('class') ?? ''}`);
      const before = await colours();
      await workbench.useTheme(theme);
      await workbench.until('the drawing has other colours', async () => (await colours()) !== before);
      await workbench.picture(`graph-${theme.replaceAll(' ', '-').toLowerCase()}`);
    });
  }

  it('breaks no content security policy', () => assert.deepEqual(violations, []));
});
