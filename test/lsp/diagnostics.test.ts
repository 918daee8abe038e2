import assert from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver';
import type { TestProject } from '../engine/project.ts';
import { openEditor, type Editor, type EditorOptions, type Problem } from './editor.ts';
import { mastraProject, runs, twoSteps } from './samples.ts';

const file = 'src/counting.ts';
const none = (diagnostics: readonly Problem[]) => diagnostics.length === 0;
const some = (diagnostics: readonly Problem[]) => diagnostics.length > 0;
const only = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined || items.length > 1) assert.fail(`expected one, got ${JSON.stringify(items)}`);
  return item;
};

describe('diagnostics while typing', () => {
  let project: TestProject;
  let editor: Editor;

  async function given(
    files: Readonly<Record<string, string>>,
    options: EditorOptions & { readonly installed?: boolean; readonly name?: string } = {},
  ): Promise<void> {
    project = mastraProject(files, options);
    editor = await openEditor(project.folder, options);
  }

  afterEach(async () => {
    await editor.quit();
    project.dispose();
  });

  it('come and go with the unsaved text', async () => {
    await given({ [file]: twoSteps() });
    editor.open(file);
    await editor.ready();
    assert.deepEqual(editor.problems(file), []);

    editor.replace(
      file,
      'z.object({ count: z.number() }),\n  outputSchema: z.object({ line',
      'z.object({ total: z.number() }),\n  outputSchema: z.object({ line',
    );
    const diagnostic = only(await editor.problemsWhen(file, some));
    assert.equal(diagnostic.source, 'mastra');
    assert.equal(diagnostic.code, 'schema-mismatch');
    assert.match(diagnostic.message, /`report` needs `total: number`/);
    assert.equal(editor.underlined(file, diagnostic), 'report');

    editor.replace(file, 'total: z.number()', 'count: z.number()');
    await editor.problemsWhen(file, none);
  });

  it('tell of files that were never opened, with the page of the rule and the other side', async () => {
    await given({ [file]: twoSteps('total: z.number()') });
    await editor.ready();
    const diagnostic = only(editor.problems(file));
    assert.match(diagnostic.codeDescription?.href ?? '', /schema-mismatch\/rule\.md$/);
    assert.ok((diagnostic.relatedInformation ?? []).length > 0);
    assert.deepEqual(diagnostic.data, {
      rule: 'schema-mismatch',
      workflow: `${project.file(file)}#counting`,
      address: 'report',
      fixable: false,
    });
  });

  it('follow an edit into the files that depend on it', async () => {
    await given({
      'src/schema.ts': `import { z } from 'zod';\nexport const counted = z.object({ count: z.number() });\n`,
      [file]: `import { counted } from './schema';\n${twoSteps().replace('outputSchema: z.object({ count: z.number() })', 'outputSchema: counted').replace('({ count: inputData.text.length })', '({ count: inputData.text.length }) as never')}`,
    });
    await editor.ready();
    assert.deepEqual(editor.problems(file), []);
    editor.open('src/schema.ts');
    editor.replace('src/schema.ts', 'count: z.number()', 'counter: z.number()');
    assert.match(only(await editor.problemsWhen(file, some)).message, /count/);
    editor.close('src/schema.ts');
    await editor.problemsWhen(file, none);
  });

  it('are never those of an older text', async () => {
    await given({ [file]: twoSteps() });
    editor.open(file);
    await editor.ready();
    const needs = 'z.object({ count: z.number() }),\n  outputSchema: z.object({ line';
    let now = needs;
    for (let n = 0; n < 30; n += 1) {
      const next = needs.replace('count', `count${String(n)}`);
      editor.replace(file, now, next);
      now = next;
      // Some edits fall into a run of the analysis, others into the quiet time before it.
      await new Promise((resolve) => setTimeout(resolve, (n % 5) * 8));
    }
    await editor.problemsWhen(file, (diagnostics) => diagnostics.some(({ message }) => message.includes('count29')));
    for (const { version, diagnostics } of editor.published.filter(({ uri }) => uri === editor.uri(file))) {
      assert.ok(version !== undefined);
      const messages = JSON.stringify(diagnostics.map(({ message }) => message));
      assert.ok(messages.includes(`count${String(version - 2)}: `), `${messages} in version ${String(version)}`);
    }
  });

  it('come for a file that is not saved yet, and go when it is discarded', async () => {
    await given({ 'src/other.ts': 'export {};' });
    assert.deepEqual(await editor.ready(), {
      state: 'ready',
      folder: editor.uri('.'),
      workflows: 0,
      mastraVersion: '',
    });
    editor.open(file, twoSteps('total: z.number()'));
    await editor.problemsWhen(file, some);
    editor.close(file);
    await editor.problemsWhen(file, none);
  });

  it('come when a file is created and go when it is deleted', async () => {
    await given({ 'src/empty.ts': `import '@mastra/core';` });
    await editor.ready();
    project.write(file, twoSteps('total: z.number()'));
    editor.diskChanged(FileChangeType.Created, file);
    await editor.problemsWhen(file, some);
    project.remove(file);
    editor.diskChanged(FileChangeType.Deleted, file);
    await editor.problemsWhen(file, none);
  });

  it('move with a file that is renamed', async () => {
    await given({ [file]: twoSteps('total: z.number()') });
    await editor.ready();
    project.remove(file);
    project.write('src/renamed.ts', twoSteps('total: z.number()'));
    editor.diskChanged(FileChangeType.Deleted, file);
    editor.diskChanged(FileChangeType.Created, 'src/renamed.ts');
    await editor.problemsWhen('src/renamed.ts', some);
    await editor.problemsWhen(file, none);
  });

  it('say nothing about a file that cannot be parsed beyond what is sure, and come back', async () => {
    await given({ [file]: twoSteps('total: z.number()') });
    editor.open(file);
    await editor.problemsWhen(file, some);
    editor.replace(file, '.then(report)', '.then(report');
    const { key } = only(await editor.request('mastra/workflows', { uri: editor.uri(file) }));
    assert.equal((await editor.request('mastra/graph', { uri: editor.uri(file), key })).kind, 'broken');
    editor.replace(file, '.then(report', '.then(report)');
    await editor.problemsWhen(file, some);
    assert.equal((await editor.request('mastra/graph', { uri: editor.uri(file), key })).kind, 'graph');
  });

  it('have the right places with CRLF, a byte order mark, and unusual folders', async () => {
    await given(
      { [file]: `\uFEFF${twoSteps('total: z.number()').replaceAll('\n', '\r\n')}` },
      { name: 'größer als 空' },
    );
    await editor.ready();
    const onDisk = only(editor.problems(file));
    editor.open(file);
    const opened = only(await editor.problemsWhen(file, some));
    assert.deepEqual(opened.range, onDisk.range);
    assert.equal(editor.underlined(file, opened), 'report');
  });

  it('work where the tsconfig is broken', async () => {
    await given({ 'tsconfig.json': '{ "compilerOptions": { "strict": ', [file]: twoSteps('total: z.number()') });
    await editor.ready();
    assert.equal(only(editor.problems(file)).code, 'schema-mismatch');
  });

  it('follow the settings of the rules', async () => {
    await given({ [file]: twoSteps('total: z.number()') }, { rules: { 'schema-mismatch': 'warning' } });
    await editor.ready();
    assert.equal(only(editor.problems(file)).severity, 2);
    editor.settings({ 'schema-mismatch': 'off' });
    await editor.problemsWhen(file, none);
    editor.settings({ 'schema-mismatch': 'loud', unknown: 3 });
    assert.equal(only(await editor.problemsWhen(file, some)).severity, 1, 'what is not understood counts as not set');
  });

  it('are about structure only until the dependencies are installed', async () => {
    await given(
      { [file]: twoSteps('total: z.number()', ''), 'src/main.ts': runs, 'node_modules/.package-lock.json': '{}' },
      { installed: false },
    );
    const status = await editor.ready();
    assert.deepEqual(status, { state: 'structure-only', folder: editor.uri('.'), workflows: 1 });
    assert.deepEqual(
      editor.problems(file).map(({ code }) => code),
      ['missing-commit'],
    );

    project.install('@mastra/core', 'zod');
    editor.diskChanged(FileChangeType.Changed, 'node_modules/.package-lock.json');
    await editor.until('the status ready', () => editor.statuses.at(-1)?.state === 'ready');
    await editor.problemsWhen(file, (diagnostics) => diagnostics.some(({ code }) => code === 'schema-mismatch'));
  });
});

