import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const loadLines = createStep({
  id: 'load-lines',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ lines: z.array(z.string()) }),
  execute: async () => ({ lines: ['MUG-01', 'LAMP-07'] }),
});

const reserveLine = createStep({
  id: 'reserve-line',
  inputSchema: z.string(),
  outputSchema: z.object({ reserved: z.boolean() }),
  execute: async ({ inputData }) => ({ reserved: inputData !== '' }),
});

// The array is one level down, so nothing would be reserved.
export const reservationWorkflow = createWorkflow({
  id: 'reservation',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.array(z.object({ reserved: z.boolean() })),
})
  .then(loadLines)
  .foreach(reserveLine)
  //       ^^^^^^^^^^^ error foreach-not-array
  .commit();
