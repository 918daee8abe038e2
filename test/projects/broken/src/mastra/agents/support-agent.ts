import { Agent } from '@mastra/core/agent';
import { createMockModel } from '@mastra/core/test-utils/llm-mock';

export const supportAgent = new Agent({
  id: 'support-agent',
  name: 'Support agent',
  description: 'Answers questions of customers',
  instructions: 'You answer customers of a small web shop.',
  model: createMockModel({ mockText: 'Your parcel is on its way.', version: 'v2' }),
});
