import { createTool } from '@mastra/core/tools';
import { z } from 'zod';

export const shippingRatesTool = createTool({
  id: 'shipping-rates',
  description: 'Price of shipping a parcel to a country',
  inputSchema: z.object({ country: z.string(), weightGrams: z.number() }),
  outputSchema: z.object({ priceCents: z.number() }),
  execute: async ({ weightGrams }) => ({ priceCents: weightGrams > 2000 ? 790 : 490 }),
});
