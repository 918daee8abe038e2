import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { orderLineSchema } from '../lib/schemas';
import { checkStore, checkSupplier, checkWarehouse } from '../steps';

const promiseDelivery = createStep({
  id: 'promise-delivery',
  description: 'Picks the fastest source that has enough',
  inputSchema: z.object({
    'check-warehouse': z.object({ available: z.number() }),
    'check-store': z.object({ available: z.number() }),
    'check-supplier': z.object({ available: z.number(), deliveryDays: z.number() }),
  }),
  outputSchema: z.object({ source: z.enum(['warehouse', 'store', 'supplier', 'none']), days: z.number() }),
  execute: async ({ inputData, getInitData }) => {
    const { quantity } = getInitData<z.infer<typeof orderLineSchema>>();
    if (inputData['check-warehouse'].available >= quantity) return { source: 'warehouse' as const, days: 1 };
    if (inputData['check-store'].available >= quantity) return { source: 'store' as const, days: 2 };
    const supplier = inputData['check-supplier'];
    if (supplier.available >= quantity) return { source: 'supplier' as const, days: supplier.deliveryDays };
    return { source: 'none' as const, days: 0 };
  },
});

export const checkAvailabilityWorkflow = createWorkflow({
  id: 'check-availability',
  description: 'Asks warehouse, store and supplier at the same time',
  inputSchema: orderLineSchema,
  outputSchema: z.object({ source: z.enum(['warehouse', 'store', 'supplier', 'none']), days: z.number() }),
})
  .parallel([checkWarehouse, checkStore, checkSupplier])
  .then(promiseDelivery)
  .commit();
