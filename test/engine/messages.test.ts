import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { connect } from '../../server/src/typescript/messages.ts';

describe('messages to the native process', () => {
  it('arrive whole, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
        fc.array(fc.nat(40)),
        async (texts, cuts) => {
          const { connection, output, sent } = given();
          const answers = texts.map((text) => connection.sendRequest({ method: 'echo' }, text));
          const questions = await sent(texts.length);
          const bytes = Buffer.concat(questions.map(({ id, params }) => message({ id, result: params })));
          for (const piece of pieces(bytes, cuts)) output.write(piece);
          assert.deepEqual(await Promise.all(answers), texts);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('of one turn go out in one piece', async () => {
    const { connection, chunks, sent } = given();
    for (let count = 0; count < 20; count += 1) void connection.sendRequest({ method: 'count' }, count);
    assert.equal((await sent(20)).length, 20);
    assert.equal(chunks.length, 1);
  });

  it('that are refused reject with what the process says', async () => {
    const { connection, output, sent } = given();
    const answer = connection.sendRequest({ method: 'panic' }, null);
    const [question] = await sent(1);
    output.write(message({ id: question?.id, error: { code: -32603, message: 'nil pointer' } }));
    await assert.rejects(answer, { message: 'nil pointer' });
  });

  it('with a question of the process are answered, with an error where there is no answer', async () => {
    const { output, sent } = given((method, params) => {
      if (method !== 'readFile') throw new Error(`"${method}" is unknown.`);
      return { content: `text of ${String(params)}` };
    });
    output.write(message({ id: 'ts1', method: 'readFile', params: '/a.ts' }));
    output.write(message({ id: 'ts2', method: 'writeFile', params: '/a.ts' }));
    const answers = await sent(2);
    assert.deepEqual(
      answers.map(({ id, result, error }) => ({ id, result, error })),
      [
        { id: 'ts1', result: { content: 'text of /a.ts' }, error: undefined },
        { id: 'ts2', result: undefined, error: { code: -32603, message: '"writeFile" is unknown.' } },
      ],
    );
  });

  it('that wait too long are named, however many were answered meanwhile', async () => {
    const { connection, output, sent } = given();
    const slow = connection.sendRequest({ method: 'slow' }, null);
    assert.equal(connection.overdue(2), undefined);
    void connection.sendRequest({ method: 'quick' }, null);
    const [, quick] = await sent(2);
    output.write(message({ id: quick?.id, result: 1 }));
    assert.equal(connection.overdue(2), undefined);
    assert.equal(connection.overdue(2), 'slow');
    connection.fail(new Error('It was killed.'));
    await assert.rejects(slow, { message: 'It was killed.' });
    assert.equal(connection.overdue(0), undefined);
  });

  it('to a process that is gone fail in silence: its end is reported by itself', async () => {
    const { connection, input } = given();
    input.destroy(new Error('EPIPE'));
    void connection.sendRequest({ method: 'late' }, null);
    await new Promise(setImmediate);
    assert.ok(input.destroyed);
  });
});

interface Sent {
  readonly id: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

function given(answer: (method: string, params: unknown) => unknown = () => null) {
  const output = new PassThrough();
  const input = new PassThrough();
  const chunks: Buffer[] = [];
  input.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    output,
    input,
    chunks,
    connection: connect(output, input, answer),
    /** Waits for so many messages to be sent. */
    sent: async (count: number): Promise<readonly Sent[]> => {
      for (;;) {
        const messages = split(Buffer.concat(chunks));
        if (messages.length >= count) return messages;
        await new Promise(setImmediate);
      }
    },
  };
}

function split(data: Buffer): readonly Sent[] {
  const end = data.indexOf('\r\n\r\n');
  if (end === -1) return [];
  const length = Number(/\d+/.exec(data.toString('utf8', 0, end))?.[0]);
  const body: unknown = JSON.parse(data.toString('utf8', end + 4, end + 4 + length));
  return [body as Sent, ...split(data.subarray(end + 4 + length))];
}

function message(content: object): Buffer {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...content }));
  return Buffer.concat([Buffer.from(`Content-Length: ${String(body.length)}\r\n\r\n`), body]);
}

function pieces(data: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const all: Buffer[] = [];
  let start = 0;
  for (const cut of cuts) {
    all.push(data.subarray(start, start + cut));
    start += cut;
  }
  return [...all, data.subarray(start)];
}
