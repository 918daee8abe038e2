import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const findRate = createStep({
  id: 'find-rate',
  inputSchema: z.object({ country: z.string() }),
  outputSchema: z.object({ rateCents: z.number() }),
  execute: async ({ inputData }) => ({ rateCents: inputData.country === 'DE' ? 490 : 790 }),
});

const rateWorkflow = createWorkflow({
  id: 'rate',
  inputSchema: z.object({ country: z.string() }),
  outputSchema: z.object({ rateCents: z.number() }),
})
  .then(findRate)
  .commit();

const addInsurance = createStep({
  id: 'add-insurance',
  inputSchema: z.object({ shippingCents: z.number() }),
  outputSchema: z.object({ totalCents: z.number() }),
  execute: async ({ inputData }) => ({ totalCents: inputData.shippingCents + 250 }),
});

export const insuredShippingWorkflow = createWorkflow({
  id: 'insured-shipping',
  inputSchema: z.object({ country: z.string() }),
  outputSchema: z.object({ totalCents: z.number() }),
})
  .then(rateWorkflow)
  .then(addInsurance)
  //    ^^^^^^^^^^^^ error schema-mismatch shippingCents
  .commit();
