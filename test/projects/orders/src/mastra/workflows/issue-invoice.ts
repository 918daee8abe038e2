import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { percentOf } from '@/lib/money';

const invoiceInput = z.object({
  orderId: z.string(),
  netCents: z.number(),
  vatPercent: z.number().default(19),
  language: z.enum(['de', 'en', 'nl']).default('en'),
});

const addVat = createStep({
  id: 'add-vat',
  inputSchema: z.object({
    orderId: z.string(),
    netCents: z.number(),
    vatPercent: z.number().default(19),
    rounding: z.enum(['up', 'nearest']).default('nearest'),
  }),
  outputSchema: z.object({ orderId: z.string(), grossCents: z.number() }),
  execute: async ({ inputData }) => {
    const vat = percentOf(inputData.netCents, inputData.vatPercent);
    return { orderId: inputData.orderId, grossCents: inputData.netCents + vat };
  },
});

const renderInvoice = createStep({
  id: 'render-invoice',
  inputSchema: z.object({
    orderId: z.string(),
    grossCents: z.number(),
    copies: z.number().int().default(1),
  }),
  outputSchema: z.object({ invoiceId: z.string(), pages: z.number() }),
  execute: async ({ inputData }) => ({ invoiceId: `INV-${inputData.orderId}`, pages: inputData.copies }),
});

export const issueInvoiceWorkflow = createWorkflow({
  id: 'issue-invoice',
  description: 'Adds the value-added tax and renders the invoice',
  inputSchema: invoiceInput,
  outputSchema: z.object({ invoiceId: z.string(), pages: z.number() }),
})
  // Rounding and copies have defaults, so they need not be passed on.
  .map(async ({ inputData }) => ({
    orderId: inputData.orderId,
    netCents: inputData.netCents,
    vatPercent: inputData.vatPercent,
  }))
  .then(addVat)
  .map({
    orderId: { step: addVat, path: 'orderId' },
    grossCents: { step: addVat, path: 'grossCents' },
  })
  .then(renderInvoice)
  .commit();
