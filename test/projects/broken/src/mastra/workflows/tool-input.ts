import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { shippingRatesTool } from '../tools/shipping-rates';

const lookUpRate = createStep(shippingRatesTool);

export const quoteWorkflow = createWorkflow({
  id: 'quote',
  inputSchema: z.object({ country: z.string(), weightKilograms: z.number() }),
  outputSchema: z.object({ priceCents: z.number() }),
})
  .map(async ({ inputData }) => ({ country: inputData.country, weight: inputData.weightKilograms * 1000 }))
  .then(lookUpRate)
  //    ^^^^^^^^^^ error schema-mismatch weightGrams
  .commit();
