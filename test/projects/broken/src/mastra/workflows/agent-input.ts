import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { supportAgent } from '../agents/support-agent';

const askAgent = createStep(supportAgent);

// An agent needs { prompt }.
export const questionWorkflow = createWorkflow({
  id: 'question',
  inputSchema: z.object({ customerEmail: z.string(), question: z.string() }),
  outputSchema: z.object({ text: z.string() }),
})
  .map(async ({ inputData }) => ({ message: inputData.question }))
  .then(askAgent)
  //    ^^^^^^^^ error agent-step-input prompt
  .commit();
