/** What the author sees while typing: squiggles, problems, hovers, quick fixes. */
import assert from 'node:assert/strict';
import { pictureOnFailure } from './failure.ts';
import { Workbench } from './workbench.ts';

describe('problems in the editor', function () {
  this.timeout(120_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ project: 'broken' });
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  it('underlines the argument that does not fit', async () => {
    await workbench.openFile('step-to-step.ts');
    await workbench.showProblems('**/step-to-step.ts');
    await workbench.problems.filter({ hasText: 'schema-mismatch' }).waitFor();
    const word = await workbench.boxOf('.then(printLabel)', 'printLabel');
    const underlines = await workbench.squiggles('error').all();
    const boxes = await Promise.all(underlines.map((underline) => underline.boundingBox()));
    const under = boxes.find(
      (box) =>
        box !== null && Math.abs(box.x - word.x) < 2 && Math.abs(box.width - word.width) < 2 && box.y >= word.y - 2,
    );
    assert.ok(under, `${JSON.stringify(word)} against ${JSON.stringify(boxes)}`);
    await workbench.picture('problems');
  });

  it('says in one sentence what is wrong', async () => {
    const row = workbench.problems.filter({ hasText: 'schema-mismatch' });
    assert.match((await row.innerText()).replace(/\s+/g, ' '), /weight.*number.*string|weight.*string.*number/);
  });

  it('says the same on hover, with a link to the rule', async () => {
    const word = await workbench.boxOf('.then(printLabel)', 'printLabel');
    await workbench.page.mouse.move(word.x + word.width / 2, word.y + word.height / 2);
    const hover = workbench.page.locator('.monaco-hover:visible .hover-row', { hasText: 'schema-mismatch' });
    await hover.first().waitFor();
    assert.match((await hover.first().innerText()).replaceAll('\u00a0', ' '), /weight/);
    await workbench.picture('hover');
    await workbench.page.keyboard.press('Escape');
    await workbench.rest();
  });

  it('goes to the place from the problems view', async () => {
    await workbench.problems.filter({ hasText: 'schema-mismatch' }).dblclick();
    await workbench.cursor(24);
  });

  it('fixes a missing commit', async () => {
    await workbench.showProblems('**/commit-standalone.ts');
    await workbench.problems.filter({ hasText: 'missing-commit' }).waitFor();
    await workbench.openFile('commit-standalone.ts');
    await workbench.goTo(11, 10);
    await workbench.quickFix('Add `.commit()`');
    await workbench.line('.then(greetCustomer).commit();').waitFor();
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    await workbench.problems.filter({ hasText: 'missing-commit' }).waitFor({ state: 'detached' });
    await workbench.picture('fixed');
  });

  it('reports a mistake while it is typed, and forgets it when it is undone', async () => {
    await workbench.openFile('duplicate-of-two-steps.ts');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.goTo(23, 1);
    await workbench.page.keyboard.press('Control+Shift+K');
    await workbench.squiggles('warning').first().waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Control+Z');
    await workbench.squiggles('warning').first().waitFor();
  });
});
