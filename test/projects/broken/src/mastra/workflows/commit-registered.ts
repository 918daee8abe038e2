import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const cleanCart = createStep({
  id: 'clean-cart',
  inputSchema: z.object({ cartId: z.string() }),
  outputSchema: z.object({ removed: z.number() }),
  execute: async () => ({ removed: 2 }),
});

// Registered in ../index.ts, which commits it.
export const cartWorkflow = createWorkflow({
  //         ^^^^^^^^^^^^ hint missing-commit
  id: 'cart',
  inputSchema: z.object({ cartId: z.string() }),
  outputSchema: z.object({ removed: z.number() }),
}).then(cleanCart);
