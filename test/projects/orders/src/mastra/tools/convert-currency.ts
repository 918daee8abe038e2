import { createTool } from '@mastra/core/tools';
import { z } from 'zod';

const perEuro = { CHF: 0.94, GBP: 0.85, USD: 1.09 };

export const convertCurrencyTool = createTool({
  id: 'convert-currency',
  description: 'Converts an amount in euro cents into another currency',
  inputSchema: z.object({
    cents: z.number(),
    currency: z.enum(['CHF', 'GBP', 'USD']),
  }),
  outputSchema: z.object({
    amount: z.number(),
    currency: z.string(),
  }),
  execute: async ({ cents, currency }) => ({
    amount: Math.round(cents * perEuro[currency]) / 100,
    currency,
  }),
});
