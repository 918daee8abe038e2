/** A recording that breaks off: what is shown of it does not seem to go on, and does not claim that somebody canceled it. */
import assert from 'node:assert/strict';
import { createRunIndex } from '../../common/replay/run-index.ts';
import { smallEvent } from '../../common/replay/small.ts';
import { foldRun } from '../../common/runlog/fold.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { interrupted } from '../../common/runlog/interruption.ts';
import { runSentence } from '../../webview/src/words.ts';
import { at, numbered, start, success } from '../replay/sample.ts';

const brokenOff = numbered([
  at(0, { type: 'run-started', runId: 'r', workflowId: 'orders', input: {} }),
  at(100, start('load', 'a', {})),
  at(400, success('load', 'a', {})),
  at(500, start('pay', 'b', {})),
]);

function sentenceOf(events: readonly RunEvent[]): string {
  const index = createRunIndex([]);
  for (const event of events) index.append(smallEvent(event));
  return runSentence(index.at(events.length - 1), Date.now());
}

describe('a recording that breaks off', () => {
  it('ends with its last event, and nothing runs any more', () => {
    const state = foldRun(interrupted(brokenOff));
    assert.deepEqual(
      [...state.steps].map(([id, { status }]) => `${id} ${status}`),
      ['load success', 'pay canceled'],
    );
    assert.equal(sentenceOf(interrupted(brokenOff)), 'Interrupted after 500 ms');
  });

  it('is told from one that somebody canceled', () => {
    const canceled = numbered([
      ...brokenOff,
      at(700, { type: 'run-finished', status: 'canceled', output: undefined, error: undefined }),
    ]);
    assert.equal(sentenceOf(canceled), 'Canceled after 700 ms');
  });
});
