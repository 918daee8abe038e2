import { Agent } from '@mastra/core/agent';
import { createMockModel } from '@mastra/core/test-utils/llm-mock';
import { shippingRatesTool } from '../tools/shipping-rates';

// Mastra's mock model, so that the project runs without a key and without a network.
// Swap it for a model string such as 'openai/gpt-5-mini' to get real answers.
const model = createMockModel({
  mockText: 'Thank you for your message. Your parcel is on its way and should arrive on Friday.',
  version: 'v2',
});

export const supportAgent = new Agent({
  id: 'support-agent',
  name: 'Support agent',
  description: 'Answers questions of customers about their orders',
  instructions: 'You answer customers of a small web shop. Be brief and friendly.',
  model,
  tools: { shippingRatesTool },
});
