import { createStep, createWorkflow } from '@mastra/core/workflows';
import { labelledParcelSchema, parcelSchema } from '../lib/schemas';
import { wait } from '../lib/wait';

const weighParcel = createStep({
  id: 'weigh-parcel',
  inputSchema: parcelSchema,
  outputSchema: parcelSchema,
  execute: async ({ inputData }) => {
    await wait(20);
    // The box itself
    return { ...inputData, weightGrams: inputData.weightGrams + 150 };
  },
});

const printLabel = createStep({
  id: 'print-label',
  inputSchema: parcelSchema,
  outputSchema: labelledParcelSchema,
  execute: async ({ inputData }) => ({ ...inputData, trackingNumber: `TRK-${inputData.orderId}` }),
});

/** Only a part of others, so it is not registered in the Mastra instance. */
export const packParcelWorkflow = createWorkflow({
  id: 'pack-parcel',
  description: 'Weighs a parcel and prints its label',
  inputSchema: parcelSchema,
  outputSchema: labelledParcelSchema,
})
  .then(weighParcel)
  .then(printLabel)
  .commit();
