/** What runs made of the sample workflows, in short: the state of each node, which is made into the events that lead to it. */
import type { ModelNode } from '../../common/protocol/graph.ts';
import type { Moment, NodeRun } from '../../common/replay/moment.ts';
import type { Json, RunError, RunEvent, RunEventBody, RunStatus } from '../../common/runlog/index.ts';

export const startedAt = 1_795_222_644_000;

export interface NodeSketch extends Pick<NodeRun, 'status' | 'startedAt' | 'finishedAt' | 'runs' | 'progress'> {
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly suspendPayload: Json | undefined;
  readonly error: RunError | undefined;
}

export interface RunSketch {
  readonly runId: string;
  readonly status: RunStatus;
  readonly finishedAt: number | undefined;
  readonly input: Json;
  readonly output: Json | undefined;
  readonly error: RunError | undefined;
  readonly nodes: Readonly<Record<string, NodeSketch>>;
  /** Dotted ids of steps that the drawing does not have. */
  readonly unmatched: readonly string[];
}

export function nodeRun(status: NodeRun['status'], milliseconds?: number, parts: Partial<NodeSketch> = {}): NodeSketch {
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

const order: Json = { orderId: 'A-17', items: [{ sku: 'pen', quantity: 2 }] };

export function overlay(parts: Partial<RunSketch>): RunSketch {
  return {
    runId: 'run-1',
    status: 'running',
    finishedAt: undefined,
    input: order,
    output: undefined,
    error: undefined,
    nodes: {},
    unmatched: [],
    ...parts,
  };
}

/** The moment itself, without values. */
export function momentOf({ status, finishedAt, runId, nodes, unmatched }: RunSketch): Moment {
  const noValues = { input: undefined, output: undefined, suspendPayload: undefined, error: undefined };
  return {
    runId,
    workflowId: 'handle-order',
    status,
    startedAt,
    finishedAt,
    input: undefined,
    output: undefined,
    error: undefined,
    event: 0,
    unmatched,
    nodes: new Map(Object.entries(nodes).map(([id, node]) => [id, { ...node, ...noValues } satisfies NodeRun])),
  };
}

/** Events after which a run over `nodes` is as the sketch says, but for what the flow itself says of it. */
export function eventsOf(nodes: readonly ModelNode[], sketch: RunSketch): readonly RunEvent[] {
  const bodies: RunEventBody[] = [
    { type: 'run-started', time: startedAt, runId: sketch.runId, workflowId: 'handle-order', input: sketch.input },
  ];
  const told = new Set<string>();
  for (const node of nodes) {
    const run = sketch.nodes[node.id];
    const name = node.step?.join('.');
    // A foreach and its body have the same events.
    if (run === undefined || node.step === undefined || name === undefined || told.has(name)) continue;
    told.add(name);
    bodies.push(...stepEvents(node.step, run));
  }
  for (const name of sketch.unmatched) bodies.push(...stepEvents(name.split('.'), nodeRun('running')));
  if (sketch.status !== 'running') {
    const { status, output, error, finishedAt = startedAt } = sketch;
    bodies.push({ type: 'run-finished', time: finishedAt, status, output, error });
  }
  return bodies.map((body, seq) => ({ ...body, seq }));
}

function stepEvents(step: readonly string[], run: NodeSketch): readonly RunEventBody[] {
  const time = run.startedAt ?? startedAt;
  const end = run.finishedAt ?? time;
  const start = (iteration: number | undefined): RunEventBody => ({
    type: 'step-started',
    time,
    step,
    callId: undefined,
    input: run.input ?? (run.progress === undefined ? null : Array.from({ length: run.progress.total }, () => null)),
    iteration,
  });
  const success = (iteration: number | undefined): RunEventBody => ({
    type: 'step-succeeded',
    time: end,
    step,
    callId: undefined,
    output: run.output ?? null,
    iteration,
  });
  const isLoop = run.runs > 1 && run.progress === undefined;
  const round = isLoop ? run.runs : undefined;
  const before = isLoop
    ? Array.from({ length: run.runs - 1 }, (_, index) => [start(index + 1), success(index + 1)]).flat()
    : [];
  const items = Array.from({ length: run.progress?.completed ?? 0 }, (_, index): RunEventBody => ({
    type: 'step-progress',
    time,
    step,
    completed: index + 1,
    total: run.progress?.total ?? 0,
    index,
    itemStatus: 'success',
    output: null,
  }));
  const begun = [...before, start(round), ...items];
  switch (run.status) {
    case 'skipped':
      return [];
    case 'waiting':
      return [{ type: 'step-waiting', time, step, until: undefined }];
    case 'running':
    case 'canceled':
      return begun;
    case 'success':
      return [...begun, success(round)];
    case 'suspended':
      return [...begun, { type: 'step-suspended', time: end, step, payload: run.suspendPayload ?? null }];
    case 'failed': {
      const error = run.error ?? { name: 'Error', message: 'It broke', stack: undefined, cause: undefined };
      return [...begun, { type: 'step-failed', time: end, step, callId: undefined, error, iteration: round }];
    }
  }
}

/** Up to the middle of the workflow `handle-order`: one of everything that can be seen while it runs. */
export const running: RunSketch = overlay({
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

export const suspended: RunSketch = overlay({
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
      suspendPayload: { question: 'May this order be sent?', total: 1840 },
    }),
  },
});

export const failed: RunSketch = overlay({
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
