import assert from 'node:assert/strict';
import { createRunLog, maxConsoleEvents, toJson, toRunError } from '../../common/runlog/index.ts';

describe('values of a running program as JSON', () => {
  it('says what JSON cannot hold', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    assert.deepEqual(toJson(circle), { self: '[circular]' });
    assert.deepEqual(toJson([12n, () => 1, undefined, Number.NaN, new Date(0)]), [
      '[bigint 12]',
      null,
      null,
      null,
      '1970-01-01T00:00:00.000Z',
    ]);
    assert.deepEqual(toJson(new Map([['a', new Set([1])]])), [['a', [1]]]);
    assert.deepEqual(toJson({ error: new TypeError('bad') }), { error: { name: 'TypeError', message: 'bad' } });
    assert.equal(toJson(new Uint8Array(3)), '[Uint8Array of 3 bytes]');
    assert.deepEqual(toJson({ ok: 1, skip: undefined, f: () => 1 }), { ok: 1 });
  });

  it('survives values that throw when they are read', () => {
    const hostile = {
      get trap(): string {
        throw new Error('hands off');
      },
    };
    assert.equal(toJson(hostile), '[unreadable: hands off]');
  });

  it('cuts 50 MB to a size that can be sent', () => {
    assert.ok(JSON.stringify(toJson('x'.repeat(50_000_000))).length < 70_000);
    const many = toJson(Array.from({ length: 1_000_000 }, (_, index) => ({ index, text: 'some text of an item' })));
    assert.ok(JSON.stringify(many).length < 700_000);
    assert.ok(Array.isArray(many));
    assert.match(String(many.at(-1)), /^… \d+ more items$/);
  });

  it('keeps a field named __proto__ as data', () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1}}');
    assert.equal(JSON.stringify(toJson(value)), '{"__proto__":{"a":1}}');
  });
});

describe('anything thrown as an error', () => {
  it('keeps name, message, stack and causes', () => {
    const error = toRunError(new RangeError('outer', { cause: new Error('inner', { cause: 'a string' }) }));
    assert.equal(error.name, 'RangeError');
    assert.match(error.stack ?? '', /json\.test\.ts/);
    assert.equal(error.cause?.message, 'inner');
    assert.equal(error.cause.cause?.message, 'a string');
  });

  it('describes what is no error', () => {
    assert.equal(toRunError('just text').message, 'just text');
    assert.equal(toRunError({ code: 7 }).message, '{"code":7}');
    assert.equal(toRunError(undefined).message, 'undefined');
  });

  it('ends a circle of causes', () => {
    const error = new Error('again');
    error.cause = error;
    assert.doesNotThrow(() => JSON.stringify(toRunError(error)));
  });
});

describe('the log of a run', () => {
  it('numbers events without gaps and bounds console lines', () => {
    const log = createRunLog();
    for (let line = 0; line < maxConsoleEvents + 10; line += 1) {
      log.append({ type: 'console', time: 0, level: 'log', text: 'x', step: undefined });
    }
    log.append({ type: 'run-started', time: 0, runId: 'r', workflowId: 'w', input: null });
    assert.equal(log.events.length, maxConsoleEvents + 1);
    assert.equal(log.droppedConsole, 10);
    assert.ok(log.events.every((event, index) => event.seq === index));
  });

  it('keeps the events of a run without end, but not all it carries', () => {
    const log = createRunLog(1_000);
    for (let round = 0; round < 20; round += 1) {
      log.append({
        type: 'step-succeeded',
        time: 0,
        step: ['a'],
        callId: undefined,
        output: { text: 'x'.repeat(200) },
        iteration: round,
      });
    }
    const outputs = log.events.map((event) => event.type === 'step-succeeded' && event.output);
    assert.equal(outputs.length, 20);
    assert.equal(outputs.filter((output) => output === '[not kept: the log of this run is full]').length, 16);
  });
});
