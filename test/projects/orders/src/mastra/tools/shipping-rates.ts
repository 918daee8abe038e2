import { createTool } from '@mastra/core/tools';
import { z } from 'zod';

const ratesCents = { AT: 790, DE: 490, NL: 590 };

export const shippingRatesTool = createTool({
  id: 'shipping-rates',
  description: 'Price and duration of shipping a parcel to a country',
  inputSchema: z.object({
    country: z.enum(['AT', 'DE', 'NL']),
    weightGrams: z.number().positive(),
  }),
  outputSchema: z.object({
    priceCents: z.number(),
    days: z.number(),
  }),
  execute: async ({ country, weightGrams }) => ({
    priceCents: ratesCents[country] + (weightGrams > 2000 ? 300 : 0),
    days: country === 'DE' ? 2 : 4,
  }),
});
