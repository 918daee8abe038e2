import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { supportAgent } from '../agents/support-agent';
import { sendEmail } from '../steps';

const questionSchema = z.object({ customerEmail: z.string(), question: z.string() });

const askAgent = createStep(supportAgent);

export const answerCustomerWorkflow = createWorkflow({
  id: 'answer-customer',
  description: 'Lets the support agent answer a question and mails the answer',
  inputSchema: questionSchema,
  outputSchema: z.object({ answer: z.string(), sent: z.boolean() }),
})
  .map(async ({ inputData }) => ({ prompt: `A customer asks: ${inputData.question}` }))
  .then(askAgent)
  .map(async ({ inputData, getInitData }) => ({
    to: getInitData<z.infer<typeof questionSchema>>().customerEmail,
    text: inputData.text,
  }))
  .then(sendEmail)
  .map({
    answer: { step: askAgent, path: 'text' },
    sent: { step: sendEmail, path: 'sent' },
  })
  .commit();
