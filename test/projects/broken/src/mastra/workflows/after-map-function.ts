import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const sumLines = createStep({
  id: 'sum-lines',
  inputSchema: z.object({ prices: z.array(z.number()) }),
  outputSchema: z.object({ subtotalCents: z.number() }),
  execute: async ({ inputData }) => ({ subtotalCents: inputData.prices.reduce((sum, price) => sum + price, 0) }),
});

const addVat = createStep({
  id: 'add-vat',
  inputSchema: z.object({ netCents: z.number(), vatPercent: z.number() }),
  outputSchema: z.object({ grossCents: z.number() }),
  execute: async ({ inputData }) => ({ grossCents: inputData.netCents * (1 + inputData.vatPercent / 100) }),
});

// The compiler sees any behind a .map(), so it lets this pass.
export const vatWorkflow = createWorkflow({
  id: 'vat',
  inputSchema: z.object({ prices: z.array(z.number()) }),
  outputSchema: z.object({ grossCents: z.number() }),
})
  .then(sumLines)
  .map(async ({ inputData }) => ({ netCent: inputData.subtotalCents, vatPercent: 19 }))
  .then(addVat)
  //    ^^^^^^ error schema-mismatch netCents
  .commit();
