import { createStep, createWorkflow } from './workflow';

const sum = createStep({ id: 'sum', run: (prices: readonly number[]) => prices.reduce((a, b) => a + b, 0) });
const format = createStep({ id: 'sum', run: (total: number) => `${total} EUR` });

// No .commit() and an id twice: that would be two findings in a workflow of Mastra.
export const checkout = createWorkflow<readonly number[]>({ id: 'checkout' }).then(sum).then(format);
