import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const readWeight = createStep({
  id: 'read-weight',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ parcelId: z.string(), weight: z.string() }),
  execute: async ({ inputData }) => ({ parcelId: inputData.parcelId, weight: '380 g' }),
});

const printLabel = createStep({
  id: 'print-label',
  inputSchema: z.object({ parcelId: z.string(), weight: z.number() }),
  outputSchema: z.object({ label: z.string() }),
  execute: async ({ inputData }) => ({ label: `${inputData.parcelId}, ${inputData.weight} g` }),
});

export const labelWorkflow = createWorkflow({
  id: 'label',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ label: z.string() }),
})
  .then(readWeight)
  .then(printLabel)
  //    ^^^^^^^^^^ error schema-mismatch weight
  .commit();
