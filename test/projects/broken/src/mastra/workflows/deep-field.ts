import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const loadOrder = createStep({
  id: 'load-order',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ customer: z.object({ name: z.string(), zip: z.string() }) }),
  execute: async () => ({ customer: { name: 'Ada Jansen', zip: '1015 CS' } }),
});

const chooseDepot = createStep({
  id: 'choose-depot',
  inputSchema: z.object({ customer: z.object({ name: z.string(), postalCode: z.string() }) }),
  outputSchema: z.object({ depot: z.string() }),
  execute: async ({ inputData }) => ({ depot: inputData.customer.postalCode.slice(0, 2) }),
});

export const depotWorkflow = createWorkflow({
  id: 'depot',
  inputSchema: z.object({ orderId: z.string() }),
  outputSchema: z.object({ depot: z.string() }),
})
  .then(loadOrder)
  .then(chooseDepot)
  //    ^^^^^^^^^^^ error schema-mismatch postalCode
  .commit();
