import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { shippingRatesTool } from '../tools/shipping-rates';

const addToInvoice = createStep({
  id: 'add-to-invoice',
  inputSchema: z.object({ priceCents: z.number(), description: z.string() }),
  outputSchema: z.object({ added: z.boolean() }),
  execute: async ({ inputData }) => ({ added: inputData.description !== '' }),
});

export const shippingCostWorkflow = createWorkflow({
  id: 'shipping-cost',
  inputSchema: z.object({ country: z.string(), weightGrams: z.number() }),
  outputSchema: z.object({ added: z.boolean() }),
})
  .tool(shippingRatesTool)
  .then(addToInvoice)
  //    ^^^^^^^^^^^^ error schema-mismatch description
  .commit();
