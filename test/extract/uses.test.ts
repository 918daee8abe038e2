/** Uses of workflows, dependencies between files, and what is listed as not readable. */
import assert from 'node:assert/strict';
import { flow, head, startSuite, type ExtractSuite } from './project.ts';

describe('files', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  it('finds where workflows are registered, run, copied and continued', async () => {
    const { models, folder } = await suite.extract({
      'flows.ts': `${head}
export const one = ${flow}.then(add).commit();
export const two = ${flow}.then(add);
export const three = ${flow}.then(add).commit();
export const four = ${flow}.then(add).commit();
export const five = ${flow}.then(add).commit();
export const unused = ${flow}.then(add).commit();`,
      'barrel.ts': `export * from './flows'; export { one as renamed } from './flows';`,
      'index.ts': `
import { Mastra } from '@mastra/core/mastra';
import { Agent } from '@mastra/core/agent';
import { createStep, cloneWorkflow } from '@mastra/core/workflows';
import { renamed, two, three, four, five } from './barrel';
const more = { three };
export const mastra = new Mastra({ workflows: { renamed, second: two, ...more } });
export const agent = new Agent({ id: 'a', name: 'a', instructions: '', model: 'openai/gpt-5-mini', workflows: { four } });
export async function start() { const run = await four.createRun(); return run; }
export const step = createStep(five as any);
export const copy = cloneWorkflow(five, { id: 'copy' });
two.commit();
other.createRun(); declare const other: { createRun(): void };
console.log({ workflows: [1] }, renamed.id);`,
    });
    const uses = models.flatMap((model) => model.uses);
    assert.deepEqual(
      uses.map((use) => `${use.kind} ${use.workflow.slice(folder.length + 1)} at ${String(use.range.start.line)}`),
      [
        'run flows.ts#four at 8',
        'extended flows.ts#two at 11',
        'other flows.ts#five at 9',
        'other flows.ts#five at 10',
        'registered flows.ts#one at 6',
        'registered flows.ts#two at 6',
        'registered flows.ts#three at 5',
        'other flows.ts#four at 7',
      ],
    );
  });

  it('depends on every file of the project that it imports, directly or not', async () => {
    const { models, folder } = await suite.extract({
      'main.ts': `${head}import { schema } from './schemas'; export const main = createWorkflow({ id: 'm', inputSchema: schema, outputSchema: count });`,
      'schemas.ts': `export { schema } from './deep/schema'; import './main';`,
      'deep/schema.ts': `import { z } from 'zod'; import type { Shape } from './types'; export const schema = z.custom<Shape>();`,
      'deep/types.ts': `export interface Shape { n: number }`,
      'stranger.ts': `export {};`,
    });
    assert.deepEqual(
      models[0]?.dependencies.map((file) => file.slice(folder.length + 1)),
      ['deep/schema.ts', 'deep/types.ts', 'schemas.ts'],
    );
  });

  it('lists what cannot be read, with its place and a reason', async () => {
    const { models, source } = await suite.extract({
      'main.ts': `${head}
declare const steps: any[];
export const main = ${flow}.then(steps[0]).then(add).commit();`,
    });
    assert.deepEqual(
      models[0]?.opaque.map((part) => [source(part.file, part.range), part.reason]),
      [
        ['steps[0]', 'the element is chosen while the program runs'],
        ['add', 'the element is chosen while the program runs'],
      ],
    );
  });

  it('has an empty model for a file without workflows', async () => {
    const { models } = await suite.extract({ 'main.ts': `export const x = 1;` });
    assert.deepEqual(models[0], { ...models[0], workflows: [], uses: [], opaque: [], dependencies: [] });
  });
});
