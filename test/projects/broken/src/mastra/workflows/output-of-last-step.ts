import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const countStock = createStep({
  id: 'count-stock',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: z.object({ count: z.number() }),
  execute: async () => ({ count: 40 }),
});

export const stockCountWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^^^^^^ warning output-mismatch available
  id: 'stock-count',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: z.object({ count: z.number(), available: z.boolean() }),
})
  .then(countStock)
  .commit();
