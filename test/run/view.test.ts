/** The rows of the Run view, as text: two spaces a level, `label | description | status`. */
import assert from 'node:assert/strict';
import type { Json } from '../../common/runlog/events.ts';
import { createRunLog } from '../../common/runlog/log.ts';
import type { RunEventBody } from '../../common/runlog/log.ts';
import { executeOffset, placeOfError, placeOfFrame } from '../../client/src/run/view/places.ts';
import { childRows, hasChildren, rootRows } from '../../client/src/run/view/rows.ts';
import type { Row } from '../../client/src/run/view/rows.ts';
import { createRunTree } from '../../client/src/run/view/tree.ts';
import { explainValidation } from '../../client/src/run/validation.ts';
import { toRunError } from '../../common/runlog/error.ts';

let clock = 0;
beforeEach(() => (clock = 0));
const tick = (): number => (clock += 5);

const began: RunEventBody = { type: 'run-started', time: 0, runId: 'r', workflowId: 'flow', input: {} };
const start = (path: string, input: Json = {}, iteration?: number): RunEventBody => ({
  type: 'step-started',
  time: tick(),
  step: path.split('.'),
  callId: undefined,
  input,
  iteration,
});
const done = (path: string, output: Json = {}): RunEventBody => ({
  type: 'step-succeeded',
  time: tick(),
  step: path.split('.'),
  callId: undefined,
  output,
  iteration: undefined,
});
const failed = (path: string, error: unknown): RunEventBody => ({
  type: 'step-failed',
  time: tick(),
  step: path.split('.'),
  callId: undefined,
  error: toRunError(error),
  iteration: undefined,
});
const suspended = (path: string, payload: Json): RunEventBody => ({
  type: 'step-suspended',
  time: tick(),
  step: path.split('.'),
  payload,
});
const ended = (status: 'success' | 'failed' | 'suspended'): RunEventBody => ({
  type: 'run-finished',
  time: tick(),
  status,
  output: undefined,
  error: undefined,
});

function rowsOf(events: readonly RunEventBody[]): readonly Row[] {
  const log = createRunLog();
  const growing = createRunTree();
  for (const body of events) {
    const event = log.append(body);
    if (event !== undefined) growing.append(event);
  }
  return rootRows(growing.tree);
}

function outline(events: readonly RunEventBody[], unfold: (row: Row) => boolean = () => true): readonly string[] {
  const lines: string[] = [];
  const walk = (rows: readonly Row[], depth: number): void => {
    for (const row of rows) {
      lines.push('  '.repeat(depth) + [row.label, row.description, row.status].filter(Boolean).join(' | '));
      assert.equal(hasChildren(row), childRows(row).length > 0, row.label);
      if (unfold(row)) walk(childRows(row), depth + 1);
    }
  };
  walk(rowsOf(events), 0);
  return lines;
}

