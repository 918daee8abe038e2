import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { formatCents } from '@/lib/money';
import { orderSchema } from '@/lib/schemas';
import { applyDiscount, sendEmail, validateOrder } from '@/steps';

const input = orderSchema.extend({
  coupon: z.string().optional().describe('WELCOME10 takes ten percent off'),
});

const bookOrder = createStep({
  id: 'book-order',
  description: 'Writes the order into the books',
  inputSchema: z.object({
    orderId: z.string(),
    customerEmail: z.string(),
    totalCents: z.number(),
    channel: z.string(),
    // Set by the server for requests of signed-in sales staff
    salesPerson: z.string().optional(),
    reference: z.string(),
  }),
  outputSchema: z.object({ bookingId: z.string(), totalCents: z.number(), customerEmail: z.string() }),
  execute: async ({ inputData }) => {
    console.log(`booking ${inputData.reference} through ${inputData.channel}`);
    return {
      bookingId: `B-${inputData.orderId}`,
      totalCents: inputData.totalCents,
      customerEmail: inputData.customerEmail,
    };
  },
});

/** The way of a customer's order from the basket into the books. */
export const placeOrderWorkflow = createWorkflow({
  id: 'place-order',
  description: 'Validates, prices and books an order, then confirms it by mail',
  inputSchema: input,
  outputSchema: z.object({ bookingId: z.string(), sent: z.boolean() }),
});

placeOrderWorkflow
  .then(validateOrder)
  .map(
    async ({ inputData, getInitData }) => {
      const { coupon } = getInitData<typeof placeOrderWorkflow>();
      return {
        orderId: inputData.orderId,
        subtotalCents: inputData.subtotalCents,
        discountPercent: coupon === 'WELCOME10' ? 10 : 0,
      };
    },
    { id: 'redeem-coupon' },
  )
  .then(applyDiscount)
  .map({
    orderId: { step: validateOrder, path: 'orderId' },
    customerEmail: { initData: placeOrderWorkflow, path: 'customerEmail' },
    totalCents: { step: applyDiscount, path: 'totalCents' },
    channel: { value: 'web', schema: z.string() },
    salesPerson: { requestContextPath: 'salesPerson', schema: z.string().optional() },
    reference: { template: 'order ${initData.orderId}, ${inputData.totalCents} cents' },
  })
  .then(bookOrder)
  .map(async ({ inputData }) => ({
    to: inputData.customerEmail,
    text: `We have booked your order for ${formatCents(inputData.totalCents)}.`,
  }))
  .then(sendEmail)
  .map({
    bookingId: { step: bookOrder, path: 'bookingId' },
    sent: { step: sendEmail, path: 'sent' },
  })
  .commit();
