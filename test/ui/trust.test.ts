/** A folder that the user does not trust: workflows are checked and drawn, but no code of the folder runs. */
import { pictureOnFailure } from './failure.ts';
import { Graph } from './graph.ts';
import { Workbench } from './workbench.ts';

describe('in restricted mode', function () {
  this.timeout(120_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ project: 'broken', trusted: false });
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  it('reports problems', async () => {
    await workbench.openFile('duplicate-in-chain.ts');
    await workbench.squiggles('info').first().waitFor();
    await workbench.showProblems('**/duplicate-in-chain.ts');
    await workbench.problems.filter({ hasText: 'step-reused' }).waitFor();
    await workbench.picture('restricted');
  });

  it('draws the workflow', async () => {
    await workbench.clickLens('Graph');
    await new Graph(workbench).node('touch-order').waitFor();
  });

  it('asks for trust before it runs anything', async () => {
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices('touch').first().click();
    await workbench.toast(/Trust the workspace to run it/).waitFor();
    await workbench.picture('restricted-run');
  });
});
