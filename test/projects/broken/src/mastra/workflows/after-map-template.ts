import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const measureParcel = createStep({
  id: 'measure-parcel',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ grams: z.number() }),
  execute: async () => ({ grams: 380 }),
});

const calculatePostage = createStep({
  id: 'calculate-postage',
  inputSchema: z.object({ grams: z.number() }),
  outputSchema: z.object({ cents: z.number() }),
  execute: async ({ inputData }) => ({ cents: inputData.grams * 2 }),
});

// A template is always a string, even when it holds nothing but a number.
export const postageWorkflow = createWorkflow({
  id: 'postage',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ cents: z.number() }),
})
  .then(measureParcel)
  .map({ grams: { template: '${inputData.grams}' } })
  .then(calculatePostage)
  //    ^^^^^^^^^^^^^^^^ error schema-mismatch grams
  .commit();
