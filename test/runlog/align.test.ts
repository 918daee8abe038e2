import assert from 'node:assert/strict';
import { createAligner } from '../../common/runlog/index.ts';
import type { RunEventBody } from '../../common/runlog/index.ts';
import { box, isStepEvent, nodesOf, numbered, sleep, started, step, succeeded, workflow } from './nodes.ts';
import type { NodeSketch } from './nodes.ts';

/** One line per event: the node it belongs to, `a | b` for "one of these", `-` for none. */
function aligned(sketches: readonly NodeSketch[], bodies: readonly RunEventBody[]): readonly string[] {
  const align = createAligner(nodesOf(sketches));
  return numbered(bodies)
    .filter(isStepEvent)
    .map((event) => {
      const alignment = align(event);
      assert.equal(alignment.certain, alignment.nodes.length <= 1);
      const names = alignment.nodes.join(' | ') || '-';
      return alignment.box === undefined ? names : `${alignment.box} > ${names}`;
    });
}

const round = (id: string, more: Parameters<typeof started>[1] = {}): readonly RunEventBody[] => [
  started(id, more),
  succeeded(id, more),
];

describe('aligning events with nodes', () => {
  it('finds a step by its path', () => {
    const sketch = [step('a'), workflow('inner', 'inner', step('a'))];
    assert.deepEqual(aligned(sketch, [...round('a'), started('inner'), ...round('inner.a'), succeeded('inner')]), [
      'a',
      'a',
      'inner',
      'inner/a',
      'inner/a',
      'inner',
    ]);
  });

  it('answers with no node for a step that the drawing does not have', () => {
    assert.deepEqual(aligned([step('a')], round('b')), ['-', '-']);
  });

  it('takes the second use of a step after the first has ended', () => {
    const sketch = [step('a', 'a'), step('b'), step('a', 'a-2')];
    assert.deepEqual(aligned(sketch, [...round('a'), ...round('b'), ...round('a')]), [
      'a',
      'a',
      'b',
      'b',
      'a-2',
      'a-2',
    ]);
  });

  it('keeps a loop apart from the same step behind it', () => {
    const sketch = [box('loop', 'loop', step('a')), step('a', 'after')];
    const events = [
      ...round('a', { iteration: 1, callId: '1' }),
      ...round('a', { iteration: 2, callId: '2' }),
      ...round('a', { callId: '3' }),
    ];
    assert.deepEqual(aligned(sketch, events), ['loop/a', 'loop/a', 'loop/a', 'loop/a', 'after', 'after']);
  });

  it('follows a nested workflow used in a branch and in a loop', () => {
    const inner = (address: string): NodeSketch => workflow('inner', address, step('x'), step('y'));
    const sketch = [box('conditional', 'branch', inner('one'), step('other')), box('loop', 'loop', inner('two'))];
    const once = [...round('inner.x'), ...round('inner.y')];
    const events = [
      started('inner', { callId: '1' }),
      ...once,
      succeeded('inner', { callId: '1' }),
      started('inner', { callId: '2', iteration: 1 }),
      ...once,
      succeeded('inner', { callId: '2', iteration: 1 }),
      started('inner', { callId: '3', iteration: 2 }),
      ...once,
      succeeded('inner', { callId: '3', iteration: 2 }),
    ];
    const at = (outer: string): readonly string[] => [
      outer,
      `${outer}/x`,
      `${outer}/x`,
      `${outer}/y`,
      `${outer}/y`,
      outer,
    ];
    assert.deepEqual(aligned(sketch, events), [...at('branch/one'), ...at('loop/two'), ...at('loop/two')]);
  });

  it('uses call ids to tell overlapping starts apart', () => {
    const sketch = [box('parallel', 'p', workflow('i', 'i', step('a')), workflow('j', 'j', step('a')))];
    const events = [
      started('i', { callId: '1' }),
      started('j', { callId: '2' }),
      started('i.a', { callId: '3' }),
      started('j.a', { callId: '4' }),
      succeeded('i.a', { callId: '3' }),
      succeeded('j', { callId: '2' }),
    ];
    assert.deepEqual(aligned(sketch, events), ['p/i', 'p/j', 'p/i/a', 'p/j/a', 'p/i/a', 'p/j']);
  });

  it('says so when one step runs twice side by side', () => {
    const sketch = [box('parallel', 'p', step('a', 'a'), step('a', 'a-2'))];
    assert.deepEqual(aligned(sketch, [started('a'), succeeded('a')]), ['p/a | p/a-2', 'p/a | p/a-2']);
  });

  it('gives a foreach both its box and its body', () => {
    const sketch = [box('foreach', 'each', step('a'))];
    assert.deepEqual(aligned(sketch, [started('a'), succeeded('a')]), ['each > each/a', 'each > each/a']);
  });

  it('finds the workflow inside a foreach, whose items interleave', () => {
    const sketch = [box('foreach', 'each', workflow('i', 'i', step('a'), step('b')))];
    const events = [
      started('i'),
      started('i.a'),
      started('i.a'),
      succeeded('i.a'),
      started('i.b'),
      succeeded('i.a'),
      succeeded('i'),
    ];
    assert.deepEqual(aligned(sketch, events), [
      'each > each/i',
      'each/i/a',
      'each/i/a',
      'each/i/a',
      'each/i/b',
      'each/i/a',
      'each > each/i',
    ]);
  });

  it('gives sleeps without id their place in the flow', () => {
    const sketch = [sleep('nap'), step('a'), sleep('rest'), workflow('i', 'i', sleep('inside'))];
    const waiting = (id: string): RunEventBody => ({
      type: 'step-waiting',
      time: 0,
      step: id.split('.'),
      until: undefined,
    });
    const events = [
      waiting('sleep_1'),
      succeeded('sleep_1'),
      ...round('a'),
      waiting('sleep_2'),
      succeeded('sleep_2'),
      started('i'),
      waiting('i.sleep_3'),
    ];
    assert.deepEqual(aligned(sketch, events), ['nap', 'nap', 'a', 'a', 'rest', 'rest', 'i', 'i/inside']);
  });

  it('gives mappings with random ids, as early 1.x made them, their place in the flow', () => {
    const mapping = (id: string): NodeSketch => ({ kind: 'mapping', id, address: id, children: [] });
    const sketch = [mapping('mapping_w_0'), step('a'), mapping('named')];
    const events = [...round('mapping_0c53184e'), ...round('a'), ...round('mapping_7e1f')];
    assert.deepEqual(aligned(sketch, events), ['mapping_w_0', 'mapping_w_0', 'a', 'a', 'named', 'named']);
  });

  it('goes by what is left when the flow cannot be followed', () => {
    const sketch = [step('a', 'a'), step(undefined, 'unknown'), step('a', 'a-2')];
    assert.deepEqual(aligned(sketch, [...round('a'), ...round('a')]), ['a', 'a', 'a-2', 'a-2']);
  });

  it('places a result without a start', () => {
    assert.deepEqual(aligned([step('a')], [succeeded('a')]), ['a']);
  });
});
