import assert from 'node:assert/strict';
import type { RunEventBody } from '../../common/runlog/index.ts';
import { box, failed, finished, nodesOf, numbered, runStarted } from '../runlog/nodes.ts';
import { started, step, succeeded, suspended, workflow } from '../runlog/nodes.ts';
import type { NodeSketch } from '../runlog/nodes.ts';
import { momentAfter, valueOf } from './indexed.ts';

function statuses(sketches: readonly NodeSketch[], bodies: readonly RunEventBody[]): Record<string, string> {
  const { nodes } = momentAfter(nodesOf(sketches), numbered([runStarted, ...bodies]));
  return Object.fromEntries([...nodes].map(([address, run]) => [address, run.status]));
}

const branch = [box('conditional', 'branch', step('low'), step('high'), step(undefined, 'computed')), step('after')];

describe('a moment of a run', () => {
  it('holds only nodes that were reached', () => {
    assert.deepEqual(statuses([step('a'), step('b')], [started('a')]), { a: 'running' });
  });

  it('marks the branches not taken once the branch is over, and never one whose id is not known', () => {
    const taken = [started('high'), succeeded('high')];
    assert.deepEqual(statuses(branch, taken), { 'branch/high': 'success' });
    assert.deepEqual(statuses(branch, [...taken, started('after')]), {
      'branch/high': 'success',
      after: 'running',
      'branch/low': 'skipped',
    });
    assert.deepEqual(statuses(branch, [started('high'), failed('high'), finished('failed')]), {
      'branch/high': 'failed',
      'branch/low': 'skipped',
    });
  });

  it('marks all branches when the flow went past without taking one, but not before it got there', () => {
    assert.deepEqual(statuses(branch, [started('after')]), {
      after: 'running',
      'branch/low': 'skipped',
      'branch/high': 'skipped',
    });
    assert.deepEqual(statuses([step('a'), ...branch], [started('a'), failed('a'), finished('failed')]), {
      a: 'failed',
    });
    const last = [step('a'), box('conditional', 'branch', step('b'))];
    assert.deepEqual(statuses(last, [started('a'), succeeded('a'), finished('success')]), {
      a: 'success',
      'branch/b': 'skipped',
    });
  });

  it('knows that a branch inside a nested workflow is over when that workflow is', () => {
    const sketch = [workflow('i', 'i', box('conditional', 'c', step('x'), step('y'))), step('z')];
    const events = [started('i'), started('i.x'), succeeded('i.x')];
    assert.deepEqual(statuses(sketch, events), { i: 'running', 'i/c/x': 'success' });
    assert.deepEqual(statuses(sketch, [...events, succeeded('i')]), {
      i: 'success',
      'i/c/x': 'success',
      'i/c/y': 'skipped',
    });
  });

  it('shows items of a foreach on the body and the whole on the box', () => {
    const item = (index: number, output: string): RunEventBody => ({
      type: 'step-progress',
      time: 0,
      step: ['a'],
      completed: index + 1,
      total: 2,
      index,
      itemStatus: 'success',
      output,
    });
    const events = numbered([
      started('a', { input: ['x', 'y'] }),
      item(0, 'X'),
      item(1, 'Y'),
      succeeded('a', { output: ['X', 'Y'] }),
    ]);
    const { nodes } = momentAfter(nodesOf([box('foreach', 'each', step('a'))]), events);
    const body = nodes.get('each/a');
    const whole = nodes.get('each');
    assert.deepEqual([body?.runs, body?.status], [2, 'success']);
    assert.deepEqual([valueOf(events, body?.input), valueOf(events, body?.output)], ['y', 'Y']);
    assert.deepEqual(whole?.progress, { completed: 2, total: 2 });
    assert.deepEqual([whole.runs, valueOf(events, whole.input)], [1, ['x', 'y']]);
  });

  it('counts items by the array where the run does not tell of each', () => {
    const events = [started('a', { input: ['x', 'y', 'z'] }), succeeded('a', { output: ['X', 'Y', 'Z'] })];
    const { nodes } = momentAfter(nodesOf([box('foreach', 'each', step('a'))]), numbered(events));
    assert.equal(nodes.get('each/a')?.runs, 3);
  });

  it('counts the rounds of a loop and keeps the last', () => {
    const rounds = [1, 2, 3].flatMap((iteration) => [
      started('a', { iteration, input: iteration }),
      succeeded('a', { iteration, output: iteration * 10 }),
    ]);
    const events = numbered(rounds);
    const run = momentAfter(nodesOf([box('loop', 'loop', step('a'))]), events).nodes.get('loop/a');
    assert.deepEqual([run?.runs, valueOf(events, run?.input), valueOf(events, run?.output)], [3, 3, 30]);
  });

  it('marks every node that an event may belong to', () => {
    const sketch = [box('parallel', 'p', step('a', 'a'), step('a', 'a-2'))];
    const { nodes } = momentAfter(nodesOf(sketch), numbered([started('a')]));
    assert.deepEqual(
      [...nodes].map(([address, run]) => [address, run.status, run.uncertain]),
      [
        ['p/a', 'running', true],
        ['p/a-2', 'running', true],
      ],
    );
  });

  it('names steps that the drawing does not have', () => {
    assert.deepEqual(momentAfter(nodesOf([step('a')]), numbered([started('x.y'), started('x.y')])).unmatched, ['x.y']);
  });

  it('ends what still runs with the run', () => {
    assert.deepEqual(statuses([step('a')], [started('a'), finished('canceled')]), { a: 'canceled' });
    assert.deepEqual(statuses([step('a')], [started('a'), finished('suspended')]), { a: 'suspended' });
  });

  it('goes on with what was suspended: the step that is resumed, and the workflow around it', () => {
    const sketch = [workflow('i', 'i', step('a'), step('ask')), step('z')];
    const resumed: RunEventBody = {
      type: 'run-resumed',
      time: 0,
      runId: 'r',
      workflowId: 'w',
      step: ['i', 'ask'],
      index: undefined,
      data: true,
    };
    const before = [
      ...[started('i'), started('i.a'), succeeded('i.a'), started('i.ask')],
      ...[suspended('i.ask'), suspended('i'), finished('suspended')],
    ];
    assert.deepEqual(statuses(sketch, before), { i: 'suspended', 'i/a': 'success', 'i/ask': 'suspended' });
    const going = [...before, resumed, started('i'), started('i.ask')];
    assert.deepEqual(statuses(sketch, going), { i: 'running', 'i/a': 'success', 'i/ask': 'running' });
    const after = [...going, succeeded('i.ask'), succeeded('i'), started('z'), succeeded('z'), finished('success')];
    const moment = momentAfter(nodesOf(sketch), numbered([runStarted, ...after]));
    assert.equal(moment.status, 'success');
    assert.deepEqual(
      [...moment.nodes].map(([address, { status, runs }]) => [address, status, runs]),
      [
        ['i', 'success', 1],
        ['i/a', 'success', 1],
        ['i/ask', 'success', 1],
        ['z', 'success', 1],
      ],
    );
  });

  it('keeps what still waits when one of several steps was resumed, and ends it when the run is canceled', () => {
    const sketch = [box('parallel', 'p', step('legal'), step('finance'))];
    const both = [
      started('legal'),
      started('finance'),
      suspended('legal'),
      suspended('finance'),
      finished('suspended'),
    ];
    const one = [...both, started('finance'), succeeded('finance'), finished('suspended')];
    assert.deepEqual(statuses(sketch, one), { 'p/legal': 'suspended', 'p/finance': 'success' });
    assert.deepEqual(statuses(sketch, [...one, finished('canceled')]), {
      'p/legal': 'canceled',
      'p/finance': 'success',
    });
  });
});
