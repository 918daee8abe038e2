import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { supportAgent } from '../agents/support-agent';

const storeAnswer = createStep({
  id: 'store-answer',
  inputSchema: z.object({ answer: z.string() }),
  outputSchema: z.object({ stored: z.boolean() }),
  execute: async ({ inputData }) => ({ stored: inputData.answer !== '' }),
});

export const answerWorkflow = createWorkflow({
  id: 'answer',
  inputSchema: z.object({ prompt: z.string() }),
  outputSchema: z.object({ stored: z.boolean() }),
})
  .agent(supportAgent)
  .then(storeAnswer)
  //    ^^^^^^^^^^^ error schema-mismatch answer
  .commit();
