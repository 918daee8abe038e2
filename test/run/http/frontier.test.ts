import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFrontier } from '../../../client/src/run/http/frontier.ts';
import { recordedStream } from './recorded.ts';

describe('the records of a run that is observed again', () => {
  const records = recordedStream('stream-slow');

  it('are each used once, wherever the stream broke, and whether the copy comes once or twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ until: fc.nat(records.length), twice: fc.boolean() }), { minLength: 1, maxLength: 5 }),
        (breaks) => {
          const frontier = createFrontier();
          const used: unknown[] = [];
          const read = (part: readonly unknown[]): void => {
            for (const record of part) if (frontier.accept(record) === 'new') used.push(record);
          };
          const [first, ...later] = breaks.toSorted((a, b) => a.until - b.until);
          read(records.slice(0, first?.until));
          for (const { until, twice } of [...later, { until: records.length, twice: true }]) {
            frontier.rewind();
            if (twice) read(records.slice(0, until));
            read(records.slice(0, until));
          }
          assert.deepEqual(used, records);
        },
      ),
    );
  });

  it('are left alone when they belong to an earlier part of the run', () => {
    const [start, ...rest] = records;
    const later = { type: 'workflow-step-start', payload: { id: 'other', stepCallId: 'x' } };
    const frontier = createFrontier();
    assert.equal(frontier.accept(start), 'new');
    assert.equal(frontier.accept(later), 'new');
    frontier.rewind();
    const taken = [start, ...rest, start, later, { type: 'workflow-finish' }].map((record) => frontier.accept(record));
    assert.deepEqual(new Set(taken.slice(1, records.length)), new Set(['foreign']));
    assert.deepEqual(taken.slice(records.length), ['seen', 'seen', 'new']);
  });

  it('are not used from a stream that is joined in the middle', () => {
    const frontier = createFrontier();
    records.slice(0, 3).forEach((record) => frontier.accept(record));
    frontier.rewind();
    assert.deepEqual(new Set(records.slice(8).map((record) => frontier.accept(record))), new Set(['foreign']));
    const empty = createFrontier();
    empty.rewind();
    assert.equal(empty.accept(records[5]), 'foreign');
    assert.equal(empty.accept(records[0]), 'new');
  });
});
