/** What is different between two moments of a run. */
import assert from 'node:assert/strict';
import { createRunIndex } from '../../common/replay/run-index.ts';
import { momentChanges } from '../../common/replay/moment-changes.ts';
import { smallEvent } from '../../common/replay/small.ts';
import { finished, nodesOf, numbered, runStarted, started, step, succeeded } from '../runlog/nodes.ts';

const index = createRunIndex(nodesOf([step('a'), step('b')]));
const events = [runStarted, started('a'), succeeded('a'), started('b'), succeeded('b'), finished('success')];
for (const event of numbered(events)) index.append(smallEvent(event));

/** `a: status, output` */
function changes(from: number, to: number): readonly string[] {
  return momentChanges(index.at(from), index.at(to)).map(({ node, parts }) => `${node}: ${parts.join(', ')}`);
}

describe('two moments of a run', () => {
  it('are the same when it is one', () => {
    assert.deepEqual(changes(2, 2), []);
  });

  it('differ in the steps that went on between them', () => {
    assert.deepEqual(changes(1, 2), ['a: status, output']);
    assert.deepEqual(changes(0, 3), ['a: status, input, output', 'b: status, input']);
    assert.deepEqual(changes(2, 5), ['b: status, input, output']);
  });

  it('say the same in both directions', () => {
    assert.deepEqual(changes(3, 0), changes(0, 3));
  });
});
