import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { convertCurrencyTool } from '../tools/convert-currency';
import { shippingRatesTool } from '../tools/shipping-rates';

const lookUpRate = createStep(shippingRatesTool);

/** One tool as a step of its own, the other one straight in the chain. */
export default createWorkflow({
  id: 'quote-shipping',
  description: 'What shipping costs, in the currency of the customer',
  inputSchema: z.object({
    country: z.enum(['AT', 'DE', 'NL']),
    weightGrams: z.number().positive(),
  }),
  outputSchema: z.object({ amount: z.number(), currency: z.string() }),
})
  .then(lookUpRate)
  .map(async ({ inputData }) => ({ cents: inputData.priceCents, currency: 'CHF' as const }))
  .tool(convertCurrencyTool)
  .commit();
