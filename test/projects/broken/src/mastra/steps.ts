import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

/** Used by imported-step.ts. */
export const archiveOrder = createStep({
  id: 'archive-order',
  inputSchema: z.object({ orderId: z.string(), closedAt: z.date() }),
  outputSchema: z.object({ archived: z.boolean() }),
  execute: async ({ inputData }) => ({ archived: inputData.closedAt.getTime() > 0 }),
});
