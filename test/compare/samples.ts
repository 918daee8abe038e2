/** Two recorded runs of an order, made of events as the run log has them. */
import { recordGraph } from '../../common/runlog/fileGraph.ts';
import { logFormat } from '../../common/runlog/file.ts';
import type { LogHeader } from '../../common/runlog/file.ts';
import type { Json, RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import type { RecordedSide } from '../../client/src/compare/model.ts';
import type { RunSummary } from '../../client/src/history/summary.ts';
import { branch, file, foreach, keyOf, loop, nested, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';

const shipping = workflow('ship-by-sea', [step('load-container'), step('sail')]);
const orders = project(
  workflow('fulfil-order', [
    step('check-stock'),
    branch([
      ['({ inputData }) => inputData.express', step('book-flight')],
      ['({ inputData }) => !inputData.express', nested('ship-by-sea')],
    ]),
    loop('dountil', 'async ({ inputData }) => inputData.paid', step('charge-card')),
    foreach(step('pack-parcel')),
    step('send-receipt'),
  ]),
  shipping,
);

export const drawing = modelOf(orders, keyOf('fulfil-order'), []);

export interface OrderRun {
  readonly quantity: number;
  readonly express: boolean;
  readonly rounds: number;
  readonly parcels: readonly string[];
  /** Milliseconds that each step takes. */
  readonly pace: number;
  readonly receipt: 'sent' | 'failed';
}

export const plainRun: OrderRun = {
  quantity: 2,
  express: true,
  rounds: 1,
  parcels: ['box', 'bag'],
  pace: 40,
  receipt: 'sent',
};

const monday = Date.UTC(2026, 10, 16, 9, 30);

export function eventsOf(run: OrderRun, startedAt = monday): readonly RunEvent[] {
  let time = startedAt;
  let calls = 0;
  const bodies: RunEventBody[] = [];
  const input = { orderId: '1001', items: [{ sku: 'PEN', quantity: run.quantity }], express: run.express };
  const ran = (id: string, given: Json, made: Json, iteration?: number): void => {
    const callId = `call-${(calls += 1)}`;
    bodies.push({ type: 'step-started', time, step: id.split('.'), callId, input: given, iteration });
    time += run.pace;
    bodies.push({ type: 'step-succeeded', time, step: id.split('.'), callId, output: made, iteration });
  };
  bodies.push({ type: 'run-started', time, runId: `run-${startedAt}`, workflowId: 'fulfil-order', input });
  const stock = { ...input, available: 120 - run.quantity };
  ran('check-stock', input, stock);
  if (run.express) ran('book-flight', stock, { flight: 'KL 1001' });
  else {
    bodies.push({
      type: 'step-started',
      time,
      step: ['ship-by-sea'],
      callId: 'sea',
      input: stock,
      iteration: undefined,
    });
    ran('ship-by-sea.load-container', stock, { container: 7 });
    ran('ship-by-sea.sail', { container: 7 }, { days: 21 });
    bodies.push({
      type: 'step-succeeded',
      time,
      step: ['ship-by-sea'],
      callId: 'sea',
      output: { days: 21 },
      iteration: undefined,
    });
  }
  for (let round = 1; round <= run.rounds; round += 1) {
    ran('charge-card', { attempt: round }, { paid: round === run.rounds }, round);
  }
  const callId = 'pack';
  bodies.push({
    type: 'step-started',
    time,
    step: ['pack-parcel'],
    callId,
    input: [...run.parcels],
    iteration: undefined,
  });
  for (const [index, parcel] of run.parcels.entries()) {
    time += run.pace;
    bodies.push({
      type: 'step-progress',
      time,
      step: ['pack-parcel'],
      completed: index + 1,
      total: run.parcels.length,
      index,
      itemStatus: 'success',
      output: { parcel, grams: 400 + index },
    });
  }
  const packed = run.parcels.map((parcel, index) => ({ parcel, grams: 400 + index }));
  bodies.push({ type: 'step-succeeded', time, step: ['pack-parcel'], callId, output: packed, iteration: undefined });
  const error = { name: 'MailError', message: 'The mail server does not answer', stack: undefined, cause: undefined };
  if (run.receipt === 'sent') ran('send-receipt', packed, { receipt: 'R-1001' });
  else {
    bodies.push({
      type: 'step-started',
      time,
      step: ['send-receipt'],
      callId: 'mail',
      input: packed,
      iteration: undefined,
    });
    time += 5 * run.pace;
    bodies.push({ type: 'step-failed', time, step: ['send-receipt'], callId: 'mail', error, iteration: undefined });
  }
  bodies.push(
    run.receipt === 'sent'
      ? { type: 'run-finished', time, status: 'success', output: { receipt: 'R-1001' }, error: undefined }
      : { type: 'run-finished', time, status: 'failed', output: undefined, error },
  );
  return bodies.map((body, seq) => ({ ...body, seq }));
}

export function recordedSide(
  id: string,
  run: OrderRun,
  more: Partial<Pick<LogHeader, 'graph' | 'inputName'>> = {},
): RecordedSide {
  const startedAt = monday + (id === 'a' ? 0 : 3_720_000);
  const events = eventsOf(run, startedAt);
  const header: LogHeader = {
    format: logFormat,
    version: 1,
    id,
    workflow: { key: keyOf('fulfil-order'), id: 'fulfil-order', name: 'fulfilOrder', file },
    server: { id: 'embedded', kind: 'embedded', name: 'This window' },
    mastraVersion: '1.71.0',
    startedAt,
    inputName: undefined,
    imported: undefined,
    graph: recordGraph(drawing),
    ...more,
  };
  const last = events.at(-1);
  const summary: RunSummary = {
    kind: 'run',
    id,
    header,
    title: 'fulfil-order',
    runId: `run-${startedAt}`,
    status: run.receipt === 'sent' ? 'success' : 'failed',
    startedAt,
    finishedAt: last?.time,
    input: undefined,
    error: last?.type === 'run-finished' ? last.error?.message : undefined,
    events: events.length,
    bytes: 4_000,
    pinned: false,
  };
  return { summary, header, events, damage: undefined };
}
