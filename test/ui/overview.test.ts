/** All workflows at once, several graphs side by side, and drawings that leave the editor. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('all workflows, and exporting them', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let graph: Graph;
  const violations: string[] = [];

  before(async () => {
    workbench = await Workbench.open({ project: 'orders' });
    graph = new Graph(workbench);
    // The palette lists what there is when it opens.
    await workbench.page.locator('.activitybar [aria-label^="Mastra"]').first().waitFor();
    workbench.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const overview = async () => workbench.webview(await workbench.indexOfWebview('.workflow .card-title')).frame;
  const card = async (id: string) => (await overview()).locator('.workflow .card-title').getByText(id, { exact: true });
  const file = (name: string) => path.join(workbench.folder, name);
  /** The dialog looks around before it offers a place. */
  const offered = (name: string): Promise<void> =>
    workbench.until(`${name} is offered`, async () =>
      (await workbench.quickInput.inputValue()).endsWith(`/orders/${name}`),
    );
  /** Takes the place that is offered. */
  const saveAs = async (name: string): Promise<void> => {
    await offered(name);
    await workbench.page.keyboard.press('Enter');
    await workbench.toast(`to ${name}.`).waitFor();
  };

  it('shows every workflow of the project and how they nest', async () => {
    await workbench.command('Mastra: Show All Workflows');
    await (await card('deliver-order')).waitFor();
    const frame = await overview();
    assert.match(await frame.locator('.steps').innerText(), /^19 workflows/);
    assert.ok((await frame.locator('.use').count()) >= 3);
    await workbench.picture('overview');
  });

  it('finds one, and goes to its source', async () => {
    const frame = await overview();
    await frame.locator('.search-input').fill('deliver');
    await frame.locator('.search-input').press('Enter');
    await workbench.page.keyboard.press('Alt+Enter');
    await workbench.tab('deliver-order.ts').waitFor();
    await workbench.cursor(workbench.lineOf('src/mastra/workflows/deliver-order.ts', 'createWorkflow({'));
  });

  it('follows what is typed', async () => {
    await workbench.goTo(workbench.lineOf('src/mastra/workflows/deliver-order.ts', "id: 'deliver-order'"), 1);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.page.keyboard.insertText('-now');
    await (await card('deliver-order-now')).waitFor();
    await workbench.revert();
    await (await card('deliver-order')).waitFor();
  });

  it('opens the graph of a workflow', async () => {
    await (await card('deliver-order')).click();
    await workbench.tab('Mastra: deliver-order').waitFor();
    await graph.find();
    await graph.node('fulfil-order').waitFor();
  });

  it('exports it as an SVG file', async () => {
    await graph.frame.getByRole('button', { name: 'Export the drawing' }).click();
    await workbench.picture('export-menu');
    await graph.frame.getByRole('group', { name: 'Save to a file' }).getByRole('menuitem', { name: 'SVG' }).click();
    await saveAs('deliver-order.svg');
    const svg = readFileSync(file('deliver-order.svg'), 'utf8');
    assert.match(svg, /^<svg .*\n<title>deliver-order<\/title>/);
    assert.match(svg, />print-label<\/text>/);
    await workbench.picture('exported');
  });

  it('exports it as PNG from the palette', async () => {
    await workbench.tab('Mastra: deliver-order').click();
    await workbench.command('Mastra: Export Graph');
    await workbench.choices('PNG').first().click();
    await saveAs('deliver-order.png');
    assert.deepEqual([...readFileSync(file('deliver-order.png')).subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  });

  it('writes nothing when the dialog is closed', async () => {
    await workbench.tab('Mastra: deliver-order').click();
    await workbench.command('Mastra: Export Graph');
    await workbench.choices('JSON').first().click();
    await offered('deliver-order.json');
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    assert.equal(existsSync(file('deliver-order.json')), false);
  });

  it('copies it as Mermaid', async () => {
    await graph.frame.getByRole('button', { name: 'Export the drawing' }).click();
    await graph.frame.getByRole('group', { name: 'Copy' }).getByRole('menuitem', { name: 'Mermaid' }).click();
    const clipboard = () => workbench.page.evaluate(() => navigator.clipboard.readText());
    await workbench.until('the flowchart is on the clipboard', async () =>
      (await clipboard()).startsWith('flowchart TD'),
    );
    assert.match(await clipboard(), /fulfil-order/);
  });

  it('opens one more graph of the same workflow, and both follow the source', async () => {
    await workbench.tab('Mastra: deliver-order').click();
    await workbench.command('Mastra: Open Another Graph');
    await workbench.until('there are two', async () => (await workbench.tab('Mastra: deliver-order').count()) === 2);
    await graph.find();
    await graph.node('fulfil-order').waitFor();
    await workbench.picture('graph-twice');
  });

  it('finds both graphs and the overview again after a reload of the window', async () => {
    await workbench.reload();
    await workbench.until(
      'the tabs are back',
      async () => (await workbench.tab('Mastra: deliver-order').count()) === 2,
    );
    await graph.find();
    await graph.node('fulfil-order').waitFor();
    await workbench.tab('Mastra: Workflows').click();
    await (await card('deliver-order')).waitFor();
  });

  it('breaks no content security policy', () => assert.deepEqual(violations, []));
});
