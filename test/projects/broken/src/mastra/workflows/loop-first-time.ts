import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const openPayment = createStep({
  id: 'open-payment',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ orderId: z.string() }),
  execute: async ({ inputData }) => inputData,
});

const captureInstalment = createStep({
  id: 'capture-instalment',
  inputSchema: z.object({ orderId: z.string(), openCents: z.number() }),
  outputSchema: z.object({ orderId: z.string(), openCents: z.number() }),
  execute: async ({ inputData }) => ({ ...inputData, openCents: inputData.openCents - 500 }),
});

export const paymentWorkflow = createWorkflow({
  id: 'payment',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ orderId: z.string(), openCents: z.number() }),
})
  .then(openPayment)
  .dowhile(captureInstalment, async ({ inputData }) => inputData.openCents > 0)
  //       ^^^^^^^^^^^^^^^^^ error schema-mismatch openCents
  .commit();
