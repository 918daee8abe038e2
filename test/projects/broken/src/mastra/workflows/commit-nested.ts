import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const gaugeParcel = createStep({
  id: 'gauge-parcel',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ parcelId: z.string() }),
  execute: async ({ inputData }) => inputData,
});

const measureWorkflow = createWorkflow({
  //  ^^^^^^^^^^^^^^^ error missing-commit
  id: 'measure',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ parcelId: z.string() }),
}).then(gaugeParcel);

export const handoverWorkflow = createWorkflow({
  id: 'handover',
  inputSchema: z.object({ parcelId: z.string() }),
  outputSchema: z.object({ parcelId: z.string() }),
})
  .then(measureWorkflow)
  .commit();
