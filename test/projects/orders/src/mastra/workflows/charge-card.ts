import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { wait } from '../lib/wait';

const chargeSchema = z.object({
  orderId: z.string(),
  totalCents: z.number(),
  cardNumber: z.string().describe('4000 0000 0000 0002 is always declined'),
});

const checkCard = createStep({
  id: 'check-card',
  inputSchema: chargeSchema,
  outputSchema: chargeSchema.extend({ network: z.string() }),
  execute: async ({ inputData }) => ({
    ...inputData,
    network: inputData.cardNumber.startsWith('4') ? 'visa' : 'other',
  }),
});

async function callGateway(cardNumber: string): Promise<string> {
  await wait(30);
  if (cardNumber.endsWith('0002')) {
    throw new TypeError('The gateway answered 402 card_declined');
  }
  return 'PAY-1001';
}

const charge = createStep({
  id: 'charge',
  description: 'Charges the card at the payment gateway',
  inputSchema: checkCard.outputSchema,
  outputSchema: z.object({ paymentId: z.string() }),
  execute: async ({ inputData }) => {
    try {
      return { paymentId: await callGateway(inputData.cardNumber) };
    } catch (cause) {
      console.error(`charging order ${inputData.orderId} failed`);
      throw new Error(`Could not charge order ${inputData.orderId}`, { cause });
    }
  },
});

const writeReceipt = createStep({
  id: 'write-receipt',
  inputSchema: charge.outputSchema,
  outputSchema: z.object({ receipt: z.string() }),
  execute: async ({ inputData }) => ({ receipt: `Receipt for ${inputData.paymentId}` }),
});

export const chargeCardWorkflow = createWorkflow({
  id: 'charge-card',
  description: 'Charges a card; fails for the test card that is always declined',
  inputSchema: chargeSchema,
  outputSchema: writeReceipt.outputSchema,
})
  .then(checkCard)
  .then(charge)
  .then(writeReceipt)
  .commit();
