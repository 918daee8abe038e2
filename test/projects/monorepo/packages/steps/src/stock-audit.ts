import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { releaseStock, reserveStock } from './stock';

export const stockAuditWorkflow = createWorkflow({
  id: 'stock-audit',
  inputSchema: reserveStock.inputSchema,
  outputSchema: z.object({ released: z.boolean() }),
})
  .then(reserveStock)
  .then(releaseStock)
  .commit();
