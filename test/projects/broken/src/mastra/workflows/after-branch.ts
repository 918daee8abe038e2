import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const returnSchema = z.object({ orderId: z.string(), damaged: z.boolean() });

const replaceItem = createStep({
  id: 'replace-item',
  inputSchema: returnSchema,
  outputSchema: z.object({ text: z.string() }),
  execute: async () => ({ text: 'We send you a new one.' }),
});

const refundItem = createStep({
  id: 'refund-item',
  inputSchema: returnSchema,
  outputSchema: z.object({ text: z.string() }),
  execute: async () => ({ text: 'You get your money back.' }),
});

// Only the branches that were taken have a result.
const answerReturn = createStep({
  id: 'answer-return',
  inputSchema: z.object({
    'replace-item': z.object({ text: z.string() }),
    'refund-item': z.object({ text: z.string() }),
  }),
  outputSchema: z.object({ answer: z.string() }),
  execute: async ({ inputData }) => ({ answer: inputData['replace-item'].text }),
});

export const returnWorkflow = createWorkflow({
  id: 'return',
  inputSchema: returnSchema,
  outputSchema: z.object({ answer: z.string() }),
})
  .branch([
    [async ({ inputData }) => inputData.damaged, replaceItem],
    [async ({ inputData }) => !inputData.damaged, refundItem],
  ])
  .then(answerReturn)
  //    ^^^^^^^^^^^^ error schema-mismatch replace-item
  .commit();
