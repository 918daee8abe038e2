import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const quoteCarrier = createStep({
  id: 'quote-carrier',
  inputSchema: z.object({ country: z.string(), priority: z.enum(['low', 'high']) }),
  outputSchema: z.object({ days: z.number() }),
  execute: async ({ inputData }) => ({ days: inputData.priority === 'high' ? 1 : 4 }),
});

export const carrierWorkflow = createWorkflow({
  id: 'carrier',
  inputSchema: z.object({ country: z.string() }),
  outputSchema: z.object({ days: z.number() }),
});

carrierWorkflow
  .map({
    country: { initData: carrierWorkflow, path: 'country' },
    priority: { value: 2, schema: z.number() },
  })
  .then(quoteCarrier)
  //    ^^^^^^^^^^^^ error schema-mismatch priority
  .commit();
