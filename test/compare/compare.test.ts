/** Two recorded runs as the page shows them, and the sentence that says where they part. */
import assert from 'node:assert/strict';
import { parseCompareMessage, parseSavedRuns } from '../../client/src/compare/messages.ts';
import { compareSides, sameWorkflow } from '../../client/src/compare/model.ts';
import { plainRun, recordedSide } from './samples.ts';
import type { OrderRun } from './samples.ts';

function parting(a: Partial<OrderRun>, b: Partial<OrderRun>): string {
  const sides = compareSides(recordedSide('a', { ...plainRun, ...a }), recordedSide('b', { ...plainRun, ...b }));
  return sides.comparison.parting.text;
}

describe('the comparison of two recorded runs', () => {
  it('says that they do not part, however long they took', () => {
    assert.equal(parting({}, { pace: 90 }), 'The runs do not part: every step took and gave the same in both.');
  });

  it('names the inputs that they were given, and the first step that shows it', () => {
    assert.equal(
      parting({}, { quantity: 3 }),
      'The runs were given different inputs (`items[0].quantity`: `2` and `3`). The first step that shows it is `check-stock`.',
    );
  });

  it('names the round of a loop that only one of them did, and what came out of the one before', () => {
    assert.equal(
      parting({}, { rounds: 2 }),
      'The runs part at `charge-card` (iteration 1): from the same input it made something else (`paid`: `true` and `false`).',
    );
  });

  it('names the item that only one of them had', () => {
    assert.equal(
      parting({ parcels: ['box'] }, { parcels: ['box', 'bag'] }),
      'The runs part at `pack-parcel`: it was given something else (`[1]` in run B only).',
    );
  });

  it('names the error of the one that failed', () => {
    assert.equal(
      parting({}, { receipt: 'failed' }),
      'The runs part at `send-receipt`: from the same input it succeeded in run A and failed (`The mail server does not answer`) in run B.',
    );
  });

  it('has a row for the whole run and for each step, with rounds and items by their number', () => {
    const { comparison } = compareSides(
      recordedSide('a', { ...plainRun, express: false, rounds: 2 }),
      recordedSide('b', { ...plainRun, express: false, rounds: 2 }),
    );
    assert.deepEqual(
      comparison.rows.map(({ level, title, detail }) => [level, title, detail]),
      [
        [0, 'The whole run', undefined],
        [1, 'check-stock', undefined],
        [1, 'ship-by-sea', undefined],
        [2, 'load-container', undefined],
        [2, 'sail', undefined],
        [1, 'charge-card', 'iteration 1'],
        [1, 'charge-card', 'iteration 2'],
        [1, 'pack-parcel', undefined],
        [2, 'pack-parcel', 'item 1'],
        [2, 'pack-parcel', 'item 2'],
        [1, 'send-receipt', undefined],
      ],
    );
  });

  it('gives the values of a row in both runs, and nothing where a step did not run', () => {
    const sides = compareSides(recordedSide('a', plainRun), recordedSide('b', { ...plainRun, express: false }));
    const flight = sides.comparison.rows.find(({ title }) => title === 'book-flight');
    assert.ok(flight);
    assert.deepEqual(sides.values(flight.id).left.output, { flight: 'KL 1001' });
    assert.deepEqual(sides.values(flight.id).right, {
      input: undefined,
      output: undefined,
      suspended: undefined,
      error: undefined,
    });
    assert.deepEqual(sides.values('$run').left.output, { receipt: 'R-1001' });
  });

  it('says when the source was changed between the runs, or is not known', () => {
    const recorded = recordedSide('a', plainRun);
    const { graph } = recorded.header;
    assert.ok(graph);
    assert.deepEqual(compareSides(recorded, recordedSide('b', plainRun)).comparison.remarks, []);
    const changed = { ...graph, nodes: graph.nodes.filter(({ id }) => id !== 'send-receipt') };
    assert.deepEqual(compareSides(recorded, recordedSide('b', plainRun, { graph: changed })).comparison.remarks, [
      'The workflow was changed between the two runs: steps are compared where both have them at the same place.',
    ]);
    assert.deepEqual(compareSides(recorded, recordedSide('b', plainRun, { graph: undefined })).comparison.remarks, [
      'How the workflow looked was not recorded with both runs, so their steps are told by their ids alone.',
    ]);
  });

  it('takes runs of a file that moved, or of another machine, for the same workflow', () => {
    const { header } = recordedSide('a', plainRun);
    const moved = { ...header, workflow: { ...header.workflow, key: '/elsewhere/orders.ts#fulfilOrder' } };
    assert.equal(sameWorkflow(header, moved), true);
    assert.equal(sameWorkflow(header, { ...moved, workflow: { ...moved.workflow, id: 'another' } }), false);
  });
});

describe('what a page of a comparison sends', () => {
  it('is taken when it is a message', () => {
    for (const message of [
      { type: 'ready', protocol: 1 },
      { type: 'values', row: '$run' },
      { type: 'source', row: '/a#0' },
      { type: 'graph', side: 'left', row: undefined },
      { type: 'choose', side: 'right' },
      { type: 'swap' },
      { type: 'copy', text: 'x' },
    ]) {
      assert.deepEqual(parseCompareMessage(message), message);
    }
  });

  it('is refused when it is anything else', () => {
    for (const message of [
      undefined,
      null,
      1,
      'ready',
      {},
      { type: 'values' },
      { type: 'graph', side: 'up' },
      { type: 'x' },
    ]) {
      assert.equal(parseCompareMessage(message), undefined);
    }
    assert.equal(parseSavedRuns({ left: 'a' }), undefined);
    assert.deepEqual(parseSavedRuns({ left: 'a', right: 'b', selected: '$run' }), { left: 'a', right: 'b' });
  });
});
