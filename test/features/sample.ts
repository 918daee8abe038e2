/** One workflow with every kind of call, for the tests of language features. */
export const everyCall = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { Mastra } from '@mastra/core';
import { z } from 'zod';
import { say } from './steps';
const count = z.object({ n: z.number() });
const add = createStep({
  id: 'add',
  description: 'Adds one',
  inputSchema: count,
  outputSchema: count,
  execute: async ({ inputData }) => inputData,
});
export const inner = createWorkflow({
  id: 'inner-flow',
  description: 'Only adds',
  inputSchema: count,
  outputSchema: count,
})
  .then(add)
  .commit();
export const flow = createWorkflow({ id: 'flow', inputSchema: count, outputSchema: count })
  .then(inner)
  .parallel([add, inner])
  .map(async () => ({ n: 1 }))
  .branch([
    [async () => true, add],
    [async () => false, say],
  ])
  .map(async () => [{ n: 1 }])
  .foreach(add, { concurrency: 2 })
  .map(async () => ({ n: 1 }))
  .dountil(add, async () => true)
  .sleep(10)
  .then(say)
  .commit();
export const mastra = new Mastra({ workflows: { flow } });
`;

export const steps = `
import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';
export const say = createStep({
  id: 'say',
  inputSchema: z.object({ n: z.number() }),
  outputSchema: z.object({
    text: z.string(),
    address: z.object({ street: z.string(), city: z.string(), country: z.string(), zip: z.string() }).optional(),
    tags: z.array(z.object({ name: z.string(), weight: z.number() })),
  }),
  execute: async () => ({ text: '', tags: [] }),
});
`;
