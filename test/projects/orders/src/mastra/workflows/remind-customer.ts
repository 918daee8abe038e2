import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { sendEmail } from '../steps/notifications';

const reminderSchema = z.object({ invoiceId: z.string(), customerEmail: z.string() });

const writeReminder = createStep({
  id: 'write-reminder',
  inputSchema: reminderSchema,
  outputSchema: z.object({ to: z.string(), text: z.string() }),
  execute: async ({ inputData }) => ({
    to: inputData.customerEmail,
    text: `Invoice ${inputData.invoiceId} is still open.`,
  }),
});

// Named sleeps survive a restart of the server; unnamed ones get a new id each time.
export const remindCustomerWorkflow = createWorkflow({
  id: 'remind-customer',
  description: 'Waits for the period of grace, then reminds the customer of an open invoice',
  inputSchema: reminderSchema,
  outputSchema: sendEmail.outputSchema,
})
  .sleep(300, { id: 'period-of-grace', description: 'Three days in production' })
  .then(writeReminder)
  .sleepUntil(async () => new Date(Date.now() + 200), { id: 'office-hours' })
  .then(sendEmail)
  .commit();
