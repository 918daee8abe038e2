import assert from 'node:assert/strict';
import { fieldPath, issuesText, parseInput } from '../../client/src/run/check.ts';
import { coalesce } from '../../client/src/run/coalesce.ts';
import { parseErrors } from '../../client/src/run/esbuild.ts';
import { problemMessage } from '../../client/src/run/messages.ts';
import { resultText } from '../../client/src/run/notify.ts';
import { createLineWriter, createRunPrinter, duration, errorLines } from '../../client/src/run/output.ts';
import { prefillOf } from '../../client/src/run/prefill.ts';
import type { RunProblem } from '../../client/src/run/problem.ts';
import { parseMessage } from '../../client/src/run/schema.ts';
import type { RunEventBody } from '../../common/runlog/log.ts';
import { z } from 'zod';
import { until } from './project.ts';
import { failed, finished, numbered, runStarted, started, succeeded } from '../runlog/nodes.ts';

describe('a first input from the schema', () => {
  const cases: readonly (readonly [name: string, schema: z.ZodType, value: unknown])[] = [
    [
      'required fields and defaults',
      z.object({ a: z.string(), b: z.number().optional(), c: z.boolean(), d: z.number().default(3), e: z.null() }),
      { a: '', c: false, d: 3, e: null },
    ],
    [
      'limits',
      z.object({ n: z.number().min(5), i: z.int().positive(), s: z.string().min(2) }),
      { n: 5, i: 1, s: 'text' },
    ],
    ['formats', z.object({ m: z.email(), u: z.url() }), { m: 'name@example.com', u: 'https://example.com' }],
    [
      'choices',
      z.object({ e: z.enum(['x', 'y']), l: z.literal(7), u: z.union([z.string(), z.number()]) }),
      { e: 'x', l: 7, u: '' },
    ],
    [
      'lists',
      z.object({ items: z.array(z.object({ sku: z.string() })), pair: z.tuple([z.string(), z.number()]) }),
      { items: [{ sku: '' }], pair: ['', 0] },
    ],
    ['parts', z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })), { a: '', b: 0 }],
    ['nullable', z.object({ n: z.string().nullable() }), { n: '' }],
    ['anything', z.any(), {}],
    ['text alone', z.string(), ''],
  ];
  for (const [name, schema, value] of cases) {
    it(name, () => {
      const json = z.json().parse(z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }));
      const first = prefillOf(json);
      assert.deepEqual(first, value);
      assert.ok(schema.safeParse(first).success);
    });
  }

  it('a type that holds itself ends', () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const json = z.json().parse(z.toJSONSchema(tree, { target: 'draft-07', io: 'input' }));
    assert.ok(JSON.stringify(prefillOf(json)).length < 5_000);
  });

  it('no schema', () => assert.deepEqual(prefillOf(undefined), {}));
});

describe('what is wrong with an input', () => {
  it('names the field as one writes it', () => {
    assert.equal(fieldPath(['items', '0', 'unit price', 'net']), 'items[0]["unit price"].net');
    assert.equal(
      issuesText([
        { path: ['a'], message: 'Required' },
        { path: [], message: 'x' },
      ]),
      'a: Required (and 1 more)',
    );
    assert.equal(issuesText([{ path: [], message: 'Expected object' }]), 'Expected object');
    assert.equal(issuesText([]), undefined);
  });

  it('reads JSON, and an empty text as {}', () => {
    assert.deepEqual(parseInput(' '), { kind: 'value', value: {} });
    const broken = parseInput('{"a":');
    assert.ok(broken.kind === 'broken');
    assert.match(broken.message, /^Not JSON: /);
  });
});

describe('the output of a run', () => {
  const print = (...events: readonly RunEventBody[]): readonly string[] =>
    events.flatMap(createRunPrinter('order')).map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''));

  it('has a head, the lines of each step and an end', () => {
    const line: RunEventBody = { type: 'console', time: 0, level: 'log', text: 'one\ntwo', step: ['inner', 'a'] };
    assert.deepEqual(
      print(runStarted, started('inner.a'), line, succeeded('inner.a', { output: { ok: true } }), finished('success')),
      [
        'order started with null',
        '[inner › a] one',
        '[inner › a] two',
        '[inner › a] succeeded in 0 ms: {"ok":true}',
        'order succeeded after 9 ms',
        '',
      ],
    );
  });

  it('shows an error of the run only when no step has shown it', () => {
    const end: RunEventBody = {
      type: 'run-finished',
      time: 0,
      status: 'failed',
      output: undefined,
      error: { name: 'Error', message: 'broke', stack: undefined, cause: undefined },
    };
    assert.deepEqual(print(end), ['order failed', '    Error: broke', '']);
    assert.deepEqual(print(failed('a'), end), ['[a] failed', '    Error: broke', 'order failed', '']);
  });

  it('leaves out frames of Mastra and Node, unless there are no others', () => {
    const stack = (...frames: readonly string[]): string =>
      ['Error: x', ...frames.map((frame) => `    at ${frame}`)].join('\n');
    const error = { name: 'Error', message: 'x', cause: undefined };
    const own = 'Object.execute (/app/src/a.ts:3:4)';
    const inside = 'fn (/app/node_modules/@mastra/core/dist/a.js:1:1)';
    assert.deepEqual(errorLines({ ...error, stack: stack(own, inside, 'node:internal/x:1:1') }, ''), [
      'Error: x',
      `    at ${own}`,
    ]);
    assert.deepEqual(errorLines({ ...error, stack: stack(inside) }, ''), ['Error: x', `    at ${inside}`]);
  });

  it('is written in batches and bounded', async () => {
    const written: string[] = [];
    const writer = createLineWriter((text) => written.push(text));
    for (let line = 0; line < 1_000; line += 1) writer.write([`${line}`]);
    await until(() => written.length > 0);
    assert.equal(written.length, 1);
    assert.equal(written[0]?.split('\n').length, 1_001);
    for (let line = 0; line < 600_000; line += 1) writer.write(['x']);
    writer.flush();
    assert.match(written.at(-1) ?? '', /further lines are not shown\n$/);
  });

  it('says durations as people do', () => {
    assert.deepEqual([0.4, 999, 1_250, 61_000].map(duration), ['0 ms', '999 ms', '1.3 s', '1 min 1 s']);
  });
});

