import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { wait } from '../lib/wait';

const paymentSchema = z.object({
  orderId: z.string(),
  openCents: z.number(),
  attempts: z.number(),
  authorised: z.boolean(),
});

const openPayment = createStep({
  id: 'open-payment',
  inputSchema: z.object({ orderId: z.string(), totalCents: z.number() }),
  outputSchema: paymentSchema,
  execute: async ({ inputData }) => ({
    orderId: inputData.orderId,
    openCents: inputData.totalCents,
    attempts: 0,
    authorised: false,
  }),
});

const authorisePayment = createStep({
  id: 'authorise-payment',
  description: 'Asks the bank; it takes a few attempts at busy times',
  inputSchema: paymentSchema,
  outputSchema: paymentSchema,
  execute: async ({ inputData }) => {
    await wait(20);
    const attempts = inputData.attempts + 1;
    console.log(`authorisation attempt ${attempts}`);
    return { ...inputData, attempts, authorised: attempts >= 3 };
  },
});

const captureInstalment = createStep({
  id: 'capture-instalment',
  inputSchema: paymentSchema,
  outputSchema: paymentSchema,
  execute: async ({ inputData }) => ({ ...inputData, openCents: Math.max(0, inputData.openCents - 5_000) }),
});

export const collectPaymentWorkflow = createWorkflow({
  id: 'collect-payment',
  description: 'Authorises a payment and captures it in instalments of at most 50 euro',
  inputSchema: z.object({ orderId: z.string(), totalCents: z.number() }),
  outputSchema: paymentSchema,
})
  .then(openPayment)
  .dountil(authorisePayment, async ({ inputData }) => inputData.authorised)
  .dowhile(captureInstalment, async ({ inputData }) => inputData.openCents > 0)
  .commit();
