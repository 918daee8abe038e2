import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const basketSchema = z.object({ orderId: z.string(), express: z.boolean() });

const routeExpress = createStep({
  id: 'route-express',
  inputSchema: basketSchema,
  outputSchema: z.object({ carrier: z.string() }),
  execute: async () => ({ carrier: 'courier' }),
});

const routeStandard = createStep({
  id: 'route-standard',
  inputSchema: z.object({ orderId: z.number() }),
  outputSchema: z.object({ carrier: z.string() }),
  execute: async () => ({ carrier: 'parcel' }),
});

export const routeWorkflow = createWorkflow({
  id: 'route',
  inputSchema: basketSchema,
  outputSchema: z.object({
    'route-express': z.object({ carrier: z.string() }).optional(),
    'route-standard': z.object({ carrier: z.string() }).optional(),
  }),
})
  .branch([
    [async ({ inputData }) => inputData.express, routeExpress],
    [async ({ inputData }) => !inputData.express, routeStandard],
    //                                            ^^^^^^^^^^^^^ error schema-mismatch orderId
  ])
  .commit();
