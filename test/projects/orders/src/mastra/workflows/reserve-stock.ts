import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { stockOf } from '../lib/catalog';
import { orderLineSchema } from '../lib/schemas';

const reservationState = z.object({
  reserved: z.array(z.string()).default([]),
  missing: z.array(z.string()).default([]),
});

const reservedLineSchema = z.object({ sku: z.string(), enough: z.boolean() });

const listLines = createStep({
  id: 'list-lines',
  inputSchema: z.object({ lines: z.array(orderLineSchema) }),
  outputSchema: z.array(orderLineSchema),
  execute: async ({ inputData }) => inputData.lines,
});

const reserveLine = createStep({
  id: 'reserve-line',
  inputSchema: orderLineSchema,
  outputSchema: reservedLineSchema,
  stateSchema: reservationState,
  execute: async ({ inputData, state, setState }) => {
    const enough = stockOf(inputData.sku, 'warehouse') >= inputData.quantity;
    await setState(
      enough
        ? { ...state, reserved: [...state.reserved, inputData.sku] }
        : { ...state, missing: [...state.missing, inputData.sku] },
    );
    return { sku: inputData.sku, enough };
  },
});

const confirmReservation = createStep({
  id: 'confirm-reservation',
  inputSchema: z.array(reservedLineSchema),
  outputSchema: z.object({ complete: z.boolean(), reserved: z.array(z.string()) }),
  stateSchema: reservationState,
  execute: async ({ inputData, state }) => ({
    complete: inputData.every((line) => line.enough),
    reserved: state.reserved,
  }),
});

export const reserveStockWorkflow = createWorkflow({
  id: 'reserve-stock',
  description: 'Reserves the lines of an order one after the other and keeps count in the state',
  inputSchema: z.object({ lines: z.array(orderLineSchema) }),
  outputSchema: confirmReservation.outputSchema,
  stateSchema: reservationState,
})
  .then(listLines)
  .foreach(reserveLine)
  .then(confirmReservation)
  .commit();
