/** The Runs view: what ran stays, and can be looked at, run again and deleted. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('the Runs view', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const view = (): Locator => workbench.page.locator('.part.sidebar .pane', { hasText: 'Runs' });
  const rows = (text?: string | RegExp): Locator => {
    const all = workbench.page.locator('.part.sidebar .pane').filter({ has: title() }).locator('.monaco-list-row');
    return text === undefined ? all : all.filter({ hasText: text });
  };
  const title = (): Locator => workbench.page.locator('.pane-header h3.title', { hasText: /^Runs$/ });

  const run = async (id: string, input: string, status: 'success' | 'failed' | 'suspended'): Promise<void> => {
    await workbench.command('View: Close All Editors');
    await workbench.openWorkflow(`${id}.ts`);
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices(id).first().click();
    await workbench.page.locator('.quick-input-title', { hasText: `Run ${id}` }).waitFor();
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.enter(input);
    await graph.ended(status);
  };

  it('says what it is for while it is empty', async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label="Mastra"]').first().click();
    await view().getByText('No runs yet').waitFor();
    await workbench.picture('history-empty');
  });

  it('lists what ran, newest first', async () => {
    await run('quote-shipping', '{ "country": "NL", "weightGrams": 2500 }', 'success');
    await run(
      'charge-card',
      '{ "orderId": "1001", "totalCents": 1200, "cardNumber": "4000 0000 0000 0002" }',
      'failed',
    );
    await run('approve-refund', '{ "orderId": "1001", "amountCents": 2980 }', 'suspended');
    await run('quote-shipping', '{ "country": "DE", "weightGrams": 900 }', 'success');
    await rows(/^quote-shipping\s*2$/)
      .first()
      .waitFor();
    assert.deepEqual(
      (await rows().locator('.label-name').allInnerTexts()).filter((label) => /^[a-z-]+$/.test(label)),
      ['quote-shipping', 'approve-refund', 'charge-card'],
    );
    await workbench.settled();
    await workbench.picture('history-light');
  });

  it('tells of a run what a person wants to know', async () => {
    const tooltip = workbench.page.locator('.monaco-hover', { hasText: 'Started' }).filter({ hasText: 'DE' }).first();
    // A row that is drawn anew meanwhile loses its tooltip.
    await workbench.until('the tooltip is shown', async () => {
      await workbench.rest();
      await rows(/\d m?s · /)
        .first()
        .hover({ position: { x: 80, y: 10 } });
      return tooltip.waitFor({ timeout: 4_000 }).then(
        () => true,
        () => false,
      );
    });
    await workbench.picture('history-tooltip');
    await workbench.rest();
  });

  it('groups by status, and remembers it', async () => {
    await workbench.command('Mastra: Group Runs By…');
    await workbench.choices('Status').first().click();
    await rows('Suspended').first().waitFor();
    assert.deepEqual(
      (await rows().locator('.label-name').allInnerTexts()).filter((label) => /^[A-Z][a-z]+$/.test(label)),
      ['Suspended', 'Failed', 'Succeeded'],
    );
    await workbench.useTheme('Dark Modern');
    await workbench.settled();
    await workbench.picture('history-dark');
  });

  it('filters by what is typed', async () => {
    await workbench.command('Mastra: Filter Runs…');
    await workbench.choices('Succeeded').first().waitFor();
    await workbench.picture('history-filter');
    await workbench.enter('card');
    await view().getByText('1 of 4 runs').waitFor();
    await workbench.picture('history-filtered');
    await workbench.command('Mastra: Clear Filter of Runs');
    await view().getByText('1 of 4 runs').waitFor({ state: 'detached' });
  });

  it('shows a run on the graph again', async () => {
    await workbench.command('View: Close All Editors');
    await rows('charge-card').first().click();
    await graph.ended('failed');
    await graph.withStatus('charge', 'failed').waitFor();
    await workbench.picture('history-replay');
  });

  it('runs again with another input, filled in with the one it had', async () => {
    await rows('quote-shipping').first().hover();
    await rows('quote-shipping').first().locator('a[aria-label^="Run Again with Another Input"]').click();
    await workbench.page.locator('.quick-input-title', { hasText: 'Run quote-shipping' }).waitFor();
    await workbench.until('the input is that of the run', async () =>
      (await workbench.quickInput.inputValue()).includes('"DE"'),
    );
    await workbench.page.keyboard.press('Escape');
  });

  it('deletes with the keyboard, after asking', async () => {
    await rows('charge-card').first().click();
    await graph.ended('failed');
    await workbench.page.keyboard.press('Delete');
    const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete the run of charge-card' });
    await dialog.waitFor();
    await workbench.picture('history-delete');
    await dialog.getByText('Delete', { exact: true }).click();
    await rows('charge-card').first().waitFor({ state: 'detached' });
  });

  it('deletes all, naming how many', async () => {
    await workbench.command('Mastra: Delete All Runs…');
    const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete all 3 recorded runs?' });
    await dialog.getByText('Delete All', { exact: true }).click();
    await view().getByText('No runs yet').waitFor();
  });
});
