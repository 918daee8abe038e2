import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { pickWorkflow } from './cycle-of-three-pick';

const orderSchema = z.object({ orderId: z.string() });

export const shipWorkflow = createWorkflow({ id: 'ship-again', inputSchema: orderSchema, outputSchema: orderSchema });

shipWorkflow.then(pickWorkflow).commit();
//                ^^^^^^^^^^^^ error workflow-cycle
