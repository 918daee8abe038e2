/** States of runs laid over the sample workflows. */
import type { NodeRun, RunOverlay } from '../../common/protocol/panel.ts';

export const startedAt = 1_795_222_644_000;

export function nodeRun(status: NodeRun['status'], milliseconds?: number, parts: Partial<NodeRun> = {}): NodeRun {
  return {
    status,
    startedAt: status === 'skipped' ? undefined : startedAt,
    finishedAt: milliseconds === undefined ? undefined : startedAt + milliseconds,
    runs: 1,
    progress: undefined,
    input: undefined,
    output: undefined,
    suspendPayload: undefined,
    error: undefined,
    ...parts,
  };
}

export function overlay(parts: Partial<RunOverlay>): RunOverlay {
  return {
    runId: 'run-1',
    workflowId: 'handle-order',
    status: 'running',
    startedAt,
    finishedAt: undefined,
    input: json({ orderId: 'A-17', items: [{ sku: 'pen', quantity: 2 }] }),
    output: undefined,
    error: undefined,
    nodes: {},
    unmatched: [],
    ...parts,
  };
}

export function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

const order = json({ orderId: 'A-17', items: [{ sku: 'pen', quantity: 2 }] });

/** Up to the middle of the workflow `handle-order`: one of everything that can be seen while it runs. */
export const running: RunOverlay = overlay({
  nodes: {
    'validate-order': nodeRun('success', 120, { input: order, output: order }),
    'add-tax-rate': nodeRun('success', 2),
    'parallel/check-stock': nodeRun('success', 340),
    'parallel/check-credit': nodeRun('success', 1412),
    'parallel/lookup-address': nodeRun('success', 61_200),
    'branch/ask-for-approval': nodeRun('skipped'),
    'branch/welcome-agent': nodeRun('success', 3_700_000),
    'branch/map': nodeRun('skipped'),
    'dountil/charge-card': nodeRun('success', 80, { runs: 3 }),
    foreach: nodeRun('running', undefined, { progress: { completed: 3, total: 5 } }),
    'foreach/reserve-item': nodeRun('running', undefined, { progress: { completed: 3, total: 5 }, runs: 4 }),
  },
});

export const suspended: RunOverlay = overlay({
  status: 'suspended',
  finishedAt: startedAt + 900,
  nodes: {
    'validate-order': nodeRun('success', 120),
    'add-tax-rate': nodeRun('success', 2),
    'parallel/check-stock': nodeRun('success', 340),
    'parallel/check-credit': nodeRun('success', 412),
    'parallel/lookup-address': nodeRun('success', 420),
    'branch/ask-for-approval': nodeRun('suspended', undefined, {
      input: order,
      suspendPayload: json({ question: 'May this order be sent?', total: 1840 }),
    }),
  },
});

export const failed: RunOverlay = overlay({
  status: 'failed',
  finishedAt: startedAt + 1420,
  error: { name: 'Error', message: 'The card was declined', stack: undefined, cause: undefined },
  nodes: {
    'validate-order': nodeRun('success', 120),
    'add-tax-rate': nodeRun('success', 2),
    'parallel/check-stock': nodeRun('success', 340),
    'parallel/check-credit': nodeRun('success', 412),
    'parallel/lookup-address': nodeRun('success', 420),
    'branch/ask-for-approval': nodeRun('skipped'),
    'branch/welcome-agent': nodeRun('success', 800),
    'branch/map': nodeRun('skipped'),
    'dountil/charge-card': nodeRun('failed', 80, {
      input: order,
      error: {
        name: 'PaymentError',
        message: 'The card was declined',
        stack:
          'PaymentError: The card was declined\n    at chargeCard (/project/src/mastra/steps/charge.ts:41:11)\n    at execute (/project/src/mastra/steps/charge.ts:12:10)',
        cause: {
          name: 'HttpError',
          message: '402 Payment Required',
          stack: 'HttpError: 402 Payment Required\n    at post (/project/src/lib/http.ts:9:9)',
          cause: undefined,
        },
      },
    }),
  },
  unmatched: ['audit-log'],
});
