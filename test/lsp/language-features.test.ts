import assert from 'node:assert/strict';
import {
  MarkupContent,
  type CompletionItem,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  type Location,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import type { TestProject } from '../engine/project.ts';
import { openEditor, type Editor } from './editor.ts';
import { mastraProject, twoSteps } from './samples.ts';

const file = 'src/counting.ts';
const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
const agent = `import { Agent } from '@mastra/core/agent';
export const helper = new Agent({ id: 'helper', name: 'Helper', instructions: '', model: 'openai/gpt-5' });
`;
const short = { 'mastra.inlayHints.dataFlow': 'short' };

describe('language features', () => {
  let project: TestProject;
  let editor: Editor;

  before(async () => {
    project = mastraProject({ [file]: twoSteps(), 'src/plain.ts': 'export const one = 1;\n', 'src/agent.ts': agent });
    editor = await openEditor(project.folder);
    editor.open(file);
    editor.open('src/plain.ts');
    editor.open('src/agent.ts');
  });

  after(async () => {
    await editor.quit();
    project.dispose();
  });

  const hover = (search: string, offset: number) =>
    editor.ask<Hover | null>('textDocument/hover', file, { position: editor.position(file, search, offset) });
  const hints = async () => {
    const found = await editor.ask<readonly InlayHint[] | null>('textDocument/inlayHint', file, { range: everything });
    return found?.map(({ label }) => label);
  };

  it('hover on a chain call: what arrives and what leaves', async () => {
    const found = await hover('.then(report)', 2);
    assert.ok(MarkupContent.is(found?.contents));
    const [types, documentation] = found.contents.value.split('\n\n---\n\n');
    assert.equal(
      types,
      '**step** `report` in workflow `counting`\n\n```ts\ntype Arrives = { count: number };\ntype Leaves = { line: string };\n```',
    );
    assert.match(documentation ?? '', /\[Mastra documentation: [^\]]*then[^\]]*\]\(file:.*then\.md\)$/);
  });

  it('hover on a model: what the installed Mastra knows of it', async () => {
    const position = editor.position('src/agent.ts', 'openai/gpt-5', 8);
    const found = await editor.ask<Hover | null>('textDocument/hover', 'src/agent.ts', { position });
    assert.ok(MarkupContent.is(found?.contents));
    assert.match(
      found.contents.value,
      /^\*\*model\*\* `gpt-5` of OpenAI\n\nIt is among the models .*\n\nKey: `OPENAI_API_KEY`/,
    );
  });

  it('hover on a step: a link to its declaration', async () => {
    const found = await hover('.then(report)', 7);
    const line = String(editor.position(file, 'const report').line + 1);
    assert.ok(JSON.stringify(found).includes(`[counting.ts:${line}](${editor.uri(file)}#L${line})`));
    assert.equal(await hover('import { z }', 9), null);
  });

  it('hover on a name of Mastra: the beginning of its documentation', async () => {
    const found = await hover('createStep, createWorkflow', 3);
    assert.match(JSON.stringify(found?.contents), /\[Mastra documentation: Step class\]\(file:.*step\.md\)/);
  });

  it('hover follows the text as it is typed', async () => {
    editor.replace(file, 'line: z.string()', 'lines: z.string()');
    assert.match(JSON.stringify(await hover('.then(report)', 2)), /type Leaves = \{ lines: string \}/);
    editor.replace(file, 'lines: z.string()', 'line: z.string()');
  });

  it('outline', async () => {
    const symbols = await editor.ask<readonly DocumentSymbol[]>('textDocument/documentSymbol', file);
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
      [['counting', ['parse', 'report']]],
    );
    assert.deepEqual(await editor.ask('textDocument/documentSymbol', 'src/plain.ts'), []);
  });

  it('symbols of the workspace', async () => {
    const symbols: readonly WorkspaceSymbol[] | null = await editor.connection.sendRequest('workspace/symbol', {
      query: 'rep',
    });
    assert.deepEqual(
      symbols?.map(({ name, location }) => [name, location.uri]),
      [['report', editor.uri(file)]],
    );
  });

  it('inlay hints: off, until the setting says how much', async () => {
    assert.equal(await hints(), undefined);
    const before = editor.hintRefreshes();
    editor.settings({}, short);
    await editor.until('hints to be asked for again', () => editor.hintRefreshes() > before);
    assert.deepEqual(await hints(), ['→ { count }', '→ { line }']);
    editor.settings({}, { 'mastra.inlayHints.dataFlow': 'full' });
    await editor.until('hints to be asked for again', () => editor.hintRefreshes() > before + 1);
    assert.deepEqual(await hints(), ['→ { count: number }', '→ { line: string }']);
    editor.settings({}, { 'mastra.inlayHints.dataFlow': 'much' });
    await editor.until('hints to be asked for again', () => editor.hintRefreshes() > before + 2);
    assert.equal(await hints(), undefined);
  });
});

