/** Choosing where runs go: the Servers view, its quick pick, the flow that adds a remote server. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { fakeMastra } from '../servers-view/fake-mastra.ts';
import type { FakeMastra } from '../servers-view/fake-mastra.ts';
import { pictureOnFailure } from './failure.ts';
import { Workbench } from './workbench.ts';

const secret = 'tok-4711-s3cret';

describe('servers', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let open: FakeMastra;
  let guarded: FakeMastra;

  before(async () => {
    open = await fakeMastra({ engine: 'inngest' });
    guarded = await fakeMastra({ token: secret });
    workbench = await Workbench.open({
      project: 'orders',
      settings: {
        'mastra.servers': [
          { name: 'Staging', url: open.url },
          { name: 'Wrong prefix', url: open.url, apiPrefix: '/v2' },
          { name: 'Gone', url: 'http://127.0.0.1:9' },
          { name: 'Careless', url: 'https://mastra.example.com', token: 'x' },
        ],
      },
    });
  });
  after(async () => {
    await workbench.close();
    await open.close();
    await guarded.close();
  });
  afterEach(pictureOnFailure(() => workbench));

  const row = (label: string): Locator =>
    workbench.page.locator('.pane-body .monaco-list-row', { has: workbench.page.getByText(label, { exact: true }) });
  const described = async (label: string, text: RegExp): Promise<void> => {
    await row(label).filter({ hasText: text }).first().waitFor();
  };
  const statusItem = (): Locator =>
    workbench.page.locator('.statusbar-item#mastra-workflows\\.mastra-workflows\\.mastra\\.server');
  const next = async (text: string): Promise<void> => {
    const title = workbench.page.locator('.quick-input-widget:visible .quick-input-title');
    const before = await title.textContent();
    await workbench.enter(text);
    await workbench.until(
      'the next step is asked for',
      async () => (await title.textContent({ timeout: 5_000 })) !== before,
    );
  };

  it('are listed with how they are', async () => {
    await workbench.useTheme('Dark Modern');
    await workbench.openWorkflow('place-order.ts');
    await workbench.command('Mastra: Focus on Servers View');
    await described('Embedded', /in use/);
    await described('mastra dev', /not running/);
    await described('Staging', /Mastra 1\.71\.0 · inngest · Postgres/);
    await described('Wrong prefix', /wrong API prefix/);
    await described('Gone', /not running/);
    await described('Careless', /not usable/);
    await workbench.settled();
    await workbench.picture('servers-dark');
  });

  it('are told apart in a light theme as well', async () => {
    await workbench.useTheme('Light Modern');
    await row('Staging').hover();
    await workbench.page.locator('.monaco-hover', { hasText: 'Engine: inngest' }).waitFor();
    await workbench.picture('servers-light');
    await workbench.useTheme('Dark Modern');
  });

  it('are chosen from the palette, and shown in the status bar', async () => {
    await workbench.command('Mastra: Choose Server…');
    await workbench.choices('Staging').waitFor();
    await workbench.choices('mastra dev').waitFor();
    await workbench.picture('servers-choose');
    await workbench.choices('Staging').click();
    await described('Staging', /in use/);
    await statusItem().filter({ hasText: 'Staging' }).waitFor();
    await workbench.openFile('package.json');
    await statusItem().waitFor({ state: 'hidden' });
    await workbench.openFile('place-order.ts');
    await statusItem().filter({ hasText: 'Staging' }).waitFor();
  });

  it('that do not have a workflow say so, and offer to run it elsewhere', async () => {
    await workbench.openWorkflow('issue-invoice.ts');
    await workbench.clickLens('Run');
    const toast = workbench.toast(/has no workflow issue-invoice/);
    await toast.waitFor();
    await toast.getByRole('button', { name: 'Choose Server' }).waitFor();
    await workbench.picture('servers-missing');
    await toast.getByRole('button', { name: 'Run Embedded' }).click();
    const form = workbench.webview().frame.getByRole('heading', { name: 'Run issue-invoice' });
    await form.waitFor();
    await workbench.command('View: Close Editor');
    await form.waitFor({ state: 'detached' });
  });

  it('are added step by step, with the token kept apart', async () => {
    await workbench.command('Mastra: Add Remote Server…');
    await workbench.enter('https://user:pass@shop.example');
    await workbench.page.getByText('Leave user and password out of the URL').waitFor();
    await next(guarded.url);
    await next('Guarded');
    await next('/api');
    await workbench.choices('A token').waitFor();
    await workbench.picture('servers-add');
    await workbench.choices('A token').click();
    await workbench.page.locator('.quick-input-widget:visible input[type=password]').waitFor();
    await workbench.enter(secret);
    await workbench.choices('This workspace').click();
    await workbench.toast(/Guarded answers in \d+ ms: Mastra 1\.71\.0, 1 workflow/).waitFor();
    await described('Guarded', /Mastra 1\.71\.0/);
    await workbench.picture('servers-added');
    const settings = readFileSync(path.join(workbench.folder, '.vscode/settings.json'), 'utf8');
    assert.match(settings, /"Guarded"/);
    assert.deepEqual(filesWith(workbench.folder, secret), []);
    assert.doesNotMatch(workbench.log(), new RegExp(secret));
    assert.ok(guarded.requests.some(({ authorization }) => authorization === `Bearer ${secret}`));
    assert.ok(open.requests.every(({ authorization }) => authorization === undefined));
  });

  it('say how the command line of Mastra is installed where it is missing', async () => {
    await workbench.command('Mastra: Start mastra dev');
    await workbench.notified(/npm install --save-dev mastra/);
    await workbench.picture('servers-cli-missing');
  });

  it('are not asked while nobody looks', async () => {
    await workbench.command('View: Show Explorer');
    await row('Staging').waitFor({ state: 'hidden' });
    const before = open.requests.length;
    await workbench.page.waitForTimeout(16_000);
    assert.equal(open.requests.length, before);
  });
});

/** Files below a folder that hold a text; its installed packages are left out. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.parentPath.includes('node_modules'))
    .map((file) => path.join(file.parentPath, file.name))
    .filter((file) => readFileSync(file).includes(text));
}
