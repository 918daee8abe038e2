/** The pure parts of the panel: words, states of boxes, paths of lines. */
import assert from 'node:assert/strict';
import type { RunStatus } from '../../common/runlog/events.ts';
import { arrowHead, roundedPath } from '../../webview/src/paths.ts';
import { layoutGraph } from '../../common/graph/view.ts';
import { runView } from '../../webview/src/run-view.ts';
import { initialState, reduce } from '../../webview/src/state.ts';
import { durationLabel, elapsedTime, runLine, secondLine } from '../../webview/src/words.ts';
import { momentOf, nodeRun, overlay, startedAt } from '../webview/overlays.ts';
import type { NodeSketch } from '../webview/overlays.ts';
import { target } from '../webview/target.ts';
import { branch, foreach, keyOf, loop, mapping, nested, parallel, project, step, workflow } from './builder.ts';
import { graphOf, modelOf, nodeOf } from './graph-of.ts';

describe('words of the panel', () => {
  it('give durations in the units people use', () => {
    const durations: Readonly<Record<number, string>> = {
      0: '0 ms',
      999: '999 ms',
      1000: '1.0 s',
      59_900: '59.9 s',
      59_990: '1 min 0 s',
      125_000: '2 min 5 s',
      3_599_999: '1 h 0 min',
      5_400_000: '1 h 30 min',
    };
    for (const [milliseconds, text] of Object.entries(durations))
      assert.equal(durationLabel(Number(milliseconds)), text);
  });

  it('count on for what runs, and stop for what has ended', () => {
    assert.equal(elapsedTime(nodeRun('running'), startedAt + 3000), 3000);
    assert.equal(elapsedTime(nodeRun('success', 40), startedAt + 3000), 40);
    assert.equal(elapsedTime(nodeRun('suspended'), startedAt + 3000), undefined);
    assert.equal(elapsedTime(nodeRun('skipped'), startedAt + 3000), undefined);
    assert.equal(elapsedTime(nodeRun('running'), startedAt - 5), 0, 'clocks may differ');
  });

  it('name progress and repetitions', () => {
    const run = nodeRun('running', undefined, { progress: { completed: 3, total: 5 }, runs: 2 });
    assert.equal(runLine(run, startedAt + 1400), 'Running · 3 of 5 · 1.4 s · 2×');
    assert.equal(runLine({ ...run, runs: 3 }, startedAt + 1400), 'Running · 3 of 5 · 1.4 s', 'once for each item');
  });

  it('tell how often a step was tried', () => {
    const tried = (status: 'running' | 'success' | 'failed') => ({ ...nodeRun(status, 40), attempts: 3 });
    assert.equal(
      runLine({ ...tried('running'), finishedAt: undefined }, startedAt + 1400),
      'Running · 1.4 s · attempt 3',
    );
    assert.equal(runLine(tried('success'), startedAt), 'Succeeded · 40 ms · 3 attempts');
    assert.equal(runLine({ ...tried('failed'), attempts: 1 }, startedAt), 'Failed · 40 ms');
  });

  it('do not say the kind twice', () => {
    const graph = graphOf(project(workflow('w', [mapping(), mapping('x', { id: 'named' })])), keyOf('w'), []);
    assert.equal(secondLine(nodeOf(graph, 'map')), 'gives orderId, total');
    assert.equal(secondLine(nodeOf(graph, 'named')), 'Map · gives orderId, total');
  });
});

