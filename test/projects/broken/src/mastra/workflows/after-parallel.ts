import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const orderSchema = z.object({ totalCents: z.number(), country: z.string() });

const scoreAmount = createStep({
  id: 'score-amount',
  inputSchema: orderSchema,
  outputSchema: z.object({ score: z.number() }),
  execute: async ({ inputData }) => ({ score: inputData.totalCents / 1000 }),
});

const scoreAddress = createStep({
  id: 'score-address',
  inputSchema: orderSchema,
  outputSchema: z.object({ score: z.number() }),
  execute: async ({ inputData }) => ({ score: inputData.country === 'DE' ? 5 : 20 }),
});

// The result of .parallel() is keyed by the ids of the steps, not by their variables.
const decide = createStep({
  id: 'decide',
  inputSchema: z.object({
    scoreAmount: z.object({ score: z.number() }),
    scoreAddress: z.object({ score: z.number() }),
  }),
  outputSchema: z.object({ accepted: z.boolean() }),
  execute: async ({ inputData }) => ({ accepted: inputData.scoreAmount.score + inputData.scoreAddress.score < 60 }),
});

export const screeningWorkflow = createWorkflow({
  id: 'screening',
  inputSchema: orderSchema,
  outputSchema: z.object({ accepted: z.boolean() }),
})
  .parallel([scoreAmount, scoreAddress])
  .then(decide)
  //    ^^^^^^ error schema-mismatch scoreAmount
  .commit();
