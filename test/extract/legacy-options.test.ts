/** Options that Mastra does not have, in texts that are about to become something else. */
import assert from 'node:assert/strict';
import { startSuite, type ExtractSuite } from './project.ts';

describe('unknown options', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  async function optionsIn(literal: string) {
    const { models } = await suite.extract({
      'main.ts': `
import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
export const flow = createWorkflow(${literal});
`,
    });
    return models
      .flatMap(({ facts }) => facts)
      .flatMap((fact) => (fact.kind === 'legacy-api' && fact.shape === 'unknown-option' ? [fact.option] : []));
  }

  it('are named', async () => {
    assert.deepEqual(await optionsIn("{ id: 'flow', colour: 'red' }"), ['colour']);
  });

  it('have a name: what is about to be typed has none', async () => {
    assert.ok(!(await optionsIn("{ id: 'flow', colour.: z.object({}), inputSchema: z.object({}) }")).includes(''));
    assert.ok(!(await optionsIn("{ id: 'flow', z.object({}) }")).includes(''));
  });
});
