import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
import { percentOf } from '../lib/money';
import { pricedOrderSchema } from '../lib/schemas';

export const applyDiscount = createStep({
  id: 'apply-discount',
  description: 'Takes the discount off the subtotal',
  inputSchema: z.object({
    orderId: z.string(),
    subtotalCents: z.number(),
    // Most orders have none
    discountPercent: z.number().min(0).max(100).default(0),
  }),
  outputSchema: pricedOrderSchema,
  execute: async ({ inputData }) => {
    const discountCents = percentOf(inputData.subtotalCents, inputData.discountPercent);
    return {
      orderId: inputData.orderId,
      subtotalCents: inputData.subtotalCents,
      discountCents,
      totalCents: inputData.subtotalCents - discountCents,
    };
  },
});
