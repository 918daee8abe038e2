/** From names to declarations: imports, re-exports, wrappers, factories; and what only looks like Mastra's. */
import assert from 'node:assert/strict';
import { head, startSuite, type ExtractSuite } from './project.ts';

const stepsFile = `
import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
const count = z.object({ n: z.number() });
export const one = createStep({ id: 'one', inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) });
const two = createStep({ id: 'two', inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) });
export { two as second };
export const group = { three: createStep({ id: 'three', inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) }), one };
export class Steps { static four = createStep({ id: 'four', inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) }); }
export default createStep({ id: 'five', inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) });
export const make = (id: string) => createStep({ id, inputSchema: count, outputSchema: count, execute: async () => ({ n: 1 }) });
export function generic<const Id extends string, S extends z.ZodType>(id: Id, schema: S) {
  return createStep({ id, inputSchema: schema, outputSchema: count, execute: async () => ({ n: 1 }) });
}
export const prefixed = ({ name }: { name: string }) => make(\`step-\${name}\`);
`;

const start = `
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const count = z.object({ n: z.number() });
const flow = () => createWorkflow({ id: 'flow', inputSchema: count, outputSchema: count });
`;

function chainOf(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

describe('resolving', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  it('follows imports, barrels, renames, namespaces, objects, classes, default exports and aliases', async () => {
    const { workflow, folder } = await suite.extract({
      'main.ts': `
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import five, { first, second as other } from './barrel';
import * as all from './barrel';
const count = z.object({ n: z.number() });
const { three } = all.group;
const alias = first;
export const main = createWorkflow({ id: 'flow', inputSchema: count, outputSchema: count })
  .then(alias).then(other).then(three).then(all.Steps.four).then(five).then(all['first']).then(all.group['one'])
  .commit();`,
      'barrel.ts': `export { one as first, second, group, Steps, default } from './deep/steps';`,
      'deep/steps.ts': stepsFile,
    });
    assert.deepEqual(
      workflow('main').entries.map((entry) => [
        entry.node,
        entry.check.kind,
        entry.definition?.file.slice(folder.length + 1),
        entry.definition?.range.start.line,
      ]),
      [
        ['one', 'fits', 'deep/steps.ts', 4],
        ['two', 'fits', 'deep/steps.ts', 5],
        ['three', 'fits', 'deep/steps.ts', 7],
        ['four', 'fits', 'deep/steps.ts', 8],
        ['five', 'fits', 'deep/steps.ts', 9],
        ['one-2', 'fits', 'deep/steps.ts', 4],
        ['one-3', 'fits', 'deep/steps.ts', 4],
      ],
    );
  });

  it('reads steps made by functions: ids from arguments and types, schemas from the body or the call', async () => {
    const { workflow } = await suite.extract({
      'main.ts': `
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { make, generic, prefixed } from './steps';
const count = z.object({ n: z.number() });
const made = make('made');
const text = generic('text', z.object({ text: z.string() }));
export const main = createWorkflow({ id: 'flow', inputSchema: count, outputSchema: count })
  .then(made).then(make('inline')).then(prefixed({ name: 'b' })).then(generic('same', count)).then(text)
  .commit();`,
      'steps.ts': stepsFile,
    });
    assert.deepEqual(
      workflow('main').entries.map((entry) => [
        entry.type,
        entry.type === 'step' && entry.id.known ? entry.id.value : undefined,
        entry.check.kind,
      ]),
      [
        ['step', 'made', 'fits'],
        ['step', 'inline', 'fits'],
        ['step', 'step-b', 'fits'],
        ['step', 'same', 'fits'],
        // Only the type of the call tells the schema, so a field that is missing may have a default.
        ['step', 'text', 'opaque'],
      ],
    );
  });

  it('finds makers through aliases, namespaces, local re-exports, dynamic imports and destructured wrappers', async () => {
    const { workflows } = await suite.extract({
      'main.ts': `
import { createWorkflow as define } from '@mastra/core/workflows';
import * as mastra from '@mastra/core/workflows';
import { makeFlow, createWorkflow } from './kit';
import { createWorkflow as evented } from './inngest';
import { z } from 'zod';
const count = z.object({ n: z.number() });
const { createWorkflow: taken } = mastra;
const renamed = define;
export const a = define({ id: 'a', inputSchema: count, outputSchema: count });
export const b = mastra.createWorkflow({ id: 'b', inputSchema: count, outputSchema: count });
export const c = createWorkflow({ id: 'c', inputSchema: count, outputSchema: count });
export const d = makeFlow({ id: 'd', inputSchema: count, outputSchema: count });
export const e = taken({ id: 'e', inputSchema: count, outputSchema: count });
export const f = renamed({ id: 'f', inputSchema: count, outputSchema: count });
export const g = new mastra.Workflow({ id: 'g', inputSchema: count, outputSchema: count });
export const h = evented({ id: 'h', inputSchema: count, outputSchema: count });
export async function later() {
  const { createWorkflow: dynamic } = await import('@mastra/core/workflows');
  return dynamic({ id: 'i', inputSchema: count, outputSchema: count });
}`,
      'kit.ts': `export { createWorkflow, createWorkflow as makeFlow } from '@mastra/core/workflows';`,
      'inngest.ts': `
// A package that is not installed here.
import { init } from '@mastra/inngest';
export const { createWorkflow, createStep } = init({});`,
    });
    assert.deepEqual(
      workflows.map((workflow) => workflow.id.known && workflow.id.value),
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
    );
  });

  it("takes nothing that is merely called like Mastra's", async () => {
    const { workflows } = await suite.extract({
      'main.ts': `
import { createStep, createWorkflow } from './own';
import { createWorkflow as other } from 'some-package';
import '@mastra/core/workflows';
export const a = createWorkflow({ id: 'a', inputSchema: {}, outputSchema: {} }).then(createStep({ id: 's' })).commit();
export const b = other({ id: 'b', inputSchema: {}, outputSchema: {} });
function shadow(createWorkflow: (options: object) => object) { return createWorkflow({ id: 'c', inputSchema: {} }); }
class Workflow { constructor(readonly options: object) {} }
export const d = new Workflow({ id: 'd' });
fetch('x').then((response) => response.json()).then(shadow);`,
      'own.ts': `
export const createStep = (options: object) => options;
export const createWorkflow = (options: object) => ({ then(step: object) { return this; }, commit() { return options; } });`,
    });
    assert.deepEqual(workflows, []);
  });

  it('models a workflow made by a function once for the function and once for each call', async () => {
    const extracted = await suite.extract({
      'main.ts': `${head}
import { build } from './build';
export const first = build('first', add);
export const second = build('second', say).then(measure).commit();
export const outer = createWorkflow({ id: 'outer', inputSchema: count, outputSchema: count }).then(first).commit();`,
      'build.ts': `
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
export function build(id: string, step: any) {
  const made = createWorkflow({ id: \`the-\${id}\`, inputSchema: z.object({ n: z.number() }), outputSchema: z.any() });
  made.then(step);
  return made;
}`,
    });
    assert.equal(
      extracted.text(),
      `workflow the-first, name first, export first, not committed
  add: step add
workflow the-second, name second, export second, committed
  say: step say
  measure: step measure
workflow outer, name outer, export outer, committed
  the-first: workflow the-first is main.ts#first
  end [unknown: the schema yields any value]
workflow ? (the id is computed), name made, commit unknown: returned by a function, whose caller may go on with it, incomplete: returned by a function, whose caller may go on with it
  opaque: opaque (it is not made with createStep or createWorkflow in the source) [unknown: it is not made with createStep or createWorkflow in the source]
  end [unknown: returned by a function, whose caller may go on with it]`,
    );
  });

  it('ends at what leads in a circle', async () => {
    const { text } = await suite.extract({
      'main.ts': `${start}
import { x } from './a';
const one: any = two;
const two: any = one;
function again(): any { return again(); }
const self: any = self.then(x);
export const main = flow().then(x).then(one).then(again()).then(self).commit();`,
      'a.ts': `export { x } from './b';`,
      'b.ts': `export { x } from './a';`,
    });
    const lines = chainOf(text()).filter((line) => line.includes(': opaque ('));
    assert.equal(lines.length, 4);
  });

  it('keeps the keys of a file apart', async () => {
    const { workflows, folder } = await suite.extract({
      'main.ts': `${head}
const own = createWorkflow({ id: 'a', inputSchema: count, outputSchema: count });
function inner() { const own = createWorkflow({ id: 'b', inputSchema: count, outputSchema: count }).then(add).commit(); return own; }
export const flows = { own: createWorkflow({ id: 'c', inputSchema: count, outputSchema: count }).then(createWorkflow({ id: 'd', inputSchema: count, outputSchema: count })) };
export default createWorkflow({ id: 'e', inputSchema: count, outputSchema: count });
own.then(add).commit(); inner();`,
    });
    assert.deepEqual(
      workflows.map((workflow) => [
        workflow.key.slice(folder.length + 1),
        workflow.id.known && workflow.id.value,
        workflow.exportName,
      ]),
      [
        ['main.ts#own', 'a', undefined],
        ['main.ts#own~2', 'b', undefined],
        ['main.ts#own~3', 'c', undefined],
        ['main.ts#1', 'd', undefined],
        ['main.ts#2', 'e', 'default'],
      ],
    );
  });
});