describe('the log at level Debug', () => {
  it('says what each rule takes', async () => {
    const project = mastraProject({ [file]: twoSteps() });
    const editor = await openEditor(project.folder);
    try {
      await editor.ready();
      await editor.until('the times', () => editor.debugLog.some((line) => /^Rules: .*schema-mismatch \d/.test(line)));
      assert.deepEqual(editor.log, []);
    } finally {
      await editor.quit();
      project.dispose();
    }
  });
});

describe('quick fixes', () => {
  let project: TestProject;
  let editor: Editor;

  beforeEach(async () => {
    project = mastraProject({ [file]: twoSteps(undefined, ''), 'src/main.ts': runs });
    editor = await openEditor(project.folder);
    editor.open(file);
    await editor.ready();
  });

  afterEach(async () => {
    await editor.quit();
    project.dispose();
  });

  it('clear the problem that they are for', async () => {
    const diagnostic = only(await editor.problemsWhen(file, some));
    assert.equal(diagnostic.code, 'missing-commit');
    assert.equal(editor.underlined(file, diagnostic), 'counting');
    const [action, ignore, ...others] = await editor.quickFixes(file, diagnostic);
    assert.ok(action !== undefined);
    assert.deepEqual(others, []);
    assert.equal(ignore?.isPreferred, false);
    assert.equal(action.kind, 'quickfix');
    assert.equal(action.isPreferred, true);
    assert.deepEqual(action.diagnostics, [diagnostic]);
    editor.apply(action);
    await editor.problemsWhen(file, none);
    assert.match(editor.text(file), /\.then\(report\)\n\s+\.commit\(\)/);
  });

  it('are for the text as it is when they are asked for, even right after an edit', async () => {
    const diagnostic = only(await editor.problemsWhen(file, some));
    editor.replace(file, "id: 'counting',", "id: 'counting',\n  description: 'Counts letters',");
    const [action] = await editor.quickFixes(file, diagnostic);
    assert.ok(action !== undefined);
    editor.apply(action);
    await editor.problemsWhen(file, none);
    assert.match(editor.text(file), /\.then\(report\)\n\s+\.commit\(\)/);
  });

  it('write the comment that suppresses the problem', async () => {
    const diagnostic = only(await editor.problemsWhen(file, some));
    const ignore = (await editor.quickFixes(file, diagnostic)).at(-1);
    assert.equal(ignore?.title, 'Ignore `missing-commit` here');
    assert.deepEqual(ignore.diagnostics, [diagnostic]);
    editor.apply(ignore);
    await editor.problemsWhen(file, none);
    assert.match(editor.text(file), /\n\/\/ mastra-ignore-next-line missing-commit\nexport const counting/);
  });

  it('are not offered where there is nothing to fix', async () => {
    const diagnostic = only(await editor.problemsWhen(file, some));
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(await editor.quickFixes(file, { ...diagnostic, range: elsewhere }), []);
  });
});
