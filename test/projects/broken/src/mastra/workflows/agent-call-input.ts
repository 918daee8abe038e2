import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { supportAgent } from '../agents/support-agent';

const readMail = createStep({
  id: 'read-mail',
  inputSchema: z.object({ mailId: z.string() }),
  outputSchema: z.object({ prompt: z.string().nullable() }),
  execute: async () => ({ prompt: null }),
});

export const mailWorkflow = createWorkflow({
  id: 'mail',
  inputSchema: z.object({ mailId: z.string() }),
  outputSchema: z.object({ text: z.string() }),
})
  .then(readMail)
  .map(async ({ inputData }) => ({ prompt: inputData.prompt }))
  .agent(supportAgent)
  //     ^^^^^^^^^^^^ error agent-step-input prompt
  .commit();
