/** Workflows of any size, as the language server would answer with them: the same for the same number of nodes. */
import type { FlowEntry } from '../../common/model/index.ts';
import type { GraphModel } from '../../common/protocol/graph.ts';
import { branch, foreach, keyOf, loop, nested, parallel, project, step, workflow } from './builder.ts';
import { modelOf } from './graph-of.ts';

/**
 * A series-parallel graph of exactly `count` nodes, from two on: sequences of single steps, parallels, branches, loops, foreachs
 * and nested workflows, as projects mix them, with ids of the lengths that people write.
 */
export function largeModel(count: number): GraphModel {
  const packs = workflow('pack-parcel', [
    step('pick-items', { description: 'Takes the items from the shelves' }),
    parallel([step('weigh'), step('print-label')]),
    step('hand-over'),
  ]);
  // Start and end of the workflow itself.
  let left = count - 2;
  const entries: FlowEntry[] = [];
  for (let block = 0; left > 0; block += 1) {
    const made = blocks[block % blocks.length]?.(block);
    if (made === undefined || made.nodes > left) {
      entries.push(named(step(`step-${block}`), `step-${block}`));
      left -= 1;
    } else {
      entries.push(...made.entries.map((entry, index) => named(entry, `${entry.type}-${block}-${index}`)));
      left -= made.nodes;
    }
  }
  return modelOf(project(workflow('large', entries), packs), keyOf('large'), []);
}

interface Block {
  readonly entries: readonly FlowEntry[];
  readonly nodes: number;
}

const blocks: readonly ((block: number) => Block)[] = [
  (block) => ({
    entries: [
      step(`validate-order-${block}`, { description: 'Checks that the order has items' }),
      step(`price-${block}`),
      step(`reserve-stock-in-warehouse-${block}`, { canSuspend: true }),
    ],
    nodes: 3,
  }),
  (block) => ({
    entries: [parallel([1, 2, 3, 4].map((path) => step(`check-${block}-${path}`)))],
    nodes: 5,
  }),
  (block) => ({
    entries: [
      branch([
        [`inputData.total > ${block}`, step(`ask-for-approval-${block}`)],
        ['inputData.customer.isNew', step(`welcome-${block}`)],
      ]),
    ],
    nodes: 3,
  }),
  (block) => ({ entries: [loop('dountil', 'inputData.paid', step(`charge-card-${block}`))], nodes: 2 }),
  (block) => ({ entries: [foreach(step(`reserve-item-${block}`), 4)], nodes: 2 }),
  // With the two ends of what is nested.
  () => ({ entries: [nested('pack-parcel')], nodes: 8 }),
];

function named(entry: FlowEntry, node: string): FlowEntry {
  return { ...entry, node };
}