describe('names in strings', () => {
  const flow = 'src/flow.ts';
  let project: TestProject;
  let editor: Editor;

  before(async () => {
    const registered = `import { Mastra } from '@mastra/core';
import { counting } from './counting';
export const mastra = new Mastra({ workflows: { counting } });
mastra.getWorkflow('counting');
`;
    project = mastraProject({
      [file]: twoSteps().replace(
        `execute: async () => ({ line: 'done' })`,
        `execute: async ({ getStepResult }) => ({ line: String(getStepResult('parse')) })`,
      ),
      [flow]: registered,
    });
    editor = await openEditor(project.folder);
    editor.open(file);
    editor.open(flow);
  });

  after(async () => {
    await editor.quit();
    project.dispose();
  });

  const inReference = () => ({ position: editor.position(file, `getStepResult('parse')`, 17) });
  const lines = (places: readonly Location[]) =>
    places.map(({ uri, range }) => `${uri.slice(uri.lastIndexOf('/') + 1)}:${String(range.start.line + 1)}`);
  const declaration = () => `counting.ts:${String(editor.position(file, `id: 'parse'`).line + 1)}`;
  const reference = () => `counting.ts:${String(editor.position(file, `getStepResult('`).line + 1)}`;

  it('definition', async () => {
    const found = await editor.ask<readonly Location[]>('textDocument/definition', file, inReference());
    assert.deepEqual(lines(found), [declaration()]);
  });

  it('references, with and without the declaration', async () => {
    const ask = (includeDeclaration: boolean) =>
      editor.ask<readonly Location[]>('textDocument/references', file, {
        ...inReference(),
        context: { includeDeclaration },
      });
    assert.deepEqual(lines(await ask(true)), [declaration(), reference()]);
    assert.deepEqual(lines(await ask(false)), [reference()]);
  });

  it('completion', async () => {
    const items = await editor.ask<readonly CompletionItem[]>('textDocument/completion', flow, {
      position: editor.position(flow, `getWorkflow('counting')`, 14),
    });
    assert.deepEqual(
      items.map(({ label }) => label),
      ['counting'],
    );
    assert.equal(
      await editor.ask('textDocument/completion', flow, { position: editor.position(flow, 'new Mastra', 2) }),
      null,
    );
  });

  it('rename, in all places or with the reason why not', async () => {
    const prepared = await editor.ask<{ readonly placeholder: string } | null>(
      'textDocument/prepareRename',
      file,
      inReference(),
    );
    assert.equal(prepared?.placeholder, 'parse');
    const edit = await editor.ask<WorkspaceEdit>('textDocument/rename', file, { ...inReference(), newName: 'read' });
    editor.apply({ title: 'Rename', edit });
    assert.ok(editor.text(file).includes(`id: 'read'`) && editor.text(file).includes(`getStepResult('read')`));
    const position = editor.position(file, `getStepResult('read')`, 17);
    await assert.rejects(
      editor.ask('textDocument/rename', file, { position, newName: 'report' }),
      /'report' is taken: counting\.ts:/,
    );
    const elsewhere = { position: editor.position(file, 'const parse', 7) };
    assert.equal(await editor.ask('textDocument/prepareRename', file, elsewhere), null);
  });
});

describe('inlay hints of a file that depends on another one', () => {
  it('are asked for again when that one changes', async () => {
    const project = mastraProject({
      'src/schema.ts': `import { z } from 'zod';\nexport const words = z.object({ line: z.string() });\n`,
      [file]: twoSteps()
        .replace(`import { z } from 'zod';`, `import { z } from 'zod';\nimport { words } from './schema';`)
        .replaceAll('z.object({ line: z.string() })', 'words'),
    });
    const editor = await openEditor(project.folder, { settings: short });
    try {
      editor.open(file);
      editor.open('src/schema.ts');
      const labels = async () => {
        const found = await editor.ask<readonly InlayHint[]>('textDocument/inlayHint', file, { range: everything });
        return found.map(({ label }) => label);
      };
      assert.deepEqual(await labels(), ['→ { count }', '→ { line }']);
      const before = editor.hintRefreshes();
      editor.replace('src/schema.ts', 'line: z.string()', 'text: z.string()');
      await editor.until('hints to be asked for again', () => editor.hintRefreshes() > before);
      assert.deepEqual(await labels(), ['→ { count }', '→ { text }']);
    } finally {
      await editor.quit();
      project.dispose();
    }
  });
});
