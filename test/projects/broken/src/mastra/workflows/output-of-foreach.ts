import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const listSkus = createStep({
  id: 'list-skus',
  inputSchema: z.object({ category: z.string() }),
  outputSchema: z.array(z.string()),
  execute: async () => ['MUG-01', 'LAMP-07'],
});

const checkSku = createStep({
  id: 'check-sku',
  inputSchema: z.string(),
  outputSchema: z.object({ valid: z.boolean() }),
  execute: async ({ inputData }) => ({ valid: inputData.includes('-') }),
});

export const categoryWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^^^^ warning output-mismatch valid
  id: 'category',
  inputSchema: z.object({ category: z.string() }),
  outputSchema: z.object({ valid: z.boolean() }),
})
  .then(listSkus)
  .foreach(checkSku)
  .commit();
