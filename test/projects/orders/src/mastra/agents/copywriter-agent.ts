import { Agent } from '@mastra/core/agent';
import { createMockModel } from '@mastra/core/test-utils/llm-mock';

export const copywriterAgent = new Agent({
  id: 'copywriter-agent',
  name: 'Copywriter agent',
  description: 'Writes short product descriptions',
  instructions: 'You write product descriptions of at most two sentences.',
  model: createMockModel({ mockText: 'A mug that keeps its warmth, thrown and glazed by hand.', version: 'v2' }),
});
