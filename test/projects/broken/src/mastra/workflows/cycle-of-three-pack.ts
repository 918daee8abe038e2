import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { shipWorkflow } from './cycle-of-three-ship';

const orderSchema = z.object({ orderId: z.string() });

export const packWorkflow = createWorkflow({ id: 'pack-again', inputSchema: orderSchema, outputSchema: orderSchema });

packWorkflow.then(shipWorkflow).commit();
//                ^^^^^^^^^^^^ error workflow-cycle
