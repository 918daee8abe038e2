/** Type text and names: pure helpers. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { siblingNames } from '../../server/src/extract/flow.ts';
import { editDistance, similarName } from '../../server/src/extract/similar.ts';
import { cut, splitFields, tidyType } from '../../server/src/typescript/types.ts';

describe('type text', () => {
  const fields: readonly (readonly [text: string, fields: string | undefined])[] = [
    ['{ a: string; b?: number | undefined; }', 'a:string b?:number'],
    ['{}', ''],
    ['{ "with-dash": string; \'single\': { x: 1; }; }', 'with-dash:string single:{ x: 1 }'],
    ['{ readonly a: (x: number) => void; }', 'a:(x: number) => void'],
    ['{ a: "x;y" | \'}\'; b: { c: [number, string]; }[]; }', 'a:"x;y" | \'}\' b:{ c: [number, string] }[]'],
    ['{ a?: undefined; b: string; }', 'b:string'],
    ['{ a: string; }[]', undefined],
    ['{ a: string; } | { b: string; }', undefined],
    ['{ [x: string]: number; }', undefined],
    ['string', undefined],
  ];
  for (const [text, expected] of fields) {
    it(`fields of ${text}`, () => {
      const found = splitFields(text)?.map((field) => `${field.name}${field.optional ? '?' : ''}:${field.text}`);
      assert.equal(found?.join(' '), expected);
    });
  }

  it('leaves out what the checker adds, at every depth', () => {
    assert.equal(
      tidyType(
        '{ a?: { b?: string | null | undefined; }[] | undefined; c: { d: string; e?: undefined; } | { e: string; }; }',
      ),
      '{ a?: { b?: string | null }[]; c: { d: string } | { e: string } }',
    );
  });

  it('cuts with an ellipsis', () => {
    assert.equal(cut('abcdef', 4), 'abc…');
    assert.equal(cut('abcd', 4), 'abcd');
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('{}[]()<>=|;:?"\'`\\ ab')) }), (text) => {
        tidyType(text);
        splitFields(`{ ${text} }`);
      }),
    );
  });
});

describe('names', () => {
  it('finds a similar name', () => {
    assert.equal(similarName('orderId', ['total', 'order_id']), 'order_id');
    assert.equal(similarName('netCents', ['netCent', 'cents']), 'netCent');
    assert.equal(similarName('adress', ['address']), 'address');
    assert.equal(similarName('text', ['next', 'total']), 'next');
    assert.equal(similarName('answer', ['text']), undefined);
    assert.equal(similarName('a', []), undefined);
  });

  it('counts edits like a distance', () => {
    assert.equal(editDistance('kitten', 'sitting'), 3);
    assert.equal(editDistance('ab', 'ba'), 1);
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        assert.equal(editDistance(a, b), editDistance(b, a));
        assert.equal(editDistance(a, b) === 0, a === b);
        assert.ok(editDistance(a, b) <= Math.max(a.length, b.length));
      }),
    );
  });

  it('keeps siblings apart and holds no slash', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'a-2', 'a/b', 'a∕b', '', ' ')), (wishes) => {
        const name = siblingNames();
        const names = wishes.map((wish) => name(wish));
        assert.equal(new Set(names).size, names.length);
        assert.ok(names.every((value) => value !== '' && !value.includes('/')));
      }),
    );
  });
});
