import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const priceOrder = createStep({
  id: 'price-order',
  inputSchema: z.object({ orderId: z.string(), quantity: z.number() }),
  outputSchema: z.object({ totalCents: z.number() }),
  execute: async ({ inputData }) => ({ totalCents: inputData.quantity * 1490 }),
});

// The input of the workflow calls it amount.
export const priceWorkflow = createWorkflow({
  id: 'price',
  inputSchema: z.object({ orderId: z.string(), amount: z.number() }),
  outputSchema: z.object({ totalCents: z.number() }),
})
  .then(priceOrder)
  //    ^^^^^^^^^^ error schema-mismatch quantity
  .commit();
