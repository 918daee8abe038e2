import { createWorkflow } from '@mastra/core/workflows';
import { releaseStock } from '@shop/steps';
import { z } from 'zod';

export const cancelOrderWorkflow = createWorkflow({
  id: 'cancel-order',
  inputSchema: z.object({ reservation: z.string() }),
  outputSchema: z.object({ released: z.boolean() }),
})
  .map(async ({ inputData }) => ({ reservation: inputData.reservation }))
  .then(releaseStock)
  //    ^^^^^^^^^^^^ error schema-mismatch reservationId
  .commit();
