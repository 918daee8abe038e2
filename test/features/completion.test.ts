import assert from 'node:assert/strict';
import { completionsAt } from '../../server/src/features/completion.ts';
import { sampleSuite } from './project.ts';

const source = `import { createStep, createWorkflow } from '@mastra/core/workflows';
import { Agent } from '@mastra/core/agent';
import { Mastra } from '@mastra/core';
import { z } from 'zod';
const start = z.object({ start: z.string() });
const data = z.object({ n: z.number(), address: z.object({ street: z.string(), zip: z.string() }).optional() });
const first = createStep({ id: 'first', inputSchema: start, outputSchema: data, execute: async () => ({ n: 1 }) });
const second = createStep({
  id: 'second',
  inputSchema: data,
  outputSchema: data,
  execute: async ({ inputData, getStepResult, mastra }) => {
    getStepResult('');
    mastra.getWorkflow('c');
    mastra.getWorkflowById('');
    return inputData;
  },
});
export const flow = createWorkflow({ id: 'flow-id', inputSchema: start, outputSchema: z.any() })
  .then(first)
  .then(second)
  .map({
    whole: { step: first, path: '' },
    street: { step: first, path: 'address.st' },
    from: { initData: flow, path: 'sta' },
    a: { template: 'a \${inp}' },
    b: { template: 'b \${inputData.add}' },
    c: { template: 'c \${stepResults.fi}' },
    d: { template: 'd \${stepResults.first.n}' },
    e: { template: 'e \${}' },
  })
  .then(createStep({ id: 'last', inputSchema: z.any(), outputSchema: z.any(), execute: async () => 1 }))
  .commit();
const agent = new Agent({ id: 'helper', name: 'Helper', instructions: '', model: 'open' });
const other = new Agent({ id: 'other', name: 'Other', instructions: '', model: 'openai/gpt' });
export const mastra = new Mastra({ workflows: { counting: flow }, agents: { agent } });
`;

describe('completion', () => {
  const suite = sampleSuite({ 'a.ts': source });

  const complete = (search: string, project = suite.sample.project) =>
    completionsAt(project, suite.sample.file('a.ts'), suite.sample.at('a.ts', search));

  /** The proposals, and the text that they take the place of. */
  function proposals(search: string): readonly [replaced: string, ...labels: string[]] | undefined {
    const items = complete(search);
    if (items === undefined) return undefined;
    const replaced = new Set(
      items.map(({ textEdit }) => {
        assert.ok(textEdit !== undefined && 'range' in textEdit);
        const { start, end } = textEdit.range;
        return (suite.sample.text('a.ts').split('\n')[start.line] ?? '').slice(start.character, end.character);
      }),
    );
    return [[...replaced].join('|'), ...items.map(({ label }) => label)];
  }

  it('of step ids: those of the workflows that the step is in', () => {
    assert.deepEqual(proposals(`getStepResult('|')`), ['', 'first', 'second', 'last']);
  });

  it('of registrations: keys, or ids', () => {
    assert.deepEqual(proposals(`getWorkflow('c|')`), ['c', 'counting']);
    assert.deepEqual(proposals(`getWorkflowById('|')`), ['', 'flow-id']);
  });

  it('of paths: the fields that are there', () => {
    assert.deepEqual(proposals(`path: '|' }`), ['', 'n', 'address']);
    assert.deepEqual(proposals(`path: 'address.s|t'`), ['st', 'street', 'zip']);
    assert.deepEqual(proposals(`path: 'add|ress.st'`), ['address', 'n', 'address']);
    assert.deepEqual(proposals(`path: 's|ta'`), ['sta', 'start']);
  });

  it('of placeholders: scopes, steps before, fields', () => {
    const scopes = ['inputData', 'initData', 'stepResults', 'state', 'requestContext'] as const;
    assert.deepEqual(proposals('a ${i|np}'), ['inp', ...scopes]);
    assert.deepEqual(proposals('e ${|}'), ['', ...scopes]);
    assert.deepEqual(proposals('${inputData.ad|d}'), ['add', 'n', 'address']);
    assert.deepEqual(proposals('${stepResults.f|i}'), ['fi', 'first', 'second']);
    assert.deepEqual(proposals('${stepResults.first.|n}'), ['n', 'n', 'address']);
  });

  it('of models: providers, then the models of one', () => {
    const openai = {
      id: 'openai',
      name: 'OpenAI',
      models: ['gpt-5', 'gpt-4'],
      deprecated: ['gpt-4'],
      variables: [],
      documentation: undefined,
    };
    const project = {
      ...suite.sample.project,
      models: { version: '1.71.0', providers: new Map([['openai', openai]]) },
    };
    assert.deepEqual(
      complete(`model: 'open|'`, project)?.map(({ label, detail }) => [label, detail]),
      [['openai/', 'OpenAI, 2 models']],
    );
    assert.deepEqual(
      complete(`model: 'openai/gpt|'`, project)?.map(({ label, tags }) => [label, tags]),
      [
        ['openai/gpt-5', undefined],
        ['openai/gpt-4', [1]],
      ],
    );
    assert.deepEqual(complete(`model: 'open|'`), []);
  });

  it('leaves everything else to others', () => {
    for (const search of [`id: 'f|irst'`, 'const |first', `name: 'H|elper'`]) assert.equal(complete(search), undefined);
  });
});
