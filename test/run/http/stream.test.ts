import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readRecords } from '../../../client/src/run/http/stream.ts';
import type { StreamItem } from '../../../client/src/run/http/stream.ts';
import { recordText } from './misbehaving-server.ts';

async function itemsOf(chunks: Iterable<Uint8Array>): Promise<readonly StreamItem[]> {
  const items: StreamItem[] = [];
  for await (const item of readRecords(asBody(chunks))) items.push(item);
  return items;
}

async function* asBody(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('the records of a stream', () => {
  it('are the same however the bytes are cut, in the middle of a character too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (values, sizes) => {
          // JSON has no -0.
          const records = values.map((value) => JSON.parse(JSON.stringify({ text: 'é\u001e€😀', value })) as unknown);
          const items = await itemsOf(cut(Buffer.from(records.map(recordText).join('')), sizes));
          assert.deepEqual(
            items,
            records.map((record) => ({ kind: 'record', record })),
          );
        },
      ),
    );
  });

  it('that are cut off at the end are reported and lose nothing before them', async () => {
    const text = Buffer.from(`${recordText({ a: 1 })}{"b":"é`).subarray(0, -1);
    assert.deepEqual(await itemsOf([text]), [
      { kind: 'record', record: { a: 1 } },
      { kind: 'truncated', bytes: 7 },
    ]);
    assert.deepEqual(await itemsOf([Buffer.from('{"whole":true}')]), [{ kind: 'record', record: { whole: true } }]);
    assert.deepEqual(await itemsOf([]), []);
  });

  it('that are none are reported and skipped', async () => {
    const items = await itemsOf([Buffer.from(`<html>502\u001e${recordText({ a: 1 })}`)]);
    assert.deepEqual(items, [
      { kind: 'broken', start: '<html>502' },
      { kind: 'record', record: { a: 1 } },
    ]);
  });

  it('are read only as fast as they are used', async () => {
    let taken = 0;
    const endless = (function* (): Generator<Uint8Array> {
      for (;;) {
        taken += 1;
        yield Buffer.from(recordText({ taken }));
      }
    })();
    const records = readRecords(asBody(endless));
    await records.next();
    await records.next();
    assert.equal(taken, 2);
    await records.return();
  });
});
