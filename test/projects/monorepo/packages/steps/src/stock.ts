import { createStep } from '@mastra/core/workflows';
import { z } from 'zod';

const lineSchema = z.object({ sku: z.string(), quantity: z.number() });

export const reserveStock = createStep({
  id: 'reserve-stock',
  description: 'Takes the quantity out of the available stock',
  inputSchema: lineSchema,
  outputSchema: lineSchema.extend({ reservationId: z.string() }),
  execute: async ({ inputData }) => ({ ...inputData, reservationId: `R-${inputData.sku}` }),
});

export const releaseStock = createStep({
  id: 'release-stock',
  inputSchema: z.object({ reservationId: z.string() }),
  outputSchema: z.object({ released: z.boolean() }),
  execute: async ({ inputData }) => ({ released: inputData.reservationId.startsWith('R-') }),
});