describe('without @mastra/core', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite([]);
  });
  after(() => suite.close());

  it('reads the structure from syntax; schemas stay unknown', async () => {
    const extracted = await suite.extract({
      'main.ts': `${head}
import * as mastra from '@mastra/core/workflows';
import { imported } from './steps';
const inner = mastra.createWorkflow({ id: 'inner', inputSchema: count, outputSchema: count }).then(mastra.createStep({ id: 'own', execute: async () => {} })).commit();
export const main = createWorkflow({ id: 'flow', inputSchema: count, outputSchema: count })
  .then(add)
  .map(async () => ({ n: 1 }))
  .parallel([say, imported])
  .branch([[async () => true, inner]])
  .map(async () => [])
  .foreach(add, { concurrency: 2 });`,
      'steps.ts': `import { createStep } from '@mastra/core/workflows';
export const imported = createStep({ id: 'imported', execute: async () => {} });`,
    });
    assert.equal(
      extracted.text().replaceAll(/ \[unknown: [^\]]*\]/g, ''),
      `workflow inner, name inner, committed
  own: step own
  end
workflow flow, name main, export main, not committed
  add: step add
  map: mapping by function
  parallel: parallel
    say: step say
    imported: step imported
  branch: conditional
    when true
    inner: workflow inner is main.ts#inner
  map-2: mapping by function
  foreach: foreach by 2
    add: step add
  end`,
    );
    const checks = extracted.workflows.flatMap((workflow) => workflow.entries.map((entry) => entry.check.kind));
    assert.ok(!checks.includes('differs'));
  });
});
