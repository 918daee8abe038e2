import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const orderSchema = z.object({ orderId: z.string() });

const splitOrder = createStep({
  id: 'split-order',
  inputSchema: orderSchema,
  outputSchema: orderSchema,
  execute: async ({ inputData }) => inputData,
});

export const splitWorkflow = createWorkflow({ id: 'split', inputSchema: orderSchema, outputSchema: orderSchema });

splitWorkflow
  .then(splitOrder)
  .then(splitWorkflow)
  //    ^^^^^^^^^^^^^ error workflow-cycle
  .commit();
