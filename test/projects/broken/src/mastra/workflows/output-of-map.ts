import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const sumOrder = createStep({
  id: 'sum-order',
  inputSchema: z.object({ prices: z.array(z.number()) }),
  outputSchema: z.object({ cents: z.number() }),
  execute: async ({ inputData }) => ({ cents: inputData.prices.length * 100 }),
});

export const totalWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^ warning output-mismatch total
  id: 'total',
  inputSchema: z.object({ prices: z.array(z.number()) }),
  outputSchema: z.object({ total: z.number() }),
})
  .then(sumOrder)
  .map(async ({ inputData }) => ({ total: `${inputData.cents / 100} EUR` }))
  .commit();
