import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const seedStock = createStep({
  id: 'seed-stock',
  inputSchema: z.object({ skus: z.array(z.string()) }),
  outputSchema: z.object({ seeded: z.number() }),
  execute: async ({ inputData }) => ({ seeded: inputData.skus.length }),
});

// In no tsconfig: the language server takes it into a program of its own.
export const seedWorkflow = createWorkflow({
  id: 'seed',
  inputSchema: z.object({ skus: z.array(z.string()) }),
  outputSchema: z.object({ seeded: z.number() }),
})
  .then(seedStock)
  .commit();
