import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { dunWorkflow } from './cycle-of-two-dun';

const orderSchema = z.object({ orderId: z.string() });

export const billWorkflow = createWorkflow({ id: 'bill', inputSchema: orderSchema, outputSchema: orderSchema });

billWorkflow.then(dunWorkflow).commit();
//                ^^^^^^^^^^^ error workflow-cycle