describe('the rows of a run', () => {
  it('of a foreach over a workflow have its items, and what the steps in it print ends with it', () => {
    const printed = (path: string, text: string): RunEventBody => {
      return { type: 'console', time: tick(), level: 'log', text, step: path.split('.') };
    };
    const item = (index: number): RunEventBody => {
      const progress = { completed: index + 1, total: 2, index, itemStatus: 'success', output: { n: index } } as const;
      return { type: 'step-progress', time: tick(), step: ['inner'], ...progress };
    };
    const before = [began, start('inner', [{ n: 0 }, { n: 1 }]), printed('inner.a', 'one'), item(0)];
    const after = [
      ...before,
      printed('inner.a', 'two'),
      item(1),
      done('inner', [{ n: 0 }, { n: 1 }]),
      ended('success'),
    ];
    const unfold = (row: Row): boolean => row.kind !== 'group';
    assert.match(outline(before, unfold).join('\n'), / {2}a \| running/);
    const lines = outline(after, unfold).map((line) => line.replace(/ \| .* \| /, ' | '));
    assert.deepEqual(lines, [
      'inner | success',
      '  a | success',
      '    Console | 2 lines',
      '  [0] | success',
      '  [1] | success',
    ]);
  });

  it('are its steps in order, with duration and sizes', () => {
    assert.deepEqual(
      outline([began, start('a', { n: 1 }), done('a', { text: 'ö' }), start('b'), done('b'), ended('success')]),
      ['a | 5 ms · in 7 B, out 13 B | success', 'b | 5 ms · in 2 B, out 2 B | success'],
    );
  });

  it('hold nested workflows, and rounds of loops', () => {
    const events = [began, start('inner'), start('inner.a'), done('inner.a'), done('inner')];
    for (const round of [1, 2]) events.push(start('again', round, round), done('again', round));
    assert.deepEqual(outline(events), [
      'inner | 15 ms · in 2 B, out 2 B | success',
      '  a | 5 ms · in 2 B, out 2 B | success',
      'again | 2× · 10 ms · in 1 B, out 1 B | success',
      '  Iteration 1 | 5 ms · in 1 B, out 1 B | success',
      '  Iteration 2 | 5 ms · in 1 B, out 1 B | success',
    ]);
  });

  it('of 10,000 items come in ranges that are made when they are opened', () => {
    const events = [
      began,
      start(
        'each',
        Array.from({ length: 10_000 }, (_, index) => index),
      ),
    ];
    for (let index = 0; index < 10_000; index += 1) {
      events.push({
        type: 'step-progress',
        time: tick(),
        step: ['each'],
        completed: index + 1,
        total: 10_000,
        index,
        itemStatus: index === 4_711 ? 'failed' : 'success',
        output: index,
      });
    }
    const lines = outline(events, (row) => row.kind !== 'range' || row.status === 'failed');
    assert.equal(lines.length, 1 + 100 + 100);
    assert.match(lines[0] ?? '', /^each \| running · 10000 of 10000/);
    assert.equal(lines[1], '  [0 … 99] | success');
    assert.ok(lines.includes('  [4700 … 4799] | failed'));
    assert.ok(lines.includes('    [4711] | in 4 B, out 4 B | failed'));
    assert.equal(lines.at(-1), '  [9900 … 9999] | success');
  });

  it('say what waits, and go on with the same time when it is resumed', () => {
    const before = [
      began,
      start('inner'),
      start('inner.ask'),
      suspended('inner.ask', { q: 'ok?' }),
      suspended('inner', { q: 'ok?' }),
      ended('suspended'),
    ];
    assert.deepEqual(outline(before), [
      'inner | waits for an answer · in 2 B | suspended',
      '  ask | waits for an answer · in 2 B | suspended',
      '    Waits for an answer: {"q":"ok?"}',
    ]);
    const [inner] = rowsOf(before);
    assert.ok(inner?.kind === 'step');
    assert.equal(inner.values.waits, false);
    const [ask] = childRows(inner);
    assert.ok(ask?.kind === 'step');
    assert.equal(ask.values.waits, true);
    const resumed: RunEventBody = {
      type: 'run-resumed',
      time: tick(),
      runId: 'r',
      workflowId: 'flow',
      step: ['inner', 'ask'],
      index: undefined,
      data: true,
    };
    const after = [
      ...before,
      resumed,
      start('inner'),
      start('inner.ask'),
      done('inner.ask'),
      done('inner'),
      ended('success'),
    ];
    assert.deepEqual(
      outline(after).map((line) => line.replace(/ \|.*\| /, ' | ')),
      ['inner | success', '  ask | success'],
    );
  });

  it('show the whole chain of causes, and the fields that did not fit on both sides', () => {
    const error = new TypeError('no', { cause: new Error('because') });
    assert.deepEqual(outline([began, start('a'), failed('a', error), ended('failed')]), [
      'a | failed · 5 ms · in 2 B | failed',
      '  TypeError: no | failed',
      '    Caused by Error: because | failed',
    ]);
    const refused = {
      name: 'Error',
      message:
        'Step input validation failed: \n- mode: Invalid input: expected string, received undefined\n- items.0.n: Invalid input: expected number, received string',
      cause: { name: 'Error', message: '{"issues":[]}' },
    };
    const lines = outline([
      began,
      start('prepare'),
      done('prepare'),
      start('use', { items: [{ n: 'x' }] }),
      failed('use', refused),
      ended('failed'),
    ]);
    assert.deepEqual(lines.slice(3), [
      '  mode: wants string; prepare gave nothing there',
      '  items[0].n: wants number; prepare gave "x"',
    ]);
    assert.deepEqual(explainValidation(toRunError(error), {}, 'a'), []);
  });

  it('hold what a step printed and wrote, and what an agent says as it comes', () => {
    const delta = (text: string): RunEventBody => ({
      type: 'step-output',
      time: 0,
      step: ['say'],
      output: { type: 'text-delta', from: 'AGENT', payload: { id: '1', text } },
    });
    const line = (text: string, step: readonly string[] | undefined): RunEventBody => ({
      type: 'console',
      time: 0,
      level: 'log',
      text,
      step,
    });
    const frame: RunEventBody = {
      type: 'step-output',
      time: 0,
      step: ['say'],
      output: { type: 'text-start', from: 'AGENT' },
    };
    const custom: RunEventBody = { type: 'step-output', time: 0, step: [], output: { done: 3 } };
    const events = [
      began,
      start('say'),
      frame,
      delta('Hello '),
      delta('there'),
      line('in say', ['say']),
      line('outside', undefined),
      custom,
    ];
    assert.deepEqual(outline(events), [
      'say | running · in 2 B | running',
      '  Text | 2 tokens · Hello there',
      '    Hello there',
      '  Console | 1 line',
      '    in say',
      'Events | 1 event',
      '  {"done":3}',
      'Console | 1 line',
      '  outside',
    ]);
    const many = Array.from({ length: 100_000 }, (_, index) => line(`line ${index}`, ['say']));
    const [say] = rowsOf([began, start('say'), ...many]);
    assert.ok(say !== undefined);
    const [printed] = childRows(say);
    assert.equal(printed?.description, '5,000 lines, the last 500 are shown');
  });
});

