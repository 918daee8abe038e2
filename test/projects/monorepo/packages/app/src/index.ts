import { Mastra } from '@mastra/core/mastra';
import { stockAuditWorkflow } from '@shop/steps';
import { cancelOrderWorkflow } from './cancel-order';
import { holdOrderWorkflow } from './hold-order';

export const mastra = new Mastra({
  workflows: { cancelOrderWorkflow, holdOrderWorkflow, stockAuditWorkflow },
});
