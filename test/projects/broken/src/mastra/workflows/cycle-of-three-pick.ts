import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { packWorkflow } from './cycle-of-three-pack';

const orderSchema = z.object({ orderId: z.string() });

export const pickWorkflow = createWorkflow({ id: 'pick', inputSchema: orderSchema, outputSchema: orderSchema });

pickWorkflow.then(packWorkflow).commit();
//                ^^^^^^^^^^^^ error workflow-cycle
