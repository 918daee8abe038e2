import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const findOrder = createStep({
  id: 'find-order',
  inputSchema: z.object({ orderNumber: z.number() }),
  outputSchema: z.object({ orderNumber: z.number(), customer: z.object({ email: z.string() }) }),
  execute: async ({ inputData }) => ({ orderNumber: inputData.orderNumber, customer: { email: 'ada@example.com' } }),
});

const confirmOrder = createStep({
  id: 'confirm-order',
  inputSchema: z.object({ to: z.string(), reference: z.string() }),
  outputSchema: z.object({ sent: z.boolean() }),
  execute: async ({ inputData }) => ({ sent: inputData.to.length + inputData.reference.length > 0 }),
});

export const confirmationWorkflow = createWorkflow({
  id: 'confirmation',
  inputSchema: z.object({ orderNumber: z.number() }),
  outputSchema: z.object({ sent: z.boolean() }),
})
  .then(findOrder)
  .map({
    to: { step: findOrder, path: 'customer.email' },
    reference: { step: findOrder, path: 'orderNumber' },
  })
  .then(confirmOrder)
  //    ^^^^^^^^^^^^ error schema-mismatch reference
  .commit();
