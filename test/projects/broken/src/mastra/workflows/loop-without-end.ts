import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const jobSchema = z.object({ jobId: z.string(), done: z.boolean() });

const pollJob = createStep({
  id: 'poll-job',
  inputSchema: jobSchema,
  outputSchema: jobSchema,
  execute: async ({ inputData }) => ({ ...inputData, done: true }),
});

const forever = async () => true;

export const pollWorkflow = createWorkflow({ id: 'poll', inputSchema: jobSchema, outputSchema: jobSchema })
  .dowhile(pollJob, forever)
  //                ^^^^^^^ warning unbounded-loop dowhile
  .commit();
