import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const listParcels = createStep({
  id: 'list-parcels',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.array(z.string()),
  execute: async ({ inputData }) => [`${inputData.orderId}-1`, `${inputData.orderId}-2`],
});

const trackParcel = createStep({
  id: 'track-parcel',
  inputSchema: z.string(),
  outputSchema: z.object({ delivered: z.boolean() }),
  execute: async ({ inputData }) => ({ delivered: inputData.endsWith('1') }),
});

// A step behind .foreach() gets all the results at once.
const closeOrder = createStep({
  id: 'close-order',
  inputSchema: z.object({ delivered: z.boolean() }),
  outputSchema: z.object({ closed: z.boolean() }),
  execute: async ({ inputData }) => ({ closed: inputData.delivered }),
});

export const trackingWorkflow = createWorkflow({
  id: 'tracking',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ closed: z.boolean() }),
})
  .then(listParcels)
  .foreach(trackParcel)
  .then(closeOrder)
  //    ^^^^^^^^^^ error schema-mismatch
  .commit();
