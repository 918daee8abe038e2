import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const greetCustomer = createStep({
  id: 'greet-customer',
  inputSchema: z.object({ name: z.string() }),
  outputSchema: z.object({ greeting: z.string() }),
  execute: async ({ inputData }) => ({ greeting: `Hello ${inputData.name}` }),
});

const greetingWorkflow = createWorkflow({
  //  ^^^^^^^^^^^^^^^^ error missing-commit
  id: 'greeting',
  inputSchema: z.object({ name: z.string() }),
  outputSchema: z.object({ greeting: z.string() }),
}).then(greetCustomer);

export async function greet(name: string) {
  const run = await greetingWorkflow.createRun();
  return run.start({ inputData: { name } });
}
