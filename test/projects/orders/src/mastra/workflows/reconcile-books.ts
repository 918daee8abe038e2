import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { waitOrAbort } from '../lib/wait';

const daySchema = z.object({ day: z.string().describe('Date, e.g. 2026-03-31') });

const booksSchema = daySchema.extend({ bookings: z.number() });

const loadBookings = createStep({
  id: 'load-bookings',
  inputSchema: daySchema,
  outputSchema: booksSchema,
  execute: async ({ inputData, abortSignal }) => {
    console.log(`loading the bookings of ${inputData.day}`);
    await waitOrAbort(600, abortSignal);
    return { ...inputData, bookings: 42 };
  },
});

const matchPayments = createStep({
  id: 'match-payments',
  description: 'Compares bookings and payments in batches',
  inputSchema: booksSchema,
  outputSchema: booksSchema.extend({ matched: z.number() }),
  execute: async ({ inputData, abortSignal, writer }) => {
    let matched = 0;
    while (matched < inputData.bookings) {
      await waitOrAbort(200, abortSignal);
      matched = Math.min(inputData.bookings, matched + 7);
      await writer.write({ type: 'progress', matched, of: inputData.bookings });
      console.log(`matched ${matched} of ${inputData.bookings}`);
    }
    return { ...inputData, matched };
  },
});

const closeDay = createStep({
  id: 'close-day',
  inputSchema: matchPayments.outputSchema,
  outputSchema: z.object({ day: z.string(), open: z.number() }),
  execute: async ({ inputData, abortSignal }) => {
    await waitOrAbort(500, abortSignal);
    return { day: inputData.day, open: inputData.bookings - inputData.matched };
  },
});

/** Takes about two and a half seconds and stops at once when it is cancelled. */
export const reconcileBooksWorkflow = createWorkflow({
  id: 'reconcile-books',
  description: 'The nightly comparison of bookings and payments',
  inputSchema: daySchema,
  outputSchema: closeDay.outputSchema,
})
  .then(loadBookings)
  .then(matchPayments)
  .then(closeDay)
  .commit();
