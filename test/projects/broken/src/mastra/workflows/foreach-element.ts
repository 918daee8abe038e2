import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const splitCsv = createStep({
  id: 'split-csv',
  inputSchema: z.object({ csv: z.string() }),
  outputSchema: z.array(z.object({ orderId: z.string(), amount: z.string() })),
  execute: async ({ inputData }) => inputData.csv.split(',').map((orderId) => ({ orderId, amount: '1.00' })),
});

const importRow = createStep({
  id: 'import-row',
  inputSchema: z.object({ orderId: z.string(), amountCents: z.number() }),
  outputSchema: z.object({ imported: z.boolean() }),
  execute: async ({ inputData }) => ({ imported: inputData.amountCents > 0 }),
});

export const importWorkflow = createWorkflow({
  id: 'import',
  inputSchema: z.object({ csv: z.string() }),
  outputSchema: z.array(z.object({ imported: z.boolean() })),
})
  .then(splitCsv)
  .foreach(importRow, { concurrency: 3 })
  //       ^^^^^^^^^ error schema-mismatch amountCents
  .commit();
