import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const bookOrder = createStep({
  id: 'book-order',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ bookingNumber: z.string() }),
  execute: async ({ inputData }) => ({ bookingNumber: `B-${inputData.orderId}` }),
});

// The step was renamed from bookingNo, the workflow was not.
export const bookingWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^^^ warning output-mismatch bookingNo
  id: 'booking',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ bookingNo: z.string() }),
})
  .then(bookOrder)
  .commit();
