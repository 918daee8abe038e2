/** Inputs for the workflows of the projects whose mutants can be run. */
import path from 'node:path';
import { expectedWorkflows, ordersFolder } from '../../projects/orders.expected.ts';

export interface WorkflowTrials {
  readonly exportName: string;
  /** Absolute. */
  readonly file: string;
  readonly inputs: readonly { readonly input: unknown; readonly resumeData: unknown }[];
}

/** Those that take the paths which the first input of a workflow does not take. */
const more: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['charge-card', [{ orderId: '1001', totalCents: 3870, cardNumber: '4111111111111111' }]],
  [
    'check-availability',
    [
      { sku: 'MUG-01', quantity: 1 },
      { sku: 'MUG-01', quantity: 100_000 },
    ],
  ],
  ['classify-return', [{ orderId: '1001', reason: 'damaged', daysSinceDelivery: 12 }]],
  [
    'route-order',
    [
      { orderId: '1001', totalCents: 900, express: true },
      { orderId: '1001', totalCents: 900, express: false },
    ],
  ],
]);

/** None for a project of which no inputs are known. */
export function trialsOf(folder: string): readonly WorkflowTrials[] {
  if (path.resolve(folder) !== path.resolve(ordersFolder)) return [];
  return expectedWorkflows.map(({ id, exportName, file, input, outcome }) => {
    const resumeData = outcome.status === 'suspended' ? outcome.resumeData : undefined;
    return {
      exportName,
      file: path.join(ordersFolder, 'src/mastra/workflows', file),
      inputs: [input, ...(more.get(id) ?? [])].map((each) => ({ input: each, resumeData })),
    };
  });
}
