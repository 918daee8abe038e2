/** Every single time that a step ran, and the rows and targets that are made of them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { smallEvent, valueAt } from '../../common/replay/index.ts';
import type { Occurrence, StepGroup } from '../../common/replay/index.ts';
import { rowsOf } from '../../webview/src/replay/rows.ts';
import type { StepRow } from '../../webview/src/replay/rows.ts';
import { targetsOf, targetText } from '../../webview/src/replay/targets.ts';
import { modelAndRun } from './arbitrary.ts';
import { indexOf } from './indexed.ts';
import { editedShop, finishedRun, shop, suspendedRun } from './sample.ts';
import { box, nodesOf, numbered, runStarted, started, step, succeeded, suspended, workflow } from '../runlog/nodes.ts';
import { isSameWorkflow, sourceChanges } from '../../common/replay/changes.ts';

/** One line for each occurrence, what is inside indented. */
function lines(groups: readonly StepGroup[], indent = ''): readonly string[] {
  return groups.flatMap((group) => [
    ...group.occurrences.flatMap((occurrence) => [
      `${indent}${group.step.join('.')}${occurrence.iteration === undefined ? '' : `#${occurrence.iteration}`} ${
        occurrence.states.values.at(-1)?.status ?? '-'
      }${occurrence.items.length === 0 ? '' : ` with ${occurrence.items.length} items`}`,
      ...lines(occurrence.groups, `${indent}  `),
    ]),
    ...(group.groups.length === 0 ? [] : [`${indent}in one of these`, ...lines(group.groups, `${indent}  `)]),
  ]);
}

describe('the times that steps ran', () => {
  it('are nested as they ran: iterations, their workflows, items', () => {
    const index = indexOf(shop.nodes, finishedRun);
    assert.deepEqual(lines(index.occurrences.groups), [
      'read-order success',
      'check-stock success',
      'check-address success',
      ...[1, 2, 3].flatMap((round) => [`pay#${round} success`, '  pay.charge success', '  pay.verify success']),
      'reserve success with 3 items',
      'send-mail success',
      'close-order success',
    ]);
    assert.deepEqual(
      index.occurrences.of('dountil/pay/charge').map(({ group }) => group.parent?.iteration),
      [1, 2, 3],
    );
  });

  it('go on when they are resumed', () => {
    const sketch = [workflow('i', 'i', step('ask'))];
    const events = numbered([
      ...[runStarted, started('i'), started('i.ask'), suspended('i.ask'), suspended('i')],
      ...[started('i'), started('i.ask'), succeeded('i.ask'), succeeded('i')],
    ]);
    assert.deepEqual(lines(indexOf(nodesOf(sketch), events).occurrences.groups), ['i success', '  i.ask success']);
  });

  it('of equal workflows beside each other keep apart what is known, and say what is not', () => {
    const sketch = [box('parallel', 'p', workflow('i', 'i', step('a')), workflow('i', 'i-2', step('a')))];
    const events = numbered([started('i', { callId: '1' }), started('i', { callId: '2' }), started('i.a')]);
    const index = indexOf(nodesOf(sketch), events);
    assert.deepEqual(lines(index.occurrences.groups), ['i running', 'i running', 'in one of these', '  i.a running']);
    assert.deepEqual(index.occurrences.groups[0]?.nodes, ['p/i', 'p/i-2']);
  });

  it('are each in exactly one place, and found from their event', () => {
    fc.assert(
      fc.property(modelAndRun, ({ nodes, events }) => {
        const index = indexOf(nodes, events);
        const all: Occurrence[] = [];
        const visit = (groups: readonly StepGroup[], parent: Occurrence | undefined): void => {
          for (const group of groups) {
            assert.equal(group.parent, group.within === undefined ? parent : undefined);
            visit(group.groups, undefined);
            for (const occurrence of group.occurrences) {
              assert.equal(occurrence.group, group);
              all.push(occurrence);
              visit(occurrence.groups, occurrence);
            }
          }
        };
        visit(index.occurrences.groups, undefined);
        assert.equal(new Set(all).size, all.length);
        events.forEach((_, event) => {
          const occurrence = index.occurrenceOf(event);
          if (occurrence !== undefined) assert.ok(all.includes(occurrence));
        });
        for (const occurrence of all) {
          assert.equal(index.occurrenceOf(occurrence.first), occurrence);
          assert.equal(valueAt(occurrence.states, occurrence.first - 1), undefined);
        }
      }),
    );
  });

  it('are summed up for each step as counting them says', () => {
    fc.assert(
      fc.property(modelAndRun, ({ nodes, events }) => {
        const check = (groups: readonly StepGroup[]): void => {
          for (const group of groups) {
            events.forEach((_, event) => {
              const states = group.occurrences.flatMap(({ states: track }) => valueAt(track, event) ?? []);
              const summary = valueAt(group.summary, event);
              const count = (...wanted: readonly string[]): number =>
                states.filter(({ status }) => wanted.includes(status)).length;
              assert.equal(summary?.begun ?? 0, states.length);
              assert.equal(summary?.running ?? 0, count('running', 'waiting'));
              assert.equal(summary?.failed ?? 0, count('failed'));
              assert.equal(summary?.suspended ?? 0, count('suspended'));
              assert.equal(summary?.canceled ?? 0, count('canceled'));
            });
            check(group.groups);
            for (const { groups: inside } of group.occurrences) check(inside);
          }
        };
        check(indexOf(nodes, events).occurrences.groups);
      }),
    );
  });
});