describe('places in the source', () => {
  it('are read from frames of every form', () => {
    assert.deepEqual(placeOfFrame('    at work (file:///p/a%20b/flow.ts:13:15)'), {
      file: '/p/a b/flow.ts',
      line: 12,
      character: 14,
    });
    assert.deepEqual(placeOfFrame('    at /p/flow.ts:1:2'), { file: '/p/flow.ts', line: 0, character: 1 });
    assert.deepEqual(placeOfFrame('    at async Object.execute (/p/flow.ts:7:3)'), {
      file: '/p/flow.ts',
      line: 6,
      character: 2,
    });
    assert.equal(placeOfFrame('    at node:internal/timers:12:3'), undefined);
    assert.equal(placeOfFrame('Error: at noon (1:2:3)'), undefined);
  });

  it('are the innermost cause’s in the author’s own files', () => {
    const cause = {
      name: 'Error',
      message: 'c',
      stack: 'Error: c\n    at lib (/p/node_modules/x/i.js:1:1)\n    at call (/p/gateway.ts:5:6)',
    };
    const error = toRunError({ name: 'Error', message: 'e', stack: 'Error: e\n    at step (/p/flow.ts:2:3)', cause });
    const isOwn = (file: string): boolean => !file.includes('node_modules');
    assert.deepEqual(placeOfError(error, isOwn), { file: '/p/gateway.ts', line: 4, character: 5 });
    assert.equal(placeOfError(toRunError('text'), isOwn), undefined);
  });

  it('are the execute of a step where it is written out', () => {
    assert.equal(executeOffset("createStep({ id: 'a', execute: async () => 1 })"), 22);
    assert.equal(executeOffset('createStep({ async execute() {} })'), 19);
    assert.equal(executeOffset('agentStep'), 0);
    assert.equal(executeOffset("a = createStep({ id: ')' }).then(b({ execute: 1 }))"), 0);
    assert.equal(executeOffset('used)\n  .then(createStep({ execute() {} }))'), 0);
    assert.equal(executeOffset("a = createStep({ id: ')', /* ( */ execute() {} })"), 34);
  });
});
