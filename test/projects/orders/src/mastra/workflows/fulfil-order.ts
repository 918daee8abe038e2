import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { labelledParcelSchema, parcelSchema } from '../lib/schemas';
import { packParcelWorkflow } from './pack-parcel';

const handToCarrier = createStep({
  id: 'hand-to-carrier',
  inputSchema: labelledParcelSchema,
  outputSchema: z.object({ orderId: z.string(), trackingNumber: z.string(), pickedUp: z.boolean() }),
  execute: async ({ inputData }) => ({
    orderId: inputData.orderId,
    trackingNumber: inputData.trackingNumber,
    pickedUp: true,
  }),
});

export const fulfilOrderWorkflow = createWorkflow({
  id: 'fulfil-order',
  description: 'Packs an order and hands it to the carrier',
  inputSchema: parcelSchema,
  outputSchema: handToCarrier.outputSchema,
})
  .then(packParcelWorkflow)
  .then(handToCarrier)
  .commit();
