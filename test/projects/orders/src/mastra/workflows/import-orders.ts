import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { wait } from '../lib/wait';

const rowSchema = z.object({ orderId: z.string(), amountCents: z.number() });

const importedRowSchema = rowSchema.extend({ imported: z.boolean() });

const parseRows = createStep({
  id: 'parse-rows',
  description: 'Splits the export of the market place into rows',
  inputSchema: z.object({ csv: z.string() }),
  outputSchema: z.array(rowSchema),
  execute: async ({ inputData }) =>
    inputData.csv
      .trim()
      .split('\n')
      .map((line) => {
        const [orderId = '', amount = '0'] = line.split(';');
        return { orderId, amountCents: Math.round(Number(amount) * 100) };
      }),
});

const importRow = createStep({
  id: 'import-row',
  inputSchema: rowSchema,
  outputSchema: importedRowSchema,
  execute: async ({ inputData }) => {
    await wait(30);
    const imported = inputData.amountCents > 0;
    if (!imported) console.warn(`skipped ${inputData.orderId}: no amount`);
    return { ...inputData, imported };
  },
});

const summariseImport = createStep({
  id: 'summarise-import',
  inputSchema: z.array(importedRowSchema),
  outputSchema: z.object({ imported: z.number(), skipped: z.number(), totalCents: z.number() }),
  execute: async ({ inputData }) => {
    const imported = inputData.filter((row) => row.imported);
    return {
      imported: imported.length,
      skipped: inputData.length - imported.length,
      totalCents: imported.reduce((sum, row) => sum + row.amountCents, 0),
    };
  },
});

export const importOrdersWorkflow = createWorkflow({
  id: 'import-orders',
  description: 'Imports the orders of a market place, three at a time',
  inputSchema: z.object({ csv: z.string().describe('One "order;amount" per line') }),
  outputSchema: summariseImport.outputSchema,
})
  .then(parseRows)
  .foreach(importRow, { concurrency: 3 })
  .then(summariseImport)
  .commit();
