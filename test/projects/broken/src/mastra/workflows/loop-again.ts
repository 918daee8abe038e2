import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const jobSchema = z.object({ jobId: z.string(), attempts: z.number() });

// The second time round there is no jobId any more.
const pollJob = createStep({
  id: 'poll-job',
  inputSchema: jobSchema,
  outputSchema: z.object({ attempts: z.number(), done: z.boolean() }),
  execute: async ({ inputData }) => ({ attempts: inputData.attempts + 1, done: inputData.attempts > 3 }),
});

export const pollingWorkflow = createWorkflow({
  id: 'polling',
  inputSchema: jobSchema,
  outputSchema: z.object({ attempts: z.number(), done: z.boolean() }),
})
  .dountil(pollJob, async ({ inputData }) => inputData.done)
  //       ^^^^^^^ error schema-mismatch jobId
  .commit();
