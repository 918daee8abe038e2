import { createStep, createWorkflow } from '@mastra/core/workflows';
import { reserveStock, stockAuditWorkflow } from '@shop/steps';
import { z } from 'zod';

const holdOrder = createStep({
  id: 'hold-order',
  inputSchema: z.object({ orderId: z.string(), sku: z.string() }),
  outputSchema: z.object({ sku: z.string(), quantity: z.number() }),
  execute: async ({ inputData }) => ({ sku: inputData.sku, quantity: 1 }),
});

/** Nests a workflow of the other package. */
export const holdOrderWorkflow = createWorkflow({
  id: 'hold-order-for-a-day',
  inputSchema: z.object({ orderId: z.string(), sku: z.string() }),
  outputSchema: z.object({ released: z.boolean() }),
})
  .then(holdOrder)
  .then(reserveStock)
  .map(async ({ inputData }) => ({ sku: inputData.sku, quantity: inputData.quantity }))
  .then(stockAuditWorkflow)
  .commit();
