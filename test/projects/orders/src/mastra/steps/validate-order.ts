import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
import { findProduct } from '@/lib/catalog';
import { orderSchema } from '@/lib/schemas';

/** Shared by every workflow that starts from an order. */
export const validateOrder = createStep({
  id: 'validate-order',
  description: 'Looks every article up and works out the subtotal and the weight',
  inputSchema: orderSchema,
  outputSchema: z.object({
    orderId: z.string(),
    subtotalCents: z.number(),
    weightGrams: z.number(),
  }),
  execute: async ({ inputData }) => {
    console.log(`validating order ${inputData.orderId} with ${inputData.lines.length} lines`);
    let subtotalCents = 0;
    let weightGrams = 0;
    for (const line of inputData.lines) {
      const product = findProduct(line.sku);
      subtotalCents += product.priceCents * line.quantity;
      weightGrams += product.weightGrams * line.quantity;
    }
    return { orderId: inputData.orderId, subtotalCents, weightGrams };
  },
});
