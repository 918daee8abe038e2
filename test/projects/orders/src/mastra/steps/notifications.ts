import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
import { notificationSchema } from '../lib/schemas';

export const sendEmail = createStep({
  id: 'send-email',
  description: 'Hands the message to the mail gateway',
  inputSchema: notificationSchema,
  outputSchema: z.object({ sent: z.boolean() }),
  retries: 2,
  execute: async ({ inputData, writer }) => {
    await writer.write({ type: 'mail', to: inputData.to });
    console.log(`mail to ${inputData.to}: ${inputData.text}`);
    return { sent: true };
  },
});
