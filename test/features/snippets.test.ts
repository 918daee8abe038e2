import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import snippets from '../../snippets/mastra.json' with { type: 'json' };
import { startSuite, type ExtractSuite } from '../extract/project.ts';

/** The text that a snippet leaves when nothing is typed into its fields. */
function expanded(body: readonly string[]): string {
  return body
    .join('\n')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+|\$\{\d+\}/g, '');
}

describe('snippets', () => {
  let suite: ExtractSuite;

  before(() => {
    suite = startSuite();
  });

  after(() => suite.close());

  it('are contributed for TypeScript', () => {
    const files = new Set(manifest.contributes.snippets.map((contributed) => contributed.path));
    assert.deepEqual([...files], ['./snippets/mastra.json']);
    for (const file of files) assert.ok(existsSync(path.resolve(import.meta.dirname, '../..', file)), file);
  });

  it('are there for everything that an author makes, under names of their own', () => {
    assert.deepEqual(Object.keys(snippets), [
      'Mastra workflow',
      'Mastra step',
      'Mastra tool',
      'Mastra agent',
      'Mastra MCP server',
    ]);
    const prefixes = Object.values(snippets).flatMap(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
  });

  it('are valid TypeScript as they are', async () => {
    const files = Object.fromEntries(
      Object.values(snippets).map(({ body }, index) => [`snippet-${String(index)}.ts`, expanded(body)]),
    );
    const { models } = await suite.extract(files);
    for (const { file, syntaxError } of models) assert.equal(syntaxError, undefined, file);
  });

  it('make a workflow that is complete and fits', async () => {
    const { workflow } = await suite.extract({ 'a.ts': expanded(snippets['Mastra workflow'].body) });
    const made = workflow('myWorkflow');
    assert.deepEqual(
      made.entries.map(({ node, check }) => [node, check.kind]),
      [['first-step', 'fits']],
    );
    assert.equal(made.end.kind, 'fits');
    assert.equal(made.commit.kind, 'committed');
  });

  it('make steps, agents and tools that stand in a chain', async () => {
    const step = expanded(snippets['Mastra step'].body);
    const { workflow } = await suite.extract({
      'a.ts': `import { createStep, createWorkflow } from '@mastra/core/workflows';
${expanded(snippets['Mastra tool'].body)}
${expanded(snippets['Mastra agent'].body)}
${step}
export const flow = createWorkflow({ id: 'flow', inputSchema: z.object({ text: z.string() }), outputSchema: z.any() })
  .then(myStep)
  .map(async ({ inputData }) => ({ prompt: inputData.result }))
  .then(createStep(myAgent))
  .then(createStep(myTool))
  .commit();
`,
    });
    assert.deepEqual(
      workflow('flow').entries.map(({ type, node, check }) => [type, node, check.kind]),
      [
        ['step', 'my-step', 'fits'],
        ['mapping', 'map', 'fits'],
        ['agent', 'my-agent', 'fits'],
        ['tool', 'my-tool', 'fits'],
      ],
    );
  });
});
