/** The input of a run, filled in in a form, as JSON in an editor, and from a file of saved inputs. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { pictureOnFailure } from './failure.ts';
import { Workbench } from './workbench.ts';

describe('giving input to a run', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  before(async () => {
    // What is typed stands there as it was typed.
    const settings = {
      'editor.autoClosingBrackets': 'never',
      'editor.autoClosingQuotes': 'never',
      'editor.autoSurround': 'never',
    };
    workbench = await Workbench.open({ project: 'orders', settings });
  });
  after(() => workbench.close());
  afterEach(pictureOnFailure(() => workbench));

  /** The document of the form; it is the only webview here. */
  const form = (): FrameLocator => workbench.webview().frame;
  const field = (name: string) => form().getByLabel(name, { exact: true });
  const button = (name: string) => form().getByRole('button', { name, exact: true });

  const run = async (id: string): Promise<void> => {
    await workbench.command('Mastra: Run Workflow');
    await workbench.choices().first().waitFor();
    await workbench.quickInput.fill(id);
    await workbench.choices(id).first().click();
    await form()
      .getByRole('heading', { name: `Run ${id}` })
      .waitFor();
  };
  const closed = (): Promise<void> => form().locator('#form-title').waitFor({ state: 'detached' });
  /** Lines of the JSON tab, as the editor draws them. */
  const json = (text: string) => workbench.line(text).first();

  it('asks in a form that says what is wrong at the field, and runs', async () => {
    await workbench.openWorkflow('issue-invoice.ts');
    await run('issue-invoice');
    await field('orderId').waitFor();
    assert.equal(await field('vatPercent').getAttribute('placeholder'), 'Default: 19');
    await field('orderId').fill('1001');
    await field('netCents').fill('twelve');
    await form().getByText('Give a number.').waitFor();
    await workbench.picture('input-form');
    await button('Run').click();
    assert.ok(await field('netCents').evaluate((input) => input === document.activeElement));
    await field('netCents').fill('1200');
    await workbench.page.keyboard.press('Control+Enter');
    await workbench.toast(/issue-invoice succeeded/).waitFor();
    await closed();
  });

  it('shows what the workflow itself says about a value that the schema cannot', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    workbench.changeFile(
      'src/mastra/workflows/reconcile-books.ts',
      "z.string().describe('Date, e.g. 2026-03-31')",
      "z.string().refine((day) => day < '2026-06', 'That day is not over yet').describe('Date, e.g. 2026-03-31')",
    );
    await run('reconcile-books');
    await field('day').fill('2026-07-01');
    await form().getByText('That day is not over yet').waitFor();
    await workbench.page.keyboard.press('Escape');
    await closed();
  });

  it('remembers the last input, and what was typed before the form was closed', async () => {
    await run('reconcile-books');
    await form().getByText('Filled in with what you had typed before you cancelled.').waitFor();
    assert.equal(await field('day').inputValue(), '2026-07-01');
    await workbench.page.keyboard.press('Escape');
    await closed();
    await run('issue-invoice');
    await form().getByText('Filled in with the input of the last run.').waitFor();
    assert.equal(await field('netCents').inputValue(), '1200');
  });

  it('shows the same value as JSON, completed and checked from the schema', async () => {
    await field('orderId').fill('1002');
    await button('Edit as JSON').click();
    await workbench.tab('run-issue-invoice.json').waitFor();
    await json('"orderId": "1002"').waitFor();
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Back to Form' }).waitFor();
    // In front of the other fields of the input.
    await workbench.goTo(2, 13);
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('"lang');
    const suggestion = workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'language' });
    await workbench.until('the fields of the schema are suggested', async () => {
      await workbench.page.keyboard.press('Control+Space');
      return suggestion
        .first()
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
    await workbench.picture('input-json');
    await suggestion.first().click();
    await json('"language"').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('underlines what the schema does not take', async () => {
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.insertText('{ "input": { "orderId": 7, "netCents": 5 } }');
    await workbench.page.keyboard.press('Escape');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.showProblems('**/run-issue-invoice.json');
    await workbench.problems.filter({ hasText: 'Incorrect type. Expected "string"' }).first().waitFor();
    await workbench.command('View: Hide Panel');
  });

  it('keeps the value when it goes back, and the last one when the text is no JSON', async () => {
    await workbench.focusEditor('run-issue-invoice.json');
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.insertText('{ "input": { "orderId": "1003", "netCents": 5');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Back to Form' }).click();
    await form()
      .getByText(/^The JSON could not be read/)
      .waitFor();
    await workbench.until('the last value stays', async () => (await field('netCents').inputValue()) === '5');
    assert.equal(await field('orderId').inputValue(), '7');
    await workbench.picture('input-json-broken');
    await button('Edit as JSON').click();
    await json('"orderId": "1003"').waitFor();
    await workbench.focusEditor('run-issue-invoice.json');
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.insertText('{ "input": { "orderId": "1003", "netCents": 5 } }');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Back to Form' }).click();
    await field('orderId').waitFor();
    await workbench.until(
      'the form has the value of the JSON',
      async () => (await field('orderId').inputValue()) === '1003',
    );
    assert.equal(await field('netCents').inputValue(), '5');
  });

  /** Saved inputs of the sample project. */
  const file = (): string => path.join(workbench.folder, '.vscode/mastra-inputs.json');
  const saved = (): string => readFileSync(file(), 'utf8');

  it('saves an input under a name in a file of the project', async () => {
    await button('Save as…').click();
    await workbench.enter('small');
    await workbench.until('the file is there', () => Promise.resolve(existsSync(file())));
    assert.equal(
      saved(),
      `${JSON.stringify({ 'issue-invoice': { small: { input: { orderId: '1003', netCents: 5 } } } }, null, 2)}\n`,
    );
  });

  it('fills in a saved input', async () => {
    await field('orderId').fill('other');
    await button('Saved inputs…').click();
    await workbench.choices('small').waitFor();
    await workbench.picture('input-saved');
    await workbench.choices('small').click();
    await workbench.until('the saved input is filled in', async () => (await field('orderId').inputValue()) === '1003');
    await button('Run').click();
    await workbench.toast(/issue-invoice succeeded/).waitFor();
    await workbench.command('Mastra: Focus on Runs View');
    await workbench.page
      .locator('.pane-body .monaco-list-row', { hasText: 'issue-invoice' })
      .or(workbench.page.locator('.pane-body .monaco-list-row', { hasText: '“small”' }))
      .filter({ hasText: '“small”' })
      .first()
      .waitFor();
    await workbench.picture('input-named');
    await workbench.command('Notifications: Clear All Notifications');
    await run('issue-invoice');
  });

  const dialog = (action: string) =>
    workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: action, exact: true });

  it('asks before it overwrites or deletes a saved input', async () => {
    await field('netCents').fill('6');
    await button('Save as…').click();
    await workbench.enter('small');
    await dialog('Cancel').click();
    assert.ok(saved().includes('"netCents": 5'));
    await button('Save as…').click();
    await workbench.enter('small');
    await dialog('Overwrite').click();
    await workbench.until('the file has the new value', () => Promise.resolve(saved().includes('"netCents": 6')));
    await button('Saved inputs…').click();
    await workbench.choices('small').hover();
    await workbench.choices('small').locator('.codicon-trash').click();
    await dialog('Delete').click();
    await workbench.until('the input is gone', () => Promise.resolve(!saved().includes('small')));
  });

  it('never writes to a file that it cannot read, and says where it is broken', async () => {
    const broken = '{\n  // by hand\n  "issue-invoice": { "large" { } }\n}\n';
    writeFileSync(file(), broken);
    await button('Save as…').click();
    const complaint = workbench.toast(/mastra-inputs\.json, line 3: colon expected\. Nothing was changed in it\./);
    await complaint.waitFor();
    await workbench.picture('input-file-broken');
    assert.equal(saved(), broken);
    rmSync(file());
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('is still there after the window was reloaded, and runs from there', async () => {
    await field('orderId').fill('1004');
    await workbench.reload();
    await field('orderId').waitFor();
    assert.equal(await field('orderId').inputValue(), '1004');
    await button('Run').click();
    await workbench.toast(/issue-invoice succeeded/).waitFor();
  });

  it('asks for the answer to a suspended step in the same way', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    await run('approve-refund');
    await field('orderId').fill('1001');
    await field('amountCents').fill('5000');
    await button('Run').click();
    const suspended = workbench.toast(/approve-refund is suspended/);
    await suspended.getByRole('button', { name: 'Resume' }).click();
    await form()
      .getByRole('heading', { name: /^Resume approve-refund at / })
      .waitFor();
    await form().getByText('The step says:').waitFor();
    await button('Resume').click();
    await form().getByText('Required: choose one.').waitFor();
    await form().getByRole('radio', { name: 'true' }).check();
    await field('approvedBy').fill('Mia');
    await workbench.picture('input-resume');
  });

  it('takes the answer after the window was reloaded as well', async () => {
    await workbench.reload();
    await form()
      .getByRole('heading', { name: /^Resume approve-refund at / })
      .waitFor();
    assert.equal(await field('approvedBy').inputValue(), 'Mia');
    await workbench.picture('input-resume-reloaded');
    await field('approvedBy').press('Control+Enter');
    await workbench.toast(/approve-refund succeeded/).waitFor();
  });
});
