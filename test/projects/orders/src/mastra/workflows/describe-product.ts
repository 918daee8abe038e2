import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { copywriterAgent } from '../agents/copywriter-agent';
import { findProduct } from '../lib/catalog';

const draftPrompt = createStep({
  id: 'draft-prompt',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: z.object({ prompt: z.string() }),
  execute: async ({ inputData }) => ({ prompt: `Describe the product "${findProduct(inputData.sku).name}".` }),
});

const publishDescription = createStep({
  id: 'publish-description',
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.object({ description: z.string(), words: z.number() }),
  execute: async ({ inputData }) => ({ description: inputData.text, words: inputData.text.split(' ').length }),
});

const describeProductWorkflow = createWorkflow({
  id: 'describe-product',
  description: 'Has a product description written',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: publishDescription.outputSchema,
})
  .then(draftPrompt)
  .agent(copywriterAgent)
  .then(publishDescription)
  .commit();

// The name that the shop's front end has always imported
export { describeProductWorkflow as productCopyWorkflow };
