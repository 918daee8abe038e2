/** What the overview of all workflows asks the language server for. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { openEditor, type Editor } from './editor.ts';
import { mastraProject, twoSteps } from './samples.ts';

const projects = path.resolve(import.meta.dirname, '../projects');

describe('the overview of all workflows', () => {
  let editor: Editor | undefined;

  afterEach(async () => {
    await editor?.quit();
    editor = undefined;
  });

  it('tells of each workflow how large it is, whether it is registered, and which workflows it uses', async () => {
    editor = await openEditor(path.join(projects, 'orders'));
    await editor.ready();
    const all = await editor.request('mastra/overview', { uri: undefined });
    assert.equal(all.length, 19);
    const byId = new Map(all.map((workflow) => [workflow.id, workflow]));
    const deliver = byId.get('deliver-order');
    assert.equal(deliver?.registered, 'yes');
    const ids = new Map(all.map(({ key, id }) => [key, id]));
    assert.deepEqual(
      deliver.uses.map((key) => ids.get(key)),
      ['fulfil-order', 'pack-parcel'],
    );
    assert.deepEqual(byId.get('place-order')?.uses, []);
    assert.deepEqual(deliver.findings, { error: 0, warning: 0, info: 0, hint: 0 });
    assert.ok(deliver.uri.endsWith('/deliver-order.ts'));
    assert.equal(new Set(all.map((workflow) => workflow.package.folder)).size, 1);
  });

  it('groups the workflows of a monorepo by their packages', async () => {
    editor = await openEditor(path.join(projects, 'monorepo'));
    await editor.ready();
    const all = await editor.request('mastra/overview', { uri: undefined });
    const packages = new Map(all.map((workflow) => [workflow.package.name, workflow.package.folder]));
    assert.deepEqual([...packages.keys()].sort(), ['@shop/app', '@shop/steps', 'shop-monorepo']);
    assert.ok(packages.get('@shop/app')?.endsWith('/monorepo/packages/app'));
  });

  it('counts what is wrong, also in text that is not saved, and says what is not registered', async () => {
    const file = 'src/counting.ts';
    const project = mastraProject({
      [file]: twoSteps(),
      'src/mastra.ts': `import { Mastra } from '@mastra/core';\nexport const mastra = new Mastra({ workflows: {} });\n`,
    });
    try {
      editor = await openEditor(project.folder);
      editor.open(file);
      await editor.ready();
      const [before] = await editor.request('mastra/overview', { uri: undefined });
      assert.deepEqual([before?.registered, before?.findings.error, before?.package.name], ['no', 0, 'sample']);
      editor.replace(
        file,
        'inputSchema: z.object({ count: z.number() })',
        'inputSchema: z.object({ total: z.number() })',
      );
      const [after] = await editor.request('mastra/overview', { uri: editor.uri(file) });
      assert.equal(after?.findings.error, 1);
    } finally {
      await editor?.quit();
      editor = undefined;
      project.dispose();
    }
  });

  it('gives a workflow as the JSON of the command line, with files as seen from its folder', async () => {
    editor = await openEditor(path.join(projects, 'orders'));
    await editor.ready();
    const all = await editor.request('mastra/workflows', { uri: undefined });
    const deliver = all.find(({ id }) => id === 'deliver-order');
    assert.ok(deliver);
    const text = await editor.request('mastra/graphJson', { uri: deliver.uri, key: deliver.key });
    const document = JSON.parse(text ?? 'null') as {
      readonly id: string;
      readonly file: string;
      readonly steps: readonly { readonly file?: string }[];
    };
    assert.deepEqual([document.id, document.file], ['deliver-order', 'src/mastra/workflows/deliver-order.ts']);
    assert.equal(document.steps[1]?.file, 'src/mastra/workflows/fulfil-order.ts');
    assert.equal(await editor.request('mastra/graphJson', { uri: deliver.uri, key: 'gone' }), null);
  });
});
