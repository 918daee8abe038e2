import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
import { stockOf } from '../lib/catalog';
import { orderLineSchema } from '../lib/schemas';
import { wait } from '../lib/wait';

const available = z.object({ available: z.number() });

export const checkWarehouse = createStep({
  id: 'check-warehouse',
  inputSchema: orderLineSchema,
  outputSchema: available,
  execute: async ({ inputData }) => {
    await wait(40);
    return { available: stockOf(inputData.sku, 'warehouse') };
  },
});

export const checkStore = createStep({
  id: 'check-store',
  inputSchema: orderLineSchema,
  outputSchema: available,
  execute: async ({ inputData }) => {
    await wait(20);
    return { available: stockOf(inputData.sku, 'store') };
  },
});

export const checkSupplier = createStep({
  id: 'check-supplier',
  inputSchema: orderLineSchema,
  outputSchema: available.extend({ deliveryDays: z.number() }),
  execute: async ({ inputData }) => {
    await wait(80);
    return { available: stockOf(inputData.sku, 'supplier'), deliveryDays: 4 };
  },
});
