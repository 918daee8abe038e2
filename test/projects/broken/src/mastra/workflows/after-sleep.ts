import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const writeReminder = createStep({
  id: 'write-reminder',
  inputSchema: z.object({ invoiceId: z.string() }),
  outputSchema: z.object({ subject: z.string() }),
  execute: async ({ inputData }) => ({ subject: `Invoice ${inputData.invoiceId}` }),
});

const sendReminder = createStep({
  id: 'send-reminder',
  inputSchema: z.object({ subject: z.string(), to: z.string() }),
  outputSchema: z.object({ sent: z.boolean() }),
  execute: async ({ inputData }) => ({ sent: inputData.to !== '' }),
});

// A sleep hands on what it got.
export const reminderWorkflow = createWorkflow({
  id: 'reminder',
  inputSchema: z.object({ invoiceId: z.string() }),
  outputSchema: z.object({ sent: z.boolean() }),
})
  .then(writeReminder)
  .sleep(1000, { id: 'period-of-grace' })
  .then(sendReminder)
  //    ^^^^^^^^^^^^ error schema-mismatch to
  .commit();
