import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const orderSchema = z.object({ orderId: z.string() });

const logOrder = createStep({
  id: 'log-order',
  inputSchema: orderSchema,
  outputSchema: orderSchema,
  execute: async ({ inputData }) => inputData,
});

const touchOrder = createStep({
  id: 'touch-order',
  inputSchema: orderSchema,
  outputSchema: orderSchema,
  execute: async ({ inputData }) => inputData,
});

export const touchWorkflow = createWorkflow({ id: 'touch', inputSchema: orderSchema, outputSchema: orderSchema })
  .then(logOrder)
  .then(touchOrder)
  .then(logOrder)
  //    ^^^^^^^^ info step-reused log-order
  .commit();
