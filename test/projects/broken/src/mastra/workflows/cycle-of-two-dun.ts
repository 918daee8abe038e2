import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { billWorkflow } from './cycle-of-two-bill';

const orderSchema = z.object({ orderId: z.string() });

export const dunWorkflow = createWorkflow({ id: 'dun', inputSchema: orderSchema, outputSchema: orderSchema });

dunWorkflow.then(billWorkflow).commit();
//               ^^^^^^^^^^^^ error workflow-cycle
