/** A real `mastra dev` in a real editor: started in the Servers view, used for a run, asked for the runs that it stores. */
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { serverModules } from '../servers/project.ts';
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('mastra dev in the editor', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let graph: Graph;

  before(async () => {
    workbench = await Workbench.open({ project: 'orders', settings: { 'mastra.run.inputAs': 'box' } });
    // The packages of the sample project, and beside them the command line of Mastra.
    const modules = path.join(workbench.folder, 'node_modules');
    rmSync(modules);
    symlinkSync(serverModules, modules);
    graph = new Graph(workbench);
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  const pane = (title: RegExp): Locator =>
    workbench.page
      .locator('.part.sidebar .pane')
      .filter({ has: workbench.page.locator('.pane-header h3.title', { hasText: title }) });
  const row = (title: RegExp, text: string | RegExp): Locator =>
    pane(title).locator('.monaco-list-row').filter({ hasText: text }).first();

  it('is started from the Servers view, and chosen for runs', async () => {
    await workbench.openWorkflow('place-order.ts');
    await workbench.command('Mastra: Focus on Servers View');
    const dev = row(/^Servers$/, 'mastra dev');
    await dev.filter({ hasText: 'not running' }).waitFor();
    await dev.hover();
    await dev.getByRole('button', { name: 'Start mastra dev' }).click();
    await workbench.toast(/Starting mastra dev/).waitFor();
    await workbench.picture('dev-starting');
    const ready = workbench.toast(/mastra dev is ready: http:\/\/127\.0\.0\.1:\d+/);
    await ready.waitFor({ timeout: 120_000 });
    await workbench.picture('dev-ready');
    await ready.getByRole('button', { name: 'Use for Runs' }).click();
    await row(/^Servers$/, /in use · running on \d+ · Mastra 1\./).waitFor();
  });

  it('takes a run, which is shown like every other', async () => {
    await workbench.clickLens('Graph');
    await graph.node('Start').waitFor();
    await workbench.command('View: Show Mastra');
    await graph.button('Run').click();
    await workbench.page.locator('.quick-input-title', { hasText: 'Run place-order' }).waitFor();
    await workbench.until('the input is prefilled', async () => (await workbench.quickInput.inputValue()) !== '');
    await workbench.page.keyboard.press('Enter');
    await graph.runBar.waitFor();
    await graph.frame.locator('.run-bar.success, .run-bar.failed, .run-bar.suspended').waitFor();
    await row(/^Run$/, /.+/).waitFor();
    await workbench.command('Mastra: Focus on Runs View');
    await row(/^Runs$/, 'mastra dev').waitFor();
    await workbench.settled();
    await workbench.picture('dev-run');
  });

  it('lists the runs that it stores, and marks the one that is in the Runs view already', async () => {
    await workbench.command('Mastra: Focus on Servers View');
    const dev = row(/^Servers$/, 'mastra dev');
    await dev.click({ button: 'right' });
    // A menu that has just opened takes no click.
    await workbench.page.locator('.context-view .action-label', { hasText: 'Import Runs from Server' }).hover();
    await workbench.page.keyboard.press('Enter');
    await workbench.choices('All workflows').waitFor();
    await workbench.picture('dev-import-workflows');
    await workbench.choices('All workflows').click();
    await workbench.choices(/place-order.*imported or recorded already/).waitFor();
    await workbench.picture('dev-import-runs');
    await workbench
      .choices(/place-order/)
      .first()
      .click();
    await workbench.page.locator('.quick-input-count', { hasText: '1 Selected' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.toast(/0 runs imported from mastra dev\. 1 was in the Runs view already\./).waitFor();
  });
});
