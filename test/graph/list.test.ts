/** A workflow as rows: the same content as the drawing, in the order in which it is read. */
import assert from 'node:assert/strict';
import { listRows, nextRow } from '../../webview/src/list/rows.ts';
import { modelOf } from './graph-of.ts';
import { everything, everythingKey, faulty, faultyKey, findings } from './samples.ts';

const model = modelOf(everything, everythingKey, []);
const rows = listRows(model, new Set());
const row = (id: string) => rows.find((each) => each.id === id);

describe('rows of the list', () => {
  it('are all nodes of the drawing but the ends of nested workflows, which their rows stand for', () => {
    const wanted = model.nodes.filter(
      ({ parent, kind }) => parent === undefined || (kind !== 'start' && kind !== 'end'),
    );
    assert.deepEqual(
      rows.filter(({ kind }) => kind === 'node').map(({ id }) => id),
      wanted.map(({ id }) => id),
    );
  });

  it('say under which condition a path runs, what it is, and what goes in and out', () => {
    assert.deepEqual(row('branch/ask-for-approval')?.parts, [
      'if inputData.total > 1000',
      'Step · Waits for a person',
      'can suspend',
      'takes orderId, items, note?',
      'gives orderId, total',
    ]);
  });

  it('show where paths come together', () => {
    const join = row('parallel/$join');
    assert.deepEqual([join?.level, join?.position, join?.siblings], [2, 4, 4]);
    assert.deepEqual(join?.parts, ['waits for every path', 'gives orderId, total']);
    assert.equal(row('branch/$join')?.parts[0], 'waits for the paths that ran');
  });

  it('tell the findings', () => {
    const wrong = listRows(modelOf(faulty, faultyKey, findings), new Set());
    assert.ok(
      wrong
        .find(({ id }) => id === 'price')
        ?.parts.includes('error: items does not arrive: price needs { sku: string }[].'),
    );
  });

  it('leave out what is folded', () => {
    const folded = listRows(model, new Set(['fulfil-order']));
    assert.equal(folded.find(({ id }) => id === 'fulfil-order')?.folded, true);
    assert.ok(!folded.some(({ id }) => id.startsWith('fulfil-order/')));
  });

  it('know how deep they lie, and how many stand beside them', () => {
    assert.deepEqual(
      rows.filter(({ level }) => level === 1).map(({ position }) => position),
      Array.from({ length: 15 }, (_, index) => index + 1),
    );
    assert.equal(row('fulfil-order/pack-order/weigh')?.level, 3);
  });

  it('are walked up and down, in and out', () => {
    assert.equal(nextRow(rows, '$start', 'down'), 'validate-order');
    assert.equal(nextRow(rows, '$start', 'up'), undefined);
    assert.equal(nextRow(rows, 'parallel', 'child'), 'parallel/check-stock');
    assert.equal(nextRow(rows, 'validate-order', 'child'), undefined);
    assert.equal(nextRow(rows, 'parallel/$join', 'parent'), 'parallel');
    assert.equal(nextRow(rows, 'parallel', 'last'), '$end');
  });
});