describe('rows of the step list', () => {
  const index = indexOf(shop.nodes, finishedRun);
  const names = (rows: readonly StepRow[]): readonly string[] =>
    rows.map((row) => {
      const name =
        row.kind === 'item'
          ? `item ${row.item.index}`
          : (row.kind === 'occurrence' ? row.occurrence.group : row.group).step.join('.');
      return `${'  '.repeat(row.level - 1)}${row.kind} ${name}${row.open === undefined ? '' : row.open ? ' v' : ' >'}`;
    });

  it('are closed where a step ran several times, until they are opened', () => {
    const rows = rowsOf(index.occurrences.groups, new Map());
    assert.deepEqual(names(rows).slice(2, 6), [
      'occurrence check-address',
      'group pay >',
      'occurrence reserve >',
      'occurrence send-mail',
    ]);
    const pay = rows.find((row) => row.kind === 'group');
    const opened = rowsOf(index.occurrences.groups, new Map([[pay?.id ?? '', true]]));
    assert.deepEqual(names(opened).slice(3, 5), ['group pay v', '  occurrence pay >']);
    assert.deepEqual([opened[4]?.position, opened[4]?.siblings, opened[4]?.parent], [1, 3, pay?.id]);
  });

  it('have ids of their own that stay when more comes', () => {
    fc.assert(
      fc.property(modelAndRun, fc.nat(), ({ nodes, events }, at) => {
        const open = { get: () => true } as unknown as ReadonlyMap<string, boolean>;
        const idsOf = (count: number): readonly string[] =>
          rowsOf(indexOf(nodes, events.slice(0, count)).occurrences.groups, open).map(({ id }) => id);
        const all = idsOf(events.length);
        assert.equal(new Set(all).size, all.length);
        // A step that runs a second time becomes one that holds both.
        for (const id of idsOf(at % (events.length + 1))) assert.ok(all.includes(id), id);
      }),
    );
  });
});

describe('what the details go through', () => {
  const index = indexOf(shop.nodes, finishedRun);
  const texts = (node: string, shown = Infinity): readonly (string | undefined)[] => {
    const targets = targetsOf(index, node, shown);
    return Array.from({ length: targets.count }, (_, at) => {
      const target = targets.at(at);
      assert.ok(target);
      assert.equal(targets.indexOf(target), at);
      return targetText(target, targets.count);
    });
  };

  it('is every iteration of a loop, every item of a foreach, and nothing where there is only one', () => {
    assert.deepEqual(texts('dountil/pay/charge'), ['Iteration 1 of 3', 'Iteration 2 of 3', 'Iteration 3 of 3']);
    assert.deepEqual(texts('foreach/reserve'), ['Item 1 of 3', 'Item 2 of 3', 'Item 3 of 3']);
    assert.deepEqual(texts('foreach'), [undefined]);
    assert.deepEqual(texts('read-order'), [undefined]);
    assert.deepEqual(texts('branch/ask-manager'), []);
  });

  it('is what had begun by then', () => {
    const second = index.occurrences.of('dountil/pay/charge')[1]?.first ?? 0;
    assert.deepEqual(texts('dountil/pay/charge', second).length, 2);
    assert.deepEqual(texts('dountil/pay/charge', second - 1).length, 1);
    const reserve = index.occurrences.of('foreach/reserve')[0]?.first ?? 0;
    assert.deepEqual(texts('foreach/reserve', reserve), [undefined], 'no item is done yet');
    assert.deepEqual(texts('foreach/reserve', reserve + 1), ['Item 1 of 3']);
  });
});

describe('a source that has changed since a run', () => {
  const over = (model: typeof shop, events: typeof finishedRun) => ({
    nodes: model.nodes,
    index: indexOf(model.nodes, events),
  });

  it('is the same when only places in the file differ', () => {
    const moved = shop.nodes.map((node) => ({ ...node, source: undefined, findings: [] }));
    assert.equal(isSameWorkflow(shop.nodes, moved), true);
    assert.equal(isSameWorkflow(shop.nodes, editedShop.nodes), false);
  });

  it('is told by what of the run still fits, and what does not', () => {
    assert.deepEqual(sourceChanges(over(shop, finishedRun), over(editedShop, finishedRun)), {
      aligned: 8,
      total: 9,
      gone: ['check-address'],
      ambiguous: [],
      added: ['archive'],
      changed: ['Loop', 'ask-manager', 'send-mail'],
    });
    // What did not run is not asked about.
    assert.equal(sourceChanges(over(shop, suspendedRun), over(shop, suspendedRun)).total, 8);
  });
});

describe('small events', () => {
  it('carry sizes and no values', () => {
    const [first] = finishedRun;
    assert.ok(first);
    assert.deepEqual(smallEvent(first), {
      type: 'run-started',
      time: first.time,
      runId: 'run-1',
      workflowId: 'shop',
      input: { bytes: 60, items: undefined },
    });
  });
});
