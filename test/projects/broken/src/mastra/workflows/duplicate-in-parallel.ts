import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const mailSchema = z.object({ to: z.string() });

const notifyCustomer = createStep({
  id: 'notify',
  inputSchema: mailSchema,
  outputSchema: z.object({ sent: z.boolean() }),
  execute: async () => ({ sent: true }),
});

const notifySales = createStep({
  id: 'notify',
  inputSchema: mailSchema,
  outputSchema: z.object({ sent: z.boolean() }),
  execute: async () => ({ sent: true }),
});

export const notifyWorkflow = createWorkflow({
  id: 'notify-all',
  inputSchema: mailSchema,
  outputSchema: z.object({ notify: z.object({ sent: z.boolean() }) }),
})
  .parallel([notifyCustomer, notifySales])
  //                         ^^^^^^^^^^^ error duplicate-step-id notify
  .commit();
