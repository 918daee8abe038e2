import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const ticketSchema = z.object({ text: z.string(), urgent: z.boolean() });

const callCustomer = createStep({
  id: 'call-customer',
  inputSchema: ticketSchema,
  outputSchema: z.object({ answer: z.string() }),
  execute: async () => ({ answer: 'called' }),
});

const mailCustomer = createStep({
  id: 'mail-customer',
  inputSchema: ticketSchema,
  outputSchema: z.object({ answer: z.string() }),
  execute: async () => ({ answer: 'mailed' }),
});

// The result is { 'call-customer': { answer } } or { 'mail-customer': { answer } }.
export const ticketWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^^^ warning output-mismatch answer
  id: 'ticket',
  inputSchema: ticketSchema,
  outputSchema: z.object({ answer: z.string() }),
})
  .branch([
    [async ({ inputData }) => inputData.urgent, callCustomer],
    [async ({ inputData }) => !inputData.urgent, mailCustomer],
  ])
  .commit();
