import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const weighParcel = createStep({
  id: 'weigh-parcel',
  inputSchema: z.object({ parcelId: z.string(), grams: z.number() }),
  outputSchema: z.object({ parcelId: z.string(), grams: z.number() }),
  execute: async ({ inputData }) => inputData,
});

const packWorkflow = createWorkflow({
  id: 'pack',
  inputSchema: z.object({ parcelId: z.string(), grams: z.number() }),
  outputSchema: z.object({ parcelId: z.string(), grams: z.number() }),
})
  .then(weighParcel)
  .commit();

const openParcel = createStep({
  id: 'open-parcel',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ parcelId: z.string() }),
  execute: async ({ inputData }) => ({ parcelId: `P-${inputData.orderId}` }),
});

export const shipWorkflow = createWorkflow({
  id: 'ship',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ parcelId: z.string(), grams: z.number() }),
})
  .then(openParcel)
  .then(packWorkflow)
  //    ^^^^^^^^^^^^ error schema-mismatch grams
  .commit();
