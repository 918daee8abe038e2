import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const findCustomer = createStep({
  id: 'find-customer',
  inputSchema: z.object({ customerId: z.string() }),
  outputSchema: z.object({ name: z.string(), email: z.string().optional() }),
  execute: async ({ inputData }) => ({ name: inputData.customerId }),
});

const sendInvoice = createStep({
  id: 'send-invoice',
  inputSchema: z.object({ name: z.string(), email: z.string() }),
  outputSchema: z.object({ sent: z.boolean() }),
  execute: async ({ inputData }) => ({ sent: inputData.email.includes('@') }),
});

export const invoiceWorkflow = createWorkflow({
  id: 'invoice',
  inputSchema: z.object({ customerId: z.string() }),
  outputSchema: z.object({ sent: z.boolean() }),
})
  .then(findCustomer)
  .then(sendInvoice)
  //    ^^^^^^^^^^^ error schema-mismatch email
  .commit();
