import assert from 'node:assert/strict';
import type { FileEdit, Location } from '../../common/model/index.ts';
import { definitionsOf, nameAt, occurrencesOf } from '../../server/src/features/names/occurrences.ts';
import { renameEdits, renamingAt } from '../../server/src/features/names/rename.ts';
import { sampleSuite } from './project.ts';

const imports = `import { createStep, createWorkflow } from '@mastra/core/workflows';
import { Mastra } from '@mastra/core';
import { z } from 'zod';
const data = z.object({ n: z.number() });
`;

const flow = `${imports}
const first = createStep({ id: 'first', inputSchema: data, outputSchema: data, execute: async ({ inputData }) => inputData });
const second = createStep({
  id: 'second',
  inputSchema: data,
  outputSchema: data,
  execute: async ({ inputData, getStepResult, mastra }) => {
    const before = getStepResult('first') ?? getStepResult(first);
    await mastra?.getWorkflow('counting');
    await mastra.getWorkflowById('flow-id');
    return { ...inputData, ...before };
  },
});
const left = createStep({ id: 'left', inputSchema: data, outputSchema: data, execute: async ({ inputData }) => inputData });
export const flow = createWorkflow({ id: 'flow-id', inputSchema: data, outputSchema: data })
  .then(first)
  .then(second)
  .map({ n: { step: first, path: 'n' }, text: { template: 'n: \${stepResults.first.n}' } })
  .parallel([left])
  .commit();
export const mastra = new Mastra({ workflows: { counting: flow, flow } });
`;

const use = `import { flow, mastra } from './flow';
const run = await flow.createRun();
const result = await run.start({ inputData: { n: 1 } });
console.log(result.steps.first, result.steps['second']);
await run.resume({ step: 'second', resumeData: {} });
mastra.getWorkflow('flow');
const tools = { getWorkflow: (name: string) => name };
tools.getWorkflow('counting');
`;

