import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const lockOrder = createStep({
  id: 'lock-order',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ orderId: z.string() }),
  execute: async ({ inputData }) => inputData,
});

const lockWorkflow = createWorkflow({
  //  ^^^^^^^^^^^^ error missing-commit
  id: 'lock',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ orderId: z.string() }),
});

lockWorkflow.then(lockOrder);

export const cancelWorkflow = createWorkflow({
  id: 'cancel',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ orderId: z.string() }),
})
  .then(lockWorkflow)
  .commit();
