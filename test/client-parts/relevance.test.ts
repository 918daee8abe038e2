import assert from 'node:assert/strict';
import { importsMastra } from '../../client/src/relevance.ts';

describe('a source text imports Mastra', () => {
  for (const text of [
    `import { createWorkflow } from '@mastra/core/workflows';`,
    `import { createStep,\n  createWorkflow,\n} from "@mastra/core";`,
    `import '@mastra/core';`,
    `export { createStep } from\n  '@mastra/core/workflows';`,
    `const { Mastra } = await import('@mastra/core');`,
    `import core = require("@mastra/core");`,
  ]) {
    it(`with ${JSON.stringify(text)}`, () => assert.equal(importsMastra(text), true));
  }

  for (const text of [
    `// see the docs of @mastra/core`,
    `const name = '@mastra/core';`,
    `import { createWorkflow } from './mastra/core';`,
    `import { x } from '@mastrasaurus/core';`,
    ``,
  ]) {
    it(`but not with ${JSON.stringify(text)}`, () => assert.equal(importsMastra(text), false));
  }
});
