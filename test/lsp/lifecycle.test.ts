import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from '../engine/project.ts';
import { openEditor, serverBundle, type Editor } from './editor.ts';
import { mastraProject, tsconfig, twoSteps } from './samples.ts';

const file = 'src/counting.ts';

describe('the server as a process', function () {
  let project: TestProject;
  let editor: Editor;

  before(function () {
    // The processes are watched through /proc.
    if (process.platform !== 'linux') this.skip();
  });

  afterEach(async () => {
    await editor.quit();
    project.dispose();
  });

  async function given(
    files: Readonly<Record<string, string>> = { [file]: twoSteps('total: z.number()') },
  ): Promise<void> {
    project = mastraProject(files);
    editor = await openEditor(project.folder);
  }

  it('answers initialize before it does anything heavy', async () => {
    await given();
    assert.equal(editor.initialized.serverInfo?.name, 'Mastra Workflows');
    await editor.ready();
    assert.equal(childrenOf(editor.server).length, 1);
  });

  it('starts no TypeScript where nothing uses Mastra', async () => {
    await given({ 'src/a.ts': 'export const one = 1;\n' });
    editor.open('src/a.ts');
    editor.replace('src/a.ts', '1', '2');
    await editor.ready();
    assert.deepEqual(await editor.request('mastra/workflows', { uri: undefined }), []);
    assert.deepEqual(childrenOf(editor.server), []);
  });

  it('has its diagnostics again after TypeScript was killed, unsaved text included', async () => {
    await given({ [file]: twoSteps() });
    editor.open(file);
    await editor.ready();
    editor.replace(
      file,
      'z.object({ count: z.number() }),\n  outputSchema: z.object({ line',
      'z.object({ total: z.number() }),\n  outputSchema: z.object({ line',
    );
    await editor.problemsWhen(file, (diagnostics) => diagnostics.length === 1);

    const [first] = childrenOf(editor.server);
    if (first === undefined) assert.fail('TypeScript does not run.');
    process.kill(first, 'SIGKILL');
    await editor.until('the log to tell', () => editor.log.some((line) => line.includes('SIGKILL')));
    editor.replace(file, 'total: z.number()', 'letters: z.number()');
    await editor.problemsWhen(file, ([diagnostic]) => diagnostic?.message.includes('letters') === true);
    assert.equal(childrenOf(editor.server).length, 1);
    assert.notEqual(childrenOf(editor.server)[0], first);
  });

  it('starts TypeScript again when it was killed while nobody typed', async () => {
    await given();
    await editor.ready();
    const [first] = childrenOf(editor.server);
    if (first === undefined) assert.fail('TypeScript does not run.');
    process.kill(first, 'SIGKILL');
    await editor.until('the log to tell', () => editor.log.some((line) => line.includes('SIGKILL')));
    assert.equal((await editor.request('mastra/workflows', { uri: undefined })).length, 1);
    await until(() => childrenOf(editor.server).length === 1);
    assert.equal(editor.problems(file).length, 1);
  });

  it('says why when TypeScript cannot be started, and answers all the same', async () => {
    project = mastraProject({ [file]: twoSteps() });
    const alone = project.file('server.cjs');
    copyFileSync(serverBundle, alone);
    copyFileSync(path.join(path.dirname(serverBundle), 'analysis.cjs'), project.file('analysis.cjs'));
    editor = await openEditor(project.folder, { server: alone });
    await editor.until('the failure', () => editor.statuses.at(-1)?.state === 'failed');
    const status = editor.statuses.at(-1);
    assert.match(status?.state === 'failed' ? status.reason : '', /TypeScript compiler for \S+ is missing/);
    assert.deepEqual(await editor.request('mastra/workflows', { uri: undefined }), []);
    assert.deepEqual(await editor.lenses(file), []);
  });

  it('ends with its children when the editor says so', async () => {
    await given();
    await editor.ready();
    const children = childrenOf(editor.server);
    assert.equal(children.length, 1);
    assert.equal(await editor.quit(), 0);
    await until(() => !children.some(isAlive));
  });

  it('leaves no child behind when it is killed', async () => {
    await given();
    await editor.ready();
    const children = childrenOf(editor.server);
    assert.equal(children.length, 1);
    editor.server.kill('SIGKILL');
    await until(() => !children.some(isAlive));
  });

  it('ends with its children when the editor is gone without a word', async () => {
    await given();
    await editor.ready();
    const children = childrenOf(editor.server);
    editor.connection.dispose();
    editor.server.stdin?.destroy();
    editor.server.stdout?.destroy();
    await until(() => editor.server.exitCode !== null && !children.some(isAlive));
  });
});

describe('the folders of a workspace', () => {
  let project: TestProject;
  let editor: Editor;

  beforeEach(async () => {
    project = mastraProject({
      'one/tsconfig.json': tsconfig,
      'one/a.ts': twoSteps('total: z.number()'),
      'two/tsconfig.json': tsconfig,
      'two/b.ts': twoSteps('total: z.number()').replace("'counting'", "'other'"),
    });
    editor = await openEditor(project.folder, { workspace: ['one'] });
    await editor.ready();
  });

  afterEach(async () => {
    await editor.quit();
    project.dispose();
  });

  const ids = async () => (await editor.request('mastra/workflows', { uri: undefined })).map(({ id }) => id).sort();

  it('are analysed each for itself, and given up when they are removed', async () => {
    assert.deepEqual(await ids(), ['counting']);
    editor.changeFolders({ added: ['two'] });
    await editor.problemsWhen('two/b.ts', (diagnostics) => diagnostics.length === 1);
    assert.deepEqual(await ids(), ['counting', 'other']);
    editor.changeFolders({ removed: ['one'] });
    await editor.problemsWhen('one/a.ts', (diagnostics) => diagnostics.length === 0);
    assert.deepEqual(await ids(), ['other']);
  });

  it('need not hold a file for it to be checked while it is open', async () => {
    editor.open('two/b.ts');
    await editor.problemsWhen('two/b.ts', (diagnostics) => diagnostics.length === 1);
    editor.close('two/b.ts');
    await editor.problemsWhen('two/b.ts', (diagnostics) => diagnostics.length === 0);
  });

  it('may lie in each other: each file is reported once', async () => {
    editor.changeFolders({ added: ['.'] });
    await editor.problemsWhen('two/b.ts', (diagnostics) => diagnostics.length === 1);
    assert.deepEqual(await ids(), ['counting', 'other']);
    assert.equal(editor.problems('one/a.ts').length, 1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function childrenOf({ pid }: { readonly pid?: number | undefined }): readonly number[] {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}

function isAlive(processId: number): boolean {
  try {
    // A process that has ended and was not waited for yet is still listed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(processId)}/status`, 'utf8'));
  } catch {
    return false;
  }
}
