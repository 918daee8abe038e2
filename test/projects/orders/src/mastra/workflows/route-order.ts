import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const basketSchema = z.object({
  orderId: z.string(),
  totalCents: z.number(),
  express: z.boolean(),
});

const routeSchema = z.object({ carrier: z.string(), cutOff: z.string() });

const routeExpress = createStep({
  id: 'route-express',
  inputSchema: basketSchema,
  outputSchema: routeSchema,
  execute: async () => ({ carrier: 'courier', cutOff: '18:00' }),
});

const routeInsured = createStep({
  id: 'route-insured',
  inputSchema: basketSchema,
  outputSchema: routeSchema,
  execute: async () => ({ carrier: 'insured parcel', cutOff: '14:00' }),
});

const routeStandard = createStep({
  id: 'route-standard',
  inputSchema: basketSchema,
  outputSchema: routeSchema,
  execute: async () => ({ carrier: 'parcel', cutOff: '16:00' }),
});

// Every condition that holds runs its step, so they must exclude each other.
const isExpensive = async ({ inputData }: { inputData: z.infer<typeof basketSchema> }) =>
  !inputData.express && inputData.totalCents >= 50_000;

export const routeOrderWorkflow = createWorkflow({
  id: 'route-order',
  description: 'Chooses the carrier of an order',
  inputSchema: basketSchema,
  outputSchema: routeSchema,
})
  .branch([
    [async ({ inputData }) => inputData.express, routeExpress],
    [isExpensive, routeInsured],
    [async ({ inputData }) => !inputData.express && inputData.totalCents < 50_000, routeStandard],
  ])
  .map(async ({ inputData }) => {
    const route = inputData['route-express'] ?? inputData['route-insured'] ?? inputData['route-standard'];
    if (!route) throw new Error('No route matched');
    return { carrier: route.carrier, cutOff: route.cutOff };
  })
  .commit();