describe('names in strings', () => {
  const suite = sampleSuite({ 'flow.ts': flow, 'use.ts': use });

  const name = (search: string, file = 'flow.ts', of = suite.sample) =>
    nameAt(of.project, of.file(file), of.at(file, search));
  const show = (places: readonly Location[], of = suite.sample) =>
    places.map(({ file, range }) => {
      const short = file.slice(file.lastIndexOf('/') + 1);
      const line = of.text(short).split('\n')[range.start.line] ?? '';
      return `${short}:${String(range.start.line + 1)} ${line.slice(range.start.character, range.end.character)}`;
    });
  const definitions = (search: string, file = 'flow.ts') => {
    const found = name(search, file);
    return found === undefined ? undefined : show(definitionsOf(suite.sample.project, found));
  };
  const occurrences = (search: string, file = 'flow.ts') => {
    const found = name(search, file);
    return found === undefined ? undefined : show(occurrencesOf(suite.sample.project, found));
  };

  it('lead to what they name', () => {
    assert.deepEqual(definitions(`getStepResult('fi|rst')`), ['flow.ts:6 first']);
    assert.deepEqual(definitions(`stepResults.|first`), ['flow.ts:6 first']);
    assert.deepEqual(definitions(`getWorkflow('|counting')`), ['flow.ts:19 flow']);
    assert.deepEqual(definitions(`getWorkflowById('flow-id|')`), ['flow.ts:19 flow-id']);
    assert.deepEqual(definitions(`['|second']`, 'use.ts'), ['flow.ts:8 second']);
    assert.deepEqual(definitions(`step: '|second'`, 'use.ts'), ['flow.ts:8 second']);
    assert.equal(definitions(`tools.getWorkflow('|counting')`, 'use.ts'), undefined);
    assert.equal(definitions(`path: '|n'`), undefined);
  });

  it('are found wherever they stand', () => {
    const first = ['flow.ts:6 first', 'flow.ts:12 first', 'use.ts:4 first', 'flow.ts:22 first'];
    assert.deepEqual(occurrences(`id: '|first'`), first);
    assert.deepEqual(occurrences(`stepResults.|first`), first);
    assert.deepEqual(occurrences(`getWorkflow('|counting')`), ['flow.ts:25 counting', 'flow.ts:13 counting']);
    assert.deepEqual(occurrences(`workflows: { |counting`), ['flow.ts:25 counting', 'flow.ts:13 counting']);
    assert.deepEqual(occurrences(`id: '|flow-id'`), ['flow.ts:19 flow-id', 'flow.ts:14 flow-id']);
  });

  function renamed(search: string, newText: string, of = suite.sample, file = 'flow.ts') {
    const ready = renamingAt(of.project, of.file(file), of.at(file, search));
    if (ready?.kind !== 'ready') return ready?.reason;
    const edits = renameEdits(of.project, ready.value, newText);
    if (edits.kind === 'refused') return edits.reason;
    return edits.value.map((edit: FileEdit) => `${show([edit], of).join('')} -> ${edit.newText}`);
  }

  it('are renamed in all places', () => {
    assert.deepEqual(renamed(`getStepResult('|first')`, 'opening'), [
      'flow.ts:6 first -> opening',
      'flow.ts:12 first -> opening',
      'use.ts:4 first -> opening',
      'flow.ts:22 first -> opening',
    ]);
    assert.deepEqual(renamed(`getWorkflow('|flow')`, 'main-flow', suite.sample, 'use.ts'), [
      "flow.ts:25 flow -> 'main-flow': flow",
      'use.ts:6 flow -> main-flow',
    ]);
  });

  it('are not renamed to what cannot be a name', () => {
    assert.equal(renamed(`id: '|first'`, 'second'), "'second' is taken: flow.ts:8.");
    assert.equal(renamed(`id: '|first'`, 'a-b'), "'a-b' cannot stand behind the dot at use.ts:4.");
    assert.equal(renamed(`id: '|second'`, 'a.b'), 'The dot separates the ids of nested steps.');
    assert.equal(renamed(`id: '|second'`, ' '), 'A name cannot be empty.');
    assert.match(String(renamed(`id: '|second'`, "it's")), /^A name cannot hold quotes/);
  });

  it('are not renamed where a use could be missed', async () => {
    assert.equal(
      renamed(`id: '|left'`, 'right'),
      "'left' is a key of the data that leaves the .parallel at flow.ts:23.",
    );
    const refused = async (text: string) => {
      const project = await suite.read({ 'flow.ts': `${imports}${text}` });
      return renamed(`id: '|a'`, 'b', project);
    };
    const step = (id: string, execute: string) =>
      `createStep({ id: '${id}', inputSchema: data, outputSchema: data, execute: async ({ inputData, getStepResult }) => { ${execute}; return inputData; } });`;
    assert.equal(
      await refused(`export const a = ${step('a', '')}\nexport const b = ${step('a', '')}`),
      "'a' is given in 2 places: flow.ts:5, flow.ts:6.",
    );
    assert.equal(
      await refused(
        `const id = 'a';\nexport const a = ${step('a', '')}\nexport const c = ${step('c', 'getStepResult(id)')}`,
      ),
      "'a' is also used at flow.ts:7, where it is not written as a string.",
    );
    assert.equal(
      await refused(
        `declare function which(): string;\nexport const a = ${step('a', '')}\nexport const c = ${step('c', 'getStepResult(which())')}`,
      ),
      "What is looked up at flow.ts:7 is not known; it may be 'a'.",
    );
  });

  it('of agents in a chain are found, and more of them may be added while the program runs', async () => {
    const project = await suite.read({
      'flow.ts': `import { Agent } from '@mastra/core/agent';
${imports}
const agent = new Agent({ id: 'helper', name: 'Helper', instructions: '', model: 'openai/gpt-5' });
export const mastra = new Mastra({ agents: { 'my-helper': agent } });
mastra.getAgent('my-helper');
mastra.addAgent(agent, 'other');
`,
    });
    assert.equal(
      renamed(`getAgent('|my-helper')`, 'x', project),
      'More agents are added at flow.ts:10, under keys of their own.',
    );
    const found = name(`'|my-helper': agent`, 'flow.ts', project);
    assert.ok(found !== undefined);
    assert.deepEqual(show(occurrencesOf(project.project, found), project), [
      'flow.ts:8 my-helper',
      'flow.ts:9 my-helper',
    ]);
  });

  it('leave plain keys to TypeScript', () => {
    assert.equal(renamed(`workflows: { |counting`, 'x'), undefined);
  });
});
