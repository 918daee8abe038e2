import assert from 'node:assert/strict';
import type { TestProject } from '../engine/project.ts';
import { openEditor, type Editor } from './editor.ts';
import { mastraProject, twoSteps } from './samples.ts';

const file = 'src/counting.ts';

describe('what the editor asks for', () => {
  let project: TestProject;
  let editor: Editor;
  let key: string;

  before(async () => {
    project = mastraProject({ [file]: twoSteps('total: z.number()'), 'src/plain.ts': 'export const one = 1;\n' });
    editor = await openEditor(project.folder);
    editor.open(file);
    editor.open('src/plain.ts');
    key = `${project.file(file)}#counting`;
  });

  after(async () => {
    await editor.quit();
    project.dispose();
  });

  it('gets a lens over each workflow', async () => {
    const lenses = await editor.lenses(file);
    assert.deepEqual(
      lenses.map(({ command }) => command),
      [
        { title: 'Run', command: 'mastra.runWorkflow', arguments: [{ uri: editor.uri(file), key }] },
        { title: 'Graph', command: 'mastra.showWorkflowGraph', arguments: [{ uri: editor.uri(file), key }] },
      ],
    );
    const line = editor
      .text(file)
      .split('\n')
      .findIndex((text) => text.startsWith('export const counting'));
    assert.deepEqual(
      lenses.map(({ range }) => range.start.line),
      [line, line],
    );
    assert.deepEqual(await editor.lenses('src/plain.ts'), []);
  });

  it('gets lenses that have moved with the text', async () => {
    const [before] = await editor.lenses(file);
    editor.replace(file, 'import { z }', '// one more line\nimport { z }');
    const [after] = await editor.lenses(file);
    assert.equal(after?.range.start.line, (before?.range.start.line ?? Number.NaN) + 1);
  });

  it('lists the workflows of a folder and of all folders', async () => {
    const inFolder = await editor.request('mastra/workflows', { uri: editor.uri(file) });
    const line = editor
      .text(file)
      .split('\n')
      .findIndex((text) => text.startsWith('export const counting'));
    assert.deepEqual(inFolder, [
      { key, uri: editor.uri(file), id: 'counting', name: 'counting', exportName: 'counting', line, steps: 2 },
    ]);
    assert.deepEqual(await editor.request('mastra/workflows', { uri: undefined }), inFolder);
    assert.deepEqual(await editor.request('mastra/workflows', { uri: 'untitled:one' }), []);
  });

  it('draws a workflow, with its findings on it', async () => {
    const result = await editor.request('mastra/graph', { uri: editor.uri(file), key });
    if (result.kind !== 'graph') assert.fail(result.kind);
    const nodes = result.graph.nodes.filter(({ kind }) => kind === 'step');
    assert.deepEqual(
      nodes.map(({ title }) => title),
      ['parse', 'report'],
    );
    assert.deepEqual(
      nodes.map(({ findings }) => findings.length),
      [0, 1],
    );
    // Findings are made without the shapes of the data; a drawing has them.
    const [parse, report] = nodes;
    assert.ok(parse?.leaves !== undefined);
    assert.deepEqual(report?.arrives, parse.leaves);
    // What a schema describes leads to it.
    const declared = result.graph.shapes[parse.leaves]?.declared;
    assert.ok(declared !== undefined);
    assert.match(editor.text(file).split('\n')[declared.range.start.line] ?? '', /outputSchema: z\.object/);
  });

  it('says so when a workflow is gone', async () => {
    assert.deepEqual(await editor.request('mastra/graph', { uri: editor.uri(file), key: `${key}2` }), { kind: 'gone' });
  });

  it('knows which part of the graph a cursor is in', async () => {
    const at = (search: string) => {
      const before = editor.text(file).slice(0, editor.text(file).indexOf(search));
      const position = { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
      return editor.request('mastra/nodeAt', { uri: editor.uri(file), position });
    };
    assert.deepEqual(await at('report)'), { key, address: 'report' });
    assert.equal((await at(`id: 'counting'`))?.key, key);
    assert.equal(await at('import { z }'), null);
  });

  it('is answered nothing about documents that are no files', async () => {
    const lenses: unknown = await editor.connection.sendRequest('textDocument/codeLens', {
      textDocument: { uri: 'untitled:Untitled-1' },
    });
    assert.equal(lenses, null);
  });
});
