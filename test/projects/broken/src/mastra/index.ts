import { Mastra } from '@mastra/core/mastra';
import { supportAgent } from './agents/support-agent';
import { shippingRatesTool } from './tools/shipping-rates';
import { vatWorkflow } from './workflows/after-map-function';
import { cartWorkflow } from './workflows/commit-registered';
import { touchWorkflow } from './workflows/duplicate-in-chain';
import { ticketWorkflow } from './workflows/output-of-branch';
import { labelWorkflow } from './workflows/step-to-step';

// The others are left out: some of them would stop the server from starting.
export const mastra = new Mastra({
  agents: { supportAgent },
  tools: { shippingRatesTool },
  workflows: { cartWorkflow, labelWorkflow, ticketWorkflow, touchWorkflow, vatWorkflow },
});
