import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { shippingRatesTool } from '../tools/shipping-rates';

const parseRequest = createStep({
  id: 'parse-request',
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.object({ country: z.string(), weightGrams: z.string() }),
  execute: async ({ inputData }) => ({ country: 'DE', weightGrams: inputData.text }),
});

export const requestWorkflow = createWorkflow({
  id: 'request',
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.object({ priceCents: z.number() }),
})
  .then(parseRequest)
  .tool(shippingRatesTool)
  //    ^^^^^^^^^^^^^^^^^ error schema-mismatch weightGrams
  .commit();
