/** A run of a given number of events over a workflow of about a thousand nodes, with a loop and a foreach that go on for long. */
import type { GraphModel } from '../../common/protocol/graph.ts';
import type { RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import { foreach, keyOf, loop, nested, project, step, workflow } from '../graph/builder.ts';
import { modelOf } from '../graph/graph-of.ts';
import { at, numbered, start, success } from './sample.ts';

const single = 960;
const items = 10_000;

export const largeWorkflow: GraphModel = modelOf(
  project(
    workflow('large', [
      loop('dountil', 'inputData.done', nested('attempt')),
      foreach(step('reserve')),
      ...Array.from({ length: single }, (_, index) => step(`step-${index}`)),
    ]),
    workflow('attempt', [step('charge'), step('verify')]),
  ),
  keyOf('large'),
  [],
);

/** Exactly `count` events, at least 20,000: a tenth of them items, a few steps, and the rest iterations of the loop. */
export function largeRun(count: number): readonly RunEvent[] {
  const bodies: RunEventBody[] = [
    at(0, { type: 'run-started', runId: 'large', workflowId: 'large', input: { orders: items } }),
  ];
  const rest = items + 2 + 2 * single + 1;
  for (let round = 1; bodies.length + 6 + rest <= count; round += 1) bodies.push(...attempt(round));
  // What is left over until the number is reached.
  while (bodies.length + rest < count) {
    bodies.push(at(bodies.length, { type: 'step-output', step: ['attempt'], output: { left: count } }));
  }
  bodies.push(at(bodies.length, start('reserve', undefined, [])));
  for (let index = 0; index < items; index += 1) {
    bodies.push(
      at(bodies.length, {
        type: 'step-progress',
        step: ['reserve'],
        completed: index + 1,
        total: items,
        index,
        itemStatus: index % 1_000 === 999 ? 'failed' : 'success',
        output: { shelf: index },
      }),
    );
  }
  bodies.push(at(bodies.length, success('reserve', undefined, [])));
  for (let index = 0; index < single; index += 1) {
    bodies.push(at(bodies.length, start(`step-${index}`, `s${index}`, { index })));
    bodies.push(at(bodies.length, success(`step-${index}`, `s${index}`, { index })));
  }
  bodies.push(at(bodies.length, { type: 'run-finished', status: 'success', output: null, error: undefined }));
  return numbered(bodies);
}

function attempt(round: number): readonly RunEventBody[] {
  const from = 6 * (round - 1) + 1;
  return [
    at(from, start('attempt', `a${round}`, { round }, round)),
    at(from + 1, start('attempt.charge', `c${round}`, { round })),
    at(from + 2, success('attempt.charge', `c${round}`, { accepted: false, round })),
    at(from + 3, start('attempt.verify', `v${round}`, { accepted: false, round })),
    at(from + 4, success('attempt.verify', `v${round}`, { paid: false })),
    at(from + 5, success('attempt', `a${round}`, { done: false }, round)),
  ];
}
