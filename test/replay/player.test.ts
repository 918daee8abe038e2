/** The time of a run, and playing it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAxis, smallEvent } from '../../common/replay/index.ts';
import type { RunEvent } from '../../common/runlog/index.ts';
import { initialPlayer, play, shownEvent, speeds } from '../../webview/src/replay/player.ts';
import type { Player, PlayerAction } from '../../webview/src/replay/player.ts';
import { createRecording } from '../../webview/src/replay/recording.ts';
import type { Recording } from '../../webview/src/replay/recording.ts';
import { ticksOf } from '../../webview/src/replay/ticks.ts';
import { clockText } from '../../webview/src/replay/words.ts';
import { modelAndRun } from './arbitrary.ts';
import { at, failedRun, finishedRun, numbered, start, success } from './sample.ts';

function recordingOf(events: readonly RunEvent[], source: 'live' | 'recorded' = 'recorded'): Recording {
  const recording = createRecording(source);
  recording.append(events.map(smallEvent));
  return recording;
}

function after(run: Recording, ...actions: readonly PlayerAction[]): Player {
  return actions.reduce((player, action) => play(player, action, run), initialPlayer);
}

describe('the axis of a run', () => {
  it('never goes backwards, and finds for every moment the last event that had happened', () => {
    fc.assert(
      fc.property(modelAndRun, fc.nat(2_000), ({ events }, offset) => {
        const axis = createAxis();
        for (const event of events) axis.append(smallEvent(event));
        axis.offsets.forEach((each, index) => assert.ok(index === 0 || each >= (axis.offsets[index - 1] ?? 0)));
        assert.equal(
          axis.eventAt(offset),
          axis.offsets.findLastIndex((each) => each <= offset),
        );
      }),
    );
  });

  it('leaves out the time in which a suspended run waited', () => {
    const axis = createAxis();
    const day = 86_400_000;
    const events = numbered([
      at(0, { type: 'run-started', runId: 'r', workflowId: 'w', input: null }),
      at(100, { type: 'run-finished', status: 'suspended', output: undefined, error: undefined }),
      at(day, { type: 'run-resumed', runId: 'r', workflowId: 'w', step: ['a'], index: undefined, data: null }),
      at(day + 50, start('a', '1', null)),
    ]);
    for (const event of events) axis.append(smallEvent(event));
    assert.deepEqual(axis.offsets, [0, 100, 1_100, 1_150]);
    assert.equal(axis.clocks.at(-1), (events[0]?.time ?? 0) + day + 50);
  });
});

describe('playing a run', () => {
  const run = recordingOf(finishedRun);

  it('shows the end at first, and goes along with what comes', () => {
    const growing = recordingOf(finishedRun.slice(0, 5), 'live');
    assert.equal(shownEvent(initialPlayer, growing), 4);
    const earlier = play(initialPlayer, { type: 'seek', event: 2 }, growing);
    growing.append(finishedRun.slice(5, 8).map(smallEvent));
    assert.equal(shownEvent(initialPlayer, growing), 7);
    assert.equal(shownEvent(earlier, growing), 2);
    assert.equal(growing.growing, true);
    assert.equal(run.growing, false);
  });

  it('takes as long as the run did, divided by the speed', () => {
    for (const speed of speeds) {
      if (speed === 'steps') continue;
      const begun = after(run, { type: 'speed', speed }, { type: 'play' });
      assert.equal(shownEvent(begun, run), 0);
      const before = play(begun, { type: 'tick', milliseconds: 900 / speed }, run);
      assert.equal(before.playing, true);
      assert.equal(shownEvent(before, run), 34);
      const over = play(before, { type: 'tick', milliseconds: 2 / speed }, run);
      assert.deepEqual([over.playing, over.position], [false, 'end']);
    }
  });

  it('goes from step to step at an even pace, and through very many in a bearable time', () => {
    const steps = after(run, { type: 'speed', speed: 'steps' }, { type: 'play' }, { type: 'tick', milliseconds: 330 });
    assert.equal(shownEvent(steps, run), 2);
    const many = numbered(
      Array.from({ length: 5_000 }, (_, index) => [
        at(index, start(`s${index}`, `${index}`, null)),
        at(index, success(`s${index}`, `${index}`, null)),
      ]).flat(),
    );
    const long = recordingOf(many);
    const played = after(
      long,
      { type: 'speed', speed: 'steps' },
      { type: 'play' },
      { type: 'tick', milliseconds: 10_000 },
    );
    assert.equal(shownEvent(played, long), 5_000);
  });

  it('goes on from where it is taken to, and stops when it is stepped', () => {
    const moved = after(run, { type: 'play' }, { type: 'seek-offset', offset: 500 });
    assert.equal(moved.playing, true);
    assert.equal(shownEvent(play(moved, { type: 'tick', milliseconds: 50 }, run), run), run.eventAt(550));
    assert.equal(play(moved, { type: 'step', by: 1, unit: 'event' }, run).playing, false);
  });

  it('stays within the run whatever is done', () => {
    const action: fc.Arbitrary<PlayerAction> = fc.oneof(
      fc.record({ type: fc.constant('seek' as const), event: fc.integer({ min: -5, max: 50 }) }),
      fc.record({ type: fc.constant('seek-offset' as const), offset: fc.integer({ min: -10, max: 2_000 }) }),
      fc.record({
        type: fc.constant('step' as const),
        by: fc.constantFrom(1 as const, -1 as const),
        unit: fc.constantFrom('event' as const, 'step' as const),
      }),
      fc.constantFrom<PlayerAction>({ type: 'begin' }, { type: 'end' }, { type: 'play' }, { type: 'pause' }),
      fc.record({ type: fc.constant('speed' as const), speed: fc.constantFrom(...speeds) }),
      fc.record({ type: fc.constant('tick' as const), milliseconds: fc.nat(500) }),
    );
    fc.assert(
      fc.property(fc.array(action), fc.nat(finishedRun.length), (actions, length) => {
        const some = recordingOf(finishedRun.slice(0, length));
        let player = initialPlayer;
        for (const each of actions) {
          player = play(player, each, some);
          const shown = shownEvent(player, some);
          assert.ok(shown >= Math.min(0, some.last) && shown <= some.last, `${shown} of ${some.last}`);
          if (each.type === 'step' && each.unit === 'step' && shown > 0 && shown < some.last) {
            assert.ok(some.steps.includes(shown));
          }
        }
      }),
    );
  });
});

describe('marks on the time line', () => {
  it('show the gravest of what happened at a pixel, and where most happened', () => {
    const { events, axis } = recordingOf(failedRun);
    const { kinds, counts } = ticksOf(events, axis.offsets, axis.length, 100);
    assert.equal(kinds.length, 100);
    assert.equal(kinds[99], 'failed');
    assert.equal(kinds[0], 'step');
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      failedRun.length,
    );
  });
});

describe('the clock of a run', () => {
  it('is as exact as it needs to be', () => {
    assert.deepEqual([0, 999, 1_250, 59_990, 187_000, 3_723_000].map(clockText), [
      ...['0 ms', '999 ms', '1.25 s', '59.99 s', '3:07 min', '1:02:03 h'],
    ]);
  });
});
