import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const lineSchema = z.object({ sku: z.string(), quantity: z.number() });

const checkWarehouse = createStep({
  id: 'check-warehouse',
  inputSchema: lineSchema,
  outputSchema: z.object({ available: z.number() }),
  execute: async () => ({ available: 40 }),
});

const checkSupplier = createStep({
  id: 'check-supplier',
  inputSchema: lineSchema.extend({ supplierId: z.string() }),
  outputSchema: z.object({ available: z.number() }),
  execute: async () => ({ available: 200 }),
});

export const stockWorkflow = createWorkflow({
  id: 'stock',
  inputSchema: lineSchema,
  outputSchema: z.object({
    'check-warehouse': z.object({ available: z.number() }),
    'check-supplier': z.object({ available: z.number() }),
  }),
})
  .parallel([checkWarehouse, checkSupplier])
  //                         ^^^^^^^^^^^^^ error schema-mismatch supplierId
  .commit();