describe('how a run ended', () => {
  const text = (...bodies: readonly RunEventBody[]): string | undefined => resultText('order', numbered(bodies))?.text;
  it('in a sentence', () => {
    assert.equal(text(runStarted, finished('success')), 'order succeeded in 9 ms.');
    assert.equal(text(runStarted, failed('inner.a'), finished('failed')), 'order failed in inner › a: see the output');
    assert.equal(
      text(runStarted, { type: 'step-suspended', time: 0, step: ['ask'], payload: null }, finished('suspended')),
      'order is suspended at ask and waits for an answer.',
    );
    assert.equal(text(runStarted, finished('canceled')), undefined);
  });
});

describe('problems in words', () => {
  const error = { name: 'Error', message: 'two\nlines', stack: undefined, cause: undefined };
  const problems: readonly RunProblem[] = [
    { kind: 'untrusted' },
    { kind: 'node-missing', needed: '22.13', found: [] },
    { kind: 'node-missing', needed: '22.13', found: ['18.0.0 (/usr/bin/node)'] },
    { kind: 'node-setting', needed: '22.13', path: '/x', found: undefined },
    { kind: 'node-setting', needed: '22.13', path: '/x', found: '20.0.0' },
    { kind: 'no-project', file: '/a.ts' },
    { kind: 'entry-setting', entry: 'src/x.ts' },
    { kind: 'not-writable', folder: '/x', reason: 'EACCES' },
    { kind: 'build-failed', errors: [], output: 'odd' },
    { kind: 'bundler-failed', reason: 'ENOENT' },
    { kind: 'core-missing', folder: '/x' },
    { kind: 'load-failed', error },
    { kind: 'workflow-not-found', workflow: 'order', file: '/x/order.ts', hasEntry: false },
    { kind: 'not-committed', workflow: 'order' },
    { kind: 'start-failed', error },
    { kind: 'exited', code: 1, step: undefined, error },
    { kind: 'uncaught', step: 'a', error },
    { kind: 'out-of-memory' },
    { kind: 'crashed', code: undefined, signal: 'SIGSEGV', stderr: 'x' },
    { kind: 'runner-failed', reason: 'x' },
  ];

  it('are whole sentences on one line, each its own', () => {
    const texts = problems.map((problem) => problemMessage(problem, 'order')?.text ?? '');
    for (const text of texts) assert.match(text, /^\S[^\n]{20,}$/);
    assert.equal(new Set(texts).size, texts.length);
  });

  it('a canceled run says nothing', () => assert.equal(problemMessage({ kind: 'canceled' }, 'order'), undefined));
});

describe('what comes from outside', () => {
  it('errors of esbuild become places', () => {
    const text = `✘ [ERROR] Expected ";" but found "x"\n\n    src/a.ts:3:4:\n      3 │ let x x\n        ╵     ^\n\n✘ [ERROR] Could not read from file\n\n1 error\n`;
    assert.deepEqual(parseErrors(text, '/app'), [
      { message: 'Expected ";" but found "x"', file: '/app/src/a.ts', line: 3, column: 5 },
      { message: 'Could not read from file', file: undefined, line: undefined, column: undefined },
    ]);
  });

  it('messages of the runner are checked', () => {
    assert.deepEqual(parseMessage('{"type":"validated","number":1,"issues":[]}'), {
      type: 'validated',
      number: 1,
      issues: [],
    });
    for (const line of [
      '',
      'null',
      '{"type":"validated"}',
      '{"type":"events","events":[{"type":"console"}]}',
      'not json',
    ]) {
      assert.equal(parseMessage(line), undefined);
    }
  });
});

describe('calls that come often', () => {
  it('act at once, then once per interval', async () => {
    const acts: string[] = [];
    const call = coalesce<string>((key) => acts.push(key), 10);
    for (let count = 0; count < 100; count += 1) call('a');
    call('b');
    assert.deepEqual(acts, ['a', 'b']);
    await until(() => acts.length === 3);
    assert.deepEqual(acts, ['a', 'b', 'a']);
  });
});