describe('state of every box in a run', () => {
  const graph = modelOf(
    project(
      workflow('outer', [
        parallel([step('a'), step('b')]),
        branch([
          ['x', nested('inner')],
          ['!x', step('other')],
        ]),
        loop('dowhile', 'x', step('again')),
        foreach(step('each')),
      ]),
      workflow('inner', [step('deep')]),
    ),
    keyOf('outer'),
    [],
  );
  const view = (nodes: Readonly<Record<string, NodeSketch>>, status: RunStatus = 'running') =>
    runView({ nodes: graph.nodes, edges: layoutGraph(graph).edges }, momentOf(overlay({ nodes, status })));
  const status = (nodes: Readonly<Record<string, NodeSketch>>, id: string) => view(nodes).nodes.get(id)?.status;

  it('of a box that holds others follows from them', () => {
    const done = nodeRun('success', 1);
    assert.equal(status({}, 'parallel'), undefined);
    assert.equal(status({ 'parallel/a': done }, 'parallel'), 'running');
    assert.equal(status({ 'parallel/a': done, 'parallel/b': done }, 'parallel'), 'success');
    assert.equal(status({ 'parallel/a': done, 'parallel/b': nodeRun('failed', 1) }, 'parallel'), 'failed');
    assert.equal(status({ 'parallel/a': nodeRun('suspended'), 'parallel/b': done }, 'parallel'), 'suspended');
  });

  it('of a skipped path is that of everything in it, and counts as nothing to do', () => {
    const skipped = view({ 'branch/inner': nodeRun('skipped'), 'branch/other': nodeRun('success', 1) });
    assert.equal(skipped.nodes.get('branch/inner/deep')?.status, 'skipped');
    assert.equal(skipped.nodes.get('branch/inner/$start')?.status, 'skipped');
    assert.deepEqual([skipped.completed, skipped.total, skipped.skipped], [1, 5, 1]);
  });

  it('of the ends of a nested workflow is that of what is between them', () => {
    const inside = view({ 'branch/inner': nodeRun('running'), 'branch/inner/deep': nodeRun('running') });
    assert.equal(inside.nodes.get('branch/inner/$start')?.status, 'success');
    assert.equal(inside.nodes.get('branch/inner/$end'), undefined);
  });

  it('leads attention to the innermost box that failed', () => {
    const nodes = { 'branch/inner': nodeRun('failed', 2), 'branch/inner/deep': nodeRun('failed', 1) };
    assert.equal(view(nodes, 'failed').attention, 'branch/inner/deep');
    assert.equal(view({}, 'failed').attention, undefined);
    assert.equal(view(nodes, 'canceled').attention, undefined, 'broken off is not gone wrong');
  });

  it('draws the way back of a loop through when it was taken', () => {
    const id = 'dowhile/again->dowhile/again';
    assert.equal(view({ 'dowhile/again': nodeRun('success', 1) }).passed.has(id), false);
    assert.equal(view({ 'dowhile/again': nodeRun('success', 1, { runs: 2 }) }).passed.has(id), true);
  });
});

describe('state of the panel', () => {
  const graph = modelOf(project(workflow('w', [step('a'), step('b')])), keyOf('w'), []);
  const host = { target, graph, notice: undefined, canRun: true, pinned: undefined };

  it('keeps a selection from before a reload until the drawing shows whether it still exists', () => {
    const waiting = reduce(initialState({ selected: 'b' }), {
      type: 'host',
      state: { ...host, graph: undefined },
      now: 0,
    });
    assert.equal(waiting.selected, 'b');
    assert.equal(reduce(waiting, { type: 'host', state: host, now: 0 }).selected, 'b');
    const gone = reduce(initialState({ selected: 'c' }), { type: 'host', state: host, now: 0 });
    assert.deepEqual([gone.selected, gone.focused], [undefined, '$start']);
  });

  it('moves the selection with the focus only while something is selected', () => {
    const idle = reduce(initialState({ selected: undefined }), { type: 'host', state: host, now: 0 });
    const moved = reduce(idle, { type: 'move', direction: 'down' });
    assert.deepEqual([moved.focused, moved.selected], ['a', undefined]);
    const selected = reduce(reduce(moved, { type: 'select', node: 'a' }), { type: 'move', direction: 'down' });
    assert.deepEqual([selected.focused, selected.selected], ['b', 'b']);
  });
});

describe('lines', () => {
  it('have round corners that never reach past the middle of a short piece', () => {
    assert.equal(
      roundedPath([
        [0, 0],
        [0, 14],
        [100, 14],
        [100, 20],
      ]),
      'M0 0L0 7Q0 14 7 14L97 14Q100 14 100 17L100 20',
    );
    assert.equal(
      roundedPath([
        [0, 0],
        [0, 32],
      ]),
      'M0 0L0 32',
    );
  });

  it('point with their head along the last piece', () => {
    assert.equal(
      arrowHead([
        [10, 0],
        [10, 30],
      ]),
      'M10 30L14 23L6 23Z',
    );
  });
});
