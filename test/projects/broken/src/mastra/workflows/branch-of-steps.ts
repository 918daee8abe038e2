import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const claimSchema = z.object({ amountCents: z.number() });

const approveClaim = createStep({
  id: 'approve-claim',
  inputSchema: claimSchema,
  outputSchema: z.object({ approved: z.boolean() }),
  execute: async () => ({ approved: true }),
});

export const claimWorkflow = createWorkflow({ id: 'claim', inputSchema: claimSchema, outputSchema: z.any() })
  .branch([approveClaim])
  //       ^^^^^^^^^^^^ error branch-shape pairs
  .commit();
