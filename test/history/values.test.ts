import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../common/runlog/events.ts';
import { toJson } from '../../common/runlog/json.ts';
import { createCleaner, isIncomplete, redacted } from '../../client/src/history/values.ts';

const cleaner = createCleaner(['apiKey', 'token', 'set-cookie'], 1_000);

describe('values in a log', () => {
  it('are themselves where there is nothing to hide and nothing to cut', () => {
    const value = { name: 'Ada', tokens: 12, list: [1, 'two', null, { keys: true }] };
    assert.equal(cleaner.clean(value), value);
  });

  it('have secrets replaced at every depth, in any spelling, and are not changed themselves', () => {
    const value = {
      api_key: 'a',
      list: [{ deep: { TOKEN: { a: 1 }, maxTokens: 5 } }],
      headers: { 'Set-Cookie': ['x'] },
    };
    const before = structuredClone(value);
    assert.deepEqual(cleaner.clean(value), {
      api_key: redacted,
      list: [{ deep: { TOKEN: redacted, maxTokens: 5 } }],
      headers: { 'Set-Cookie': redacted },
    });
    assert.deepEqual(value, before);
  });

  it('keep a field that is named like the prototype', () => {
    const value: Json = JSON.parse('{"__proto__":{"token":"x"},"constructor":1}') as Json;
    assert.equal(JSON.stringify(cleaner.clean(value)), '{"__proto__":{"token":"[redacted]"},"constructor":1}');
  });

  it('are cut where they are too large, with the bytes that are missing', () => {
    assert.match(JSON.stringify(cleaner.clean('x'.repeat(5_000))), /^"x{1000}… 4,000 bytes left out"$/);
    const cut = cleaner.clean({
      first: 'small',
      list: Array.from({ length: 100 }, (_, n) => `${'y'.repeat(48)}${n}`),
      last: 1,
    });
    const text = JSON.stringify(cut);
    assert.match(text, /^\{"first":"small","list":\["y{48}0"/);
    assert.match(text, /… [\d,]+ bytes left out \(\d+ more items\)/);
    assert.match(text, /"…":"… \d+ bytes left out \(1 more field\)"/);
    assert.ok(text.length < 1_400, String(text.length));
  });

  it('of 50 MB take little time and room', () => {
    const large = { rows: Array.from({ length: 50 }, () => 'é'.repeat(500_000)) };
    const text = JSON.stringify(createCleaner([]).clean(large));
    assert.ok(Buffer.byteLength(text) < 2_200_000, String(Buffer.byteLength(text)));
    assert.match(text, /48,\d{3},\d{3} bytes left out \(48 more items\)/);
  });

  it('nested without end are cut', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    assert.match(JSON.stringify(cleaner.clean(deep)), /nested too deeply/);
  });

  it('are never larger than the limit allows, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
        const json = toJson(value);
        const cleaned = createCleaner(['a'], 100).clean(json);
        // Notes of what is missing stand at most once on each level.
        assert.ok(Buffer.byteLength(JSON.stringify(cleaned)) <= 100 * 6 + 60 * 8);
        if (cleaned === json) assert.ok(!JSON.stringify(json).includes('"a":'));
      }),
    );
  });

  it('tell whether something is missing', () => {
    assert.equal(isIncomplete({ a: ['x', { b: 1 }] }), false);
    assert.equal(isIncomplete({ a: [{ password: redacted }] }), true);
    assert.equal(isIncomplete(cleaner.clean('x'.repeat(5_000))), true);
    assert.equal(isIncomplete(toJson('x'.repeat(100), { characters: 50, string: 50, depth: 2 })), true);
    assert.equal(isIncomplete(toJson({ a: 'x'.repeat(60), b: 1 }, { characters: 50, string: 100, depth: 2 })), true);
  });
});
