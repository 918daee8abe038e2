import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const quoteSchema = z.object({ currency: z.string(), netCents: z.number() });

const quoteStep = createStep({
  id: 'quote',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: quoteSchema,
  execute: async ({ inputData }) => {
    const net = `${inputData.sku.length} EUR`;
    return { currency: 'EUR', netCents: net };
    //                                  ^^^ warning step-output-mismatch netCents
  },
});

export const quoteWorkflow = createWorkflow({
  id: 'quote-order',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: quoteSchema,
})
  .then(quoteStep)
  .commit();
