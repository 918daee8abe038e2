import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const returnSchema = z.object({
  orderId: z.string(),
  reason: z.enum(['damaged', 'wrong-item', 'changed-mind']),
  daysSinceDelivery: z.number().int(),
});

const inspectReturn = createStep({
  id: 'inspect-return',
  inputSchema: returnSchema,
  outputSchema: returnSchema.extend({ withinPeriod: z.boolean() }),
  execute: async ({ inputData }) => ({ ...inputData, withinPeriod: inputData.daysSinceDelivery <= 30 }),
});

const replaceItem = createStep({
  id: 'replace-item',
  inputSchema: inspectReturn.outputSchema,
  outputSchema: z.object({ replacementOrderId: z.string() }),
  execute: async ({ inputData }) => ({ replacementOrderId: `${inputData.orderId}-R` }),
});

const refundItem = createStep({
  id: 'refund-item',
  inputSchema: inspectReturn.outputSchema,
  outputSchema: z.object({ refundPercent: z.number() }),
  execute: async ({ inputData }) => ({ refundPercent: inputData.withinPeriod ? 100 : 50 }),
});

// Ends in a branch: the result is keyed by the steps that ran.
export const classifyReturnWorkflow = createWorkflow({
  id: 'classify-return',
  description: 'Decides whether a returned item is replaced or refunded',
  inputSchema: returnSchema,
  outputSchema: z.object({
    'replace-item': z.object({ replacementOrderId: z.string() }).optional(),
    'refund-item': z.object({ refundPercent: z.number() }).optional(),
  }),
})
  .then(inspectReturn)
  .branch([
    [async ({ inputData }) => inputData.reason !== 'changed-mind', replaceItem],
    [async ({ inputData }) => inputData.reason === 'changed-mind', refundItem],
  ])
  .commit();
