/** Workflows that show every construct, used by tests of layout, Mermaid and the panel. */
import type { FlowEntry, ProjectModel } from '../../common/model/index.ts';
import type { Finding } from '../../common/protocol/rules.ts';
import {
  agent,
  branch,
  classifier,
  file,
  foreach,
  keyOf,
  loop,
  mapping,
  misfit,
  nested,
  parallel,
  project,
  rangeAt,
  sleep,
  sleepUntil,
  step,
  tool,
  unreadable,
  workflow,
} from './builder.ts';

const packOrder = workflow('pack-order', [
  step('pick-items', { description: 'Takes the items from the shelves' }),
  step('weigh'),
]);

const fulfilOrder = workflow('fulfil-order', [
  nested('pack-order'),
  parallel([step('print-label'), step('book-courier', { description: 'Asks the courier for a slot' })]),
  mapping('({ inputData }) => ({ ...inputData, shipped: true })'),
]);

/** One workflow with every kind of entry. */
export const everything: ProjectModel = project(
  workflow(
    'handle-order',
    [
      step('validate-order', { description: 'Checks that the order has items' }),
      mapping('({ inputData }) => ({ ...inputData, taxRate: 0.19 })', { id: 'add-tax-rate' }),
      parallel([
        step('check-stock'),
        step('check-credit'),
        tool('lookup-address', 'Finds the address in the register'),
      ]),
      branch([
        ['inputData.total > 1000', step('ask-for-approval', { canSuspend: true, description: 'Waits for a person' })],
        ['inputData.customer.isNew', agent('welcome-agent', 'Writes a welcome note')],
        [
          '!inputData.customer.isNew && inputData.total <= 1000',
          mapping('{ ok: { value: true } }', { form: 'object' }),
        ],
      ]),
      loop('dountil', 'inputData.attempts >= 3 || inputData.paid', step('charge-card')),
      foreach(step('reserve-item'), 3),
      sleep(1500),
      classifier('sort-by-urgency'),
      nested('fulfil-order'),
      sleepUntil('new Date(inputData.deliverAt)', 'until-delivery'),
      unreadable('steps are added in a loop'),
      foreach(nested('pack-order'), 1),
      step('send-a-confirmation-mail-to-the-customer-and-to-the-sales-department-of-the-region'),
    ],
    { description: 'Takes an order from validation to delivery' },
  ),
  fulfilOrder,
  packOrder,
);

export const everythingKey = keyOf('handle-order');

export const findings: readonly Finding[] = [
  finding('schema-mismatch', 'error', 'dowhile/correct', '`total` is a string here, but `correct` needs a number.'),
  finding('schema-mismatch', 'error', 'price', '`items` does not arrive: `price` needs `{ sku: string }[]`.'),
  finding('duplicate-step-id', 'warning', 'price~2', 'The id `price` is used twice in this workflow.'),
  finding('missing-commit', 'hint', undefined, '`faulty` is never committed.'),
  finding(
    'output-mismatch',
    'error',
    'price~2',
    'The chain ends with `{ total: number }`, but `outputSchema` needs `orderId`.',
  ),
];

function finding(
  rule: Finding['rule'],
  severity: Finding['severity'],
  address: string | undefined,
  message: string,
): Finding {
  return {
    rule,
    severity,
    message,
    address,
    workflow: keyOf('faulty'),
    file,
    range: rangeAt(20),
    related: [],
    fixes: [],
  };
}

/** A workflow with something to report on each kind of place. */
export const faulty: ProjectModel = project(
  workflow(
    'faulty',
    [
      step('read'),
      step('price', { check: misfit }),
      loop('dowhile', 'inputData.total > 0', step('correct'), { again: misfit }),
      step('price'),
    ],
    { commit: { kind: 'missing', report: rangeAt(5), insertion: { file, range: rangeAt(89), newText: '.commit()' } } },
  ),
);

export const faultyKey = keyOf('faulty');

/** Every construct, small enough to stand in any position. */
export const constructs: Readonly<Record<FlowEntry['type'], () => FlowEntry>> = {
  step: () => step('do-it', { canSuspend: true }),
  mapping: () => mapping(),
  parallel: () => parallel([step('left'), step('right')]),
  conditional: () =>
    branch([
      ['inputData.ok', step('yes')],
      ['!inputData.ok', step('no')],
    ]),
  loop: () => loop('dountil', 'inputData.done', step('try')),
  foreach: () => foreach(step('each'), 2),
  sleep: () => sleep(250),
  sleepUntil: () => sleepUntil('inputData.at'),
  workflow: () => nested('pack-order'),
  agent: () => agent('writer'),
  tool: () => tool('search'),
  classifier: () => classifier('sorter'),
  opaque: () => unreadable('comes from a package without types'),
};

export { fulfilOrder, packOrder };
