import assert from 'node:assert/strict';
import { decodeRecord, initialDecodeState } from '../../common/runlog/index.ts';
import type { DecodeState, RunEventBody } from '../../common/runlog/index.ts';

interface Decoding {
  readonly events: readonly RunEventBody[];
  readonly state: DecodeState;
}

function decode(...records: readonly object[]): Decoding {
  let state = initialDecodeState;
  const events: RunEventBody[] = [];
  for (const record of records) {
    const decoded = decodeRecord(state, record, 1, 'the input');
    state = decoded.state;
    events.push(...decoded.events);
  }
  return { events, state };
}

const record = (type: string, payload: object): object => ({ type, runId: 'run', from: 'WORKFLOW', payload });
const start = (id: string, more: object = {}): object =>
  record('workflow-step-start', {
    stepName: id,
    id,
    stepCallId: `call ${id}`,
    payload: { n: 1 },
    startedAt: 5,
    ...more,
  });
const result = (id: string, more: object): object =>
  record('workflow-step-result', { stepName: id, id, stepCallId: `call ${id}`, endedAt: 7, ...more });

describe('decoding a stream of @mastra/core', () => {
  it('makes events of a plain run', () => {
    const { events, state } = decode(
      record('workflow-start', { workflowId: 'order' }),
      start('a'),
      result('a', { status: 'success', output: { n: 2 } }),
      record('workflow-finish', { workflowStatus: 'success', metadata: {}, finalWorkflowResult: { n: 2 } }),
    );
    const more = { callId: 'call a', iteration: undefined };
    assert.deepEqual(events, [
      { type: 'run-started', time: 1, runId: 'run', workflowId: 'order', input: 'the input' },
      { type: 'step-started', time: 5, step: ['a'], input: { n: 1 }, ...more },
      { type: 'step-succeeded', time: 7, step: ['a'], output: { n: 2 }, ...more },
      { type: 'run-finished', time: 1, status: 'success', output: { n: 2 }, error: undefined },
    ]);
    assert.deepEqual([...state.ignored], []);
  });

  it('reads the path of a nested step from the workflows that run, so that ids may hold dots', () => {
    const { events } = decode(start('inner'), start('inner.a'), start('inner.v1.2'), start('other.a'));
    assert.deepEqual(
      events.map((event) => 'step' in event && event.step),
      [['inner'], ['inner', 'a'], ['inner', 'v1.2'], ['other.a']],
    );
  });

  it('counts rounds of a loop', () => {
    const { events } = decode(start('a', { metadata: { iterationCount: 2 } }));
    assert.deepEqual(
      events.map((event) => event.type === 'step-started' && event.iteration),
      [2],
    );
  });

  it('finds the nested step that wrote, unless two are called so', () => {
    const written = record('workflow-step-output', { stepName: 'a', output: 1 });
    const paths = (...records: readonly object[]): readonly unknown[] =>
      decode(...records, written).events.flatMap((event) => (event.type === 'step-output' ? [event.step] : []));
    assert.deepEqual(paths(start('inner'), start('inner.a')), [['inner', 'a']]);
    assert.deepEqual(paths(start('i'), start('j'), start('i.a'), start('j.a')), [['a']]);
  });

  it('keeps what is written with writer.custom as output of the run', () => {
    assert.deepEqual(decode({ type: 'data-note', data: { ok: true } }).events, [
      { type: 'step-output', time: 1, step: [], output: { ok: true } },
    ]);
  });

  it('takes the error of a failed run from its last failed step', () => {
    const { events } = decode(
      start('a'),
      result('a', { status: 'failed', error: new TypeError('bad', { cause: new Error('root') }) }),
      record('workflow-finish', { workflowStatus: 'failed', metadata: {} }),
    );
    const last = events.at(-1);
    assert.ok(last?.type === 'run-finished');
    assert.deepEqual([last.error?.name, last.error?.message, last.error?.cause?.message], ['TypeError', 'bad', 'root']);
    assert.match(last.error?.stack ?? '', /decode\.test\.ts/);
  });

  it("takes a refused run's error from its finish", () => {
    const { events } = decode(
      record('workflow-finish', { workflowStatus: 'failed', metadata: { error: { message: 'Invalid input data' } } }),
    );
    assert.deepEqual(
      events.map((event) => event.type === 'run-finished' && event.error?.message),
      ['Invalid input data'],
    );
  });

  it("hides Mastra's notes in what a step was suspended with", () => {
    const { events } = decode(
      record('workflow-step-suspended', { id: 'a', suspendPayload: { why: 'ask', __workflow_meta: { runId: 'x' } } }),
    );
    assert.deepEqual(events, [{ type: 'step-suspended', time: 1, step: ['a'], payload: { why: 'ask' } }]);
  });

  it('ignores and counts what it does not know', () => {
    const { events, state } = decode(record('workflow-dream', {}), record('workflow-dream', {}), { no: 'type' });
    assert.deepEqual(events, []);
    assert.deepEqual(
      [...state.ignored],
      [
        ['workflow-dream', 2],
        ['not a record', 1],
      ],
    );
  });
});
