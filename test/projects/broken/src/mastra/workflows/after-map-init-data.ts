import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const searchInput = z.object({ text: z.string(), limit: z.string() });

const countMatches = createStep({
  id: 'count-matches',
  inputSchema: searchInput,
  outputSchema: z.object({ matches: z.number() }),
  execute: async ({ inputData }) => ({ matches: inputData.text.length }),
});

const listMatches = createStep({
  id: 'list-matches',
  inputSchema: z.object({ matches: z.number(), limit: z.number() }),
  outputSchema: z.object({ listed: z.number() }),
  execute: async ({ inputData }) => ({ listed: Math.min(inputData.matches, inputData.limit) }),
});

export const searchWorkflow = createWorkflow({
  id: 'search',
  inputSchema: searchInput,
  outputSchema: z.object({ listed: z.number() }),
});

searchWorkflow
  .then(countMatches)
  .map({
    matches: { step: countMatches, path: 'matches' },
    limit: { initData: searchWorkflow, path: 'limit' },
  })
  .then(listMatches)
  //    ^^^^^^^^^^^ error schema-mismatch limit
  .commit();
