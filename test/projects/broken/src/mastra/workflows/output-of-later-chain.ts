import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const openClaim = createStep({
  id: 'open-claim',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ claimId: z.string() }),
  execute: async ({ inputData }) => ({ claimId: `C-${inputData.orderId}` }),
});

const assignClaim = createStep({
  id: 'assign-claim',
  inputSchema: z.object({ claimId: z.string() }),
  outputSchema: z.object({ assignee: z.string() }),
  execute: async () => ({ assignee: 'Mara' }),
});

export const claimWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^ warning output-mismatch claimId
  id: 'claim',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ claimId: z.string(), assignee: z.string() }),
});

claimWorkflow.then(openClaim).then(assignClaim).commit();
