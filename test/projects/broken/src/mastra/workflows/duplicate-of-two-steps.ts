import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const orderSchema = z.object({ orderId: z.string() });

const reserve = createStep({
  id: 'reserve',
  inputSchema: orderSchema,
  outputSchema: orderSchema,
  execute: async ({ inputData }) => inputData,
});

// Copied, and the id was forgotten.
const release = createStep({
  id: 'reserve',
  inputSchema: orderSchema,
  outputSchema: orderSchema,
  execute: async ({ inputData }) => inputData,
});

export const releaseWorkflow = createWorkflow({ id: 'release', inputSchema: orderSchema, outputSchema: orderSchema })
  .then(reserve)
  .then(release)
  //    ^^^^^^^ warning duplicate-step-id reserve
  .commit();
