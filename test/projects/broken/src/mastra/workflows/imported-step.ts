import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { archiveOrder } from '../steps';

const closeOrder = createStep({
  id: 'close-order',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ orderId: z.string(), closedAt: z.string() }),
  execute: async ({ inputData }) => ({ orderId: inputData.orderId, closedAt: new Date().toISOString() }),
});

export const archiveWorkflow = createWorkflow({
  id: 'archive',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ archived: z.boolean() }),
})
  .then(closeOrder)
  .then(archiveOrder)
  //    ^^^^^^^^^^^^ error schema-mismatch closedAt
  .commit();
