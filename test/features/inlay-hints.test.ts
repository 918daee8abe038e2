import assert from 'node:assert/strict';
import { dataFlowHints } from '../../server/src/features/inlayHints.ts';
import { sampleSuite, type FeatureProject } from './project.ts';
import { everyCall, steps } from './sample.ts';

describe('inlay hints of the data flow', () => {
  const suite = sampleSuite({ 'flow.ts': everyCall, 'steps.ts': steps });

  /** The lines of the hints, with the hints behind the code that they stand at. */
  function shown(project: FeatureProject, name: string, detail: 'short' | 'full', from = 0, to = 1000) {
    const lines = project.text(name).split('\n');
    const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
    return dataFlowHints(project.project, project.file(name), range, detail).map(({ position, label }) => {
      assert.ok(typeof label === 'string');
      return `${(lines[position.line] ?? '').slice(0, position.character).trim()} ${label}`;
    });
  }

  it('name the fields, or their types as well', () => {
    assert.deepEqual(shown(suite.sample, 'flow.ts', 'short'), [
      '.then(add) → { n }',
      '.then(inner) → { n }',
      '.parallel([add, inner]) → { add, "inner-flow" }',
      '.map(async () => ({ n: 1 })) → { n }',
      ']) → { add?, say? }',
      '.map(async () => [{ n: 1 }]) → { n }[]',
      '.foreach(add, { concurrency: 2 }) → { n }[]',
      '.map(async () => ({ n: 1 })) → { n }',
      '.dountil(add, async () => true) → { n }',
      '.sleep(10) → { n }',
      '.then(say) → { text, address?, tags }',
    ]);
    const full = shown(suite.sample, 'flow.ts', 'full');
    assert.equal(full[2], '.parallel([add, inner]) → { add: { n: number }; "inner-flow": { n: number } }');
    assert.ok(full.every((line) => line.length < 180));
  });

  it('are made for the lines that are shown', () => {
    const { line } = suite.sample.at('flow.ts', '.sleep(10)');
    assert.deepEqual(shown(suite.sample, 'flow.ts', 'short', line, line + 1), ['.sleep(10) → { n }']);
    assert.deepEqual(shown(suite.sample, 'steps.ts', 'short'), []);
  });

  it('are left out where nothing is known, or not one thing', async () => {
    const project = await suite.read({
      'a.ts': `import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
declare const steps: any;
const a = createStep({ id: 'a', inputSchema: z.object({}), outputSchema: z.object({ a: z.string() }), execute: async () => ({ a: '' }) });
export const flow = createWorkflow({ id: 'flow', inputSchema: z.object({}), outputSchema: z.any() })
  .then(steps.first)
  .then(a)
  .commit();
`,
    });
    assert.deepEqual(shown(project, 'a.ts', 'short'), ['.then(a) → { a }']);
  });
});
