import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const claimSchema = z.object({ amountCents: z.number() });

const review = createStep({
  id: 'review',
  inputSchema: claimSchema,
  outputSchema: z.object({ reviewed: z.boolean() }),
  execute: async () => ({ reviewed: true }),
});

export const reviewWorkflow = createWorkflow({
  id: 'review-claim',
  inputSchema: claimSchema,
  outputSchema: z.object({ review: z.object({ reviewed: z.boolean() }).optional() }),
})
  .branch([
    [async ({ inputData }) => inputData.amountCents > 10_000, review],
    [async ({ inputData }) => inputData.amountCents > 50_000, review],
    //                                                        ^^^^^^ warning step-reused review
  ])
  .commit();
