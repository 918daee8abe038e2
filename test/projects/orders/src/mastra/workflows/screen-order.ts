import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const screenedSchema = z.object({ orderId: z.string(), totalCents: z.number(), country: z.string() });

const scoreAddress = createStep({
  id: 'score-address',
  inputSchema: screenedSchema,
  outputSchema: z.object({ score: z.number() }),
  execute: async ({ inputData }) => ({ score: inputData.country === 'DE' ? 5 : 20 }),
});

const scoreAmount = createStep({
  id: 'score-amount',
  inputSchema: screenedSchema,
  outputSchema: z.object({ score: z.number() }),
  execute: async ({ inputData }) => ({ score: Math.min(80, Math.round(inputData.totalCents / 1_000)) }),
});

const decide = createStep({
  id: 'decide',
  inputSchema: z.object({
    'score-address': z.object({ score: z.number() }),
    'score-amount': z.object({ score: z.number() }),
  }),
  outputSchema: z.object({ score: z.number(), accepted: z.boolean() }),
  execute: async ({ inputData }) => {
    const score = inputData['score-address'].score + inputData['score-amount'].score;
    return { score, accepted: score < 60 };
  },
});

// The chain was built up over time: first the scores, the decision came later.
const screening = createWorkflow({
  id: 'screen-order',
  description: 'Scores an order for fraud',
  inputSchema: screenedSchema,
  outputSchema: z.object({ score: z.number(), accepted: z.boolean() }),
});

const scored = screening.parallel([scoreAddress, scoreAmount]);

scored.then(decide).commit();

export const screenOrderWorkflow = screening;
