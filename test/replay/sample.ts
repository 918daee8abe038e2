/** A workflow with a loop around a nested workflow, a foreach and a branch, and runs of it as Mastra tells of them. */
import type { GraphModel } from '../../common/protocol/graph.ts';
import type { Json, RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import { branch, foreach, keyOf, loop, nested, parallel, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';

const pay = workflow('pay', [step('charge'), step('verify')]);

/** Stocks are checked beside each other, a card is charged until it is accepted, items are reserved, the customer is told. */
export const shop: GraphModel = modelOf(
  project(
    workflow('shop', [
      step('read-order'),
      parallel([step('check-stock'), step('check-address')]),
      loop('dountil', 'inputData.paid', nested('pay')),
      foreach(step('reserve')),
      branch([
        ['inputData.total > 1000', step('ask-manager', { canSuspend: true })],
        ['inputData.total <= 1000', step('send-mail')],
      ]),
      step('close-order'),
    ]),
    pay,
  ),
  keyOf('shop'),
  [],
);

/** The same workflow after an edit: another order of things, a step less and one more. */
export const editedShop: GraphModel = modelOf(
  project(
    workflow('shop', [
      step('read-order'),
      step('check-stock'),
      loop('dountil', 'inputData.paid === true', nested('pay')),
      foreach(step('reserve')),
      branch([
        ['inputData.total > 5000', step('ask-manager', { canSuspend: true })],
        ['inputData.total <= 5000', step('send-mail')],
      ]),
      step('archive'),
      step('close-order'),
    ]),
    pay,
  ),
  keyOf('shop'),
  [],
);

export const startedAt = 1_795_222_644_000;

type Body = RunEventBody extends infer E ? (E extends unknown ? Omit<E, 'time'> : never) : never;

/** Events at milliseconds after the beginning. */
export function at(milliseconds: number, body: Body): RunEventBody {
  return { ...body, time: startedAt + milliseconds };
}

export function numbered(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, seq) => ({ ...body, seq }));
}

/** `start('pay.charge', 'c1', { attempt: 1 })` */
export function start(id: string, callId: string | undefined, input: Json, iteration?: number): Body {
  return { type: 'step-started', step: id.split('.'), callId, input, iteration };
}

export function success(id: string, callId: string | undefined, output: Json, iteration?: number): Body {
  return { type: 'step-succeeded', step: id.split('.'), callId, output, iteration };
}

const order: Json = { orderId: 'A-17', items: ['pen', 'ink', 'paper'], total: 120 };

function round(iteration: number, from: number, paid: boolean): readonly RunEventBody[] {
  const call = (name: string): string => `${name}${iteration}`;
  return [
    at(from, start('pay', call('p'), { attempt: iteration }, iteration)),
    at(from + 2, start('pay.charge', call('c'), { attempt: iteration })),
    at(from + 90, success('pay.charge', call('c'), { accepted: paid, attempt: iteration })),
    at(from + 91, start('pay.verify', call('v'), { accepted: paid, attempt: iteration })),
    at(from + 120, success('pay.verify', call('v'), { paid })),
    at(from + 121, success('pay', call('p'), { paid }, iteration)),
  ];
}

function item(from: number, index: number, output: Json): RunEventBody {
  return at(from, {
    type: 'step-progress',
    step: ['reserve'],
    completed: index + 1,
    total: 3,
    index,
    itemStatus: 'success',
    output,
  });
}

/** Up to the branch: 28 events. */
const upToBranch: readonly RunEventBody[] = [
  at(0, { type: 'run-started', runId: 'run-1', workflowId: 'shop', input: order }),
  at(1, start('read-order', 'r', order)),
  at(40, success('read-order', 'r', order)),
  at(41, start('check-stock', 's', order)),
  at(42, start('check-address', 'a', order)),
  at(60, { type: 'console', level: 'log', text: 'asking the warehouse', step: ['check-stock'] }),
  at(110, success('check-address', 'a', { known: true })),
  at(180, success('check-stock', 's', { free: 3 })),
  ...round(1, 182, false),
  ...round(2, 304, false),
  ...round(3, 426, true),
  at(548, start('reserve', undefined, ['pen', 'ink', 'paper'])),
  item(590, 0, { sku: 'pen', shelf: 4 }),
  item(640, 1, { sku: 'ink', shelf: 9 }),
  item(720, 2, { sku: 'paper', shelf: 2 }),
  at(721, success('reserve', undefined, [{ shelf: 4 }, { shelf: 9 }, { shelf: 2 }])),
];

/** A run that sends a mail and ends well. */
export const finishedRun: readonly RunEvent[] = numbered([
  ...upToBranch,
  at(722, start('send-mail', 'm', { total: 120 })),
  at(860, success('send-mail', 'm', { sent: true })),
  at(861, start('close-order', 'o', { sent: true })),
  at(900, success('close-order', 'o', { closed: true })),
  at(901, { type: 'run-finished', status: 'success', output: { closed: true }, error: undefined }),
]);

/** A run that waits for the manager. */
export const suspendedRun: readonly RunEvent[] = numbered([
  ...upToBranch,
  at(722, start('ask-manager', 'm', { total: 1840 })),
  at(730, { type: 'step-suspended', step: ['ask-manager'], payload: { question: 'May this order be sent?' } }),
  at(731, { type: 'run-finished', status: 'suspended', output: undefined, error: undefined }),
]);

/** A run whose second attempt to charge fails. */
export const failedRun: readonly RunEvent[] = numbered([
  ...upToBranch.slice(0, 16),
  at(394, {
    type: 'step-failed',
    step: ['pay', 'charge'],
    callId: 'c2',
    error: {
      name: 'PaymentError',
      message: 'The card was declined',
      stack: 'PaymentError: The card was declined\n    at charge (/project/src/charge.ts:12:9)',
      cause: undefined,
    },
    iteration: undefined,
  }),
  at(395, {
    type: 'step-failed',
    step: ['pay'],
    callId: 'p2',
    error: { name: 'PaymentError', message: 'The card was declined', stack: undefined, cause: undefined },
    iteration: 2,
  }),
  at(396, {
    type: 'run-finished',
    status: 'failed',
    output: undefined,
    error: { name: 'PaymentError', message: 'The card was declined', stack: undefined, cause: undefined },
  }),
]);
