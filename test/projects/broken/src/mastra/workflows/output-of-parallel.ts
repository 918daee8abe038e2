import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const productSchema = z.object({ sku: z.string() });

const loadPrice = createStep({
  id: 'load-price',
  inputSchema: productSchema,
  outputSchema: z.object({ priceCents: z.number() }),
  execute: async () => ({ priceCents: 1490 }),
});

const loadStock = createStep({
  id: 'load-stock',
  inputSchema: productSchema,
  outputSchema: z.object({ available: z.number() }),
  execute: async () => ({ available: 40 }),
});

export const productWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^^^ warning output-mismatch priceCents
  id: 'product',
  inputSchema: productSchema,
  outputSchema: z.object({ priceCents: z.number(), available: z.number() }),
})
  .parallel([loadPrice, loadStock])
  .commit();
