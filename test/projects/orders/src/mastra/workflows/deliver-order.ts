import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { orderSchema } from '../lib/schemas';
import { sendEmail, validateOrder } from '../steps';
import { fulfilOrderWorkflow } from './fulfil-order';
import { packParcelWorkflow } from './pack-parcel';

const enclosePresent = createStep({
  id: 'enclose-present',
  description: 'Adds the present that new customers get, in a parcel of its own',
  inputSchema: fulfilOrderWorkflow.outputSchema,
  outputSchema: z.object({ orderId: z.string(), weightGrams: z.number() }),
  execute: async ({ inputData }) => ({ orderId: `${inputData.orderId}-present`, weightGrams: 120 }),
});

// pack-parcel runs twice here: inside fulfil-order, and for the present.
export const deliverOrderWorkflow = createWorkflow({
  id: 'deliver-order',
  description: 'From the order to two parcels on their way',
  inputSchema: orderSchema,
  outputSchema: z.object({ orderTracking: z.string(), presentTracking: z.string() }),
})
  .then(validateOrder)
  .then(fulfilOrderWorkflow)
  .then(enclosePresent)
  .then(packParcelWorkflow)
  .map(async ({ getInitData, getStepResult }) => ({
    to: getInitData<z.infer<typeof orderSchema>>().customerEmail,
    text: `Your parcel: ${getStepResult(fulfilOrderWorkflow).trackingNumber}`,
  }))
  .then(sendEmail)
  .map({
    orderTracking: { step: fulfilOrderWorkflow, path: 'trackingNumber' },
    presentTracking: { step: packParcelWorkflow, path: 'trackingNumber' },
  })
  .commit();
