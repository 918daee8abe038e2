/** What is different between two values of runs, and that nothing of it is lost. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyDifference,
  changesIn,
  differenceInSteps,
  differenceOf,
  firstChange,
  revertDifference,
} from '../../common/replay/diff.ts';
import type { Difference } from '../../common/replay/diff.ts';
import { pathText } from '../../common/runlog/path.ts';
import type { Json } from '../../common/runlog/events.ts';

/** One line for each part that is different: `~ items[1].quantity: 1 -> 2`. */
function told(difference: Difference, path: readonly (string | number)[] = []): readonly string[] {
  const place = pathText(path) || '(all)';
  switch (difference.kind) {
    case 'same':
      return [];
    case 'changed':
      return [`~ ${place}: ${JSON.stringify(difference.before)} -> ${JSON.stringify(difference.after)}`];
    case 'removed':
      return [`- ${place}: ${JSON.stringify(difference.before)}`];
    case 'added':
      return [`+ ${place}: ${JSON.stringify(difference.after)}`];
    case 'inside':
      return difference.entries.flatMap((entry) =>
        told(entry.difference, [...path, entry.after ?? entry.before ?? '']),
      );
  }
}

function changes(before: Json, after: Json): readonly string[] {
  return told(differenceOf(before, after));
}

describe('the difference between two values', () => {
  it('is none for equal values, whatever the order of their fields', () => {
    assert.deepEqual(changes({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }), []);
  });

  it('names changed, removed and added fields where they are', () => {
    assert.deepEqual(
      changes(
        { order: { id: 'A', total: 10, currency: 'EUR' }, paid: false },
        { order: { id: 'A', total: 12, country: 'NL' }, paid: false },
      ),
      ['~ order.total: 10 -> 12', '- order.currency: "EUR"', '+ order.country: "NL"'],
    );
  });

  it('tells the items of an order by their sku, also when one was taken out of the middle', () => {
    const item = (sku: string, quantity: number): Json => ({ sku, quantity });
    assert.deepEqual(
      changes(
        [item('pen', 1), item('ink', 2), item('paper', 500)],
        [item('pen', 1), item('paper', 250), item('clip', 9)],
      ),
      ['- [1]: {"sku":"ink","quantity":2}', '~ [1].quantity: 500 -> 250', '+ [2]: {"sku":"clip","quantity":9}'],
    );
  });

  it('keeps what stays in order when items come in front', () => {
    assert.deepEqual(changes(['b', 'c', 'd'], ['a', 'b', 'c', 'd']), ['+ [0]: "a"']);
  });

  it('pairs what is alike among items without an identity', () => {
    const line = (text: string, size: number): Json => ({ text, size });
    assert.deepEqual(changes([line('a', 1), line('b', 2)], [line('new', 9), line('a', 1), line('b', 3)]), [
      '+ [0]: {"text":"new","size":9}',
      '~ [2].size: 2 -> 3',
    ]);
  });

  it('says of an object and an array that all has changed', () => {
    assert.deepEqual(changes({ a: 1 }, [1]), ['~ (all): {"a":1} -> [1]']);
    assert.deepEqual(changes({ a: { b: 1 } }, { a: { c: 2 } }), ['~ a: {"b":1} -> {"c":2}']);
  });

  it('takes a field named __proto__ for a field', () => {
    const before: Json = JSON.parse('{"__proto__":1,"a":1}') as Json;
    const after: Json = JSON.parse('{"__proto__":2,"a":1}') as Json;
    const difference = differenceOf(before, after);
    assert.equal(changesIn(difference), 1);
    assert.deepEqual(JSON.stringify(applyDifference(before, difference)), JSON.stringify(after));
  });

  it('compares arrays beyond the cap between what occurs once in both', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => ({ line: `${index % 10_000}-${index}` }));
    const after = before
      .filter((_, index) => index !== 7_000)
      .map((item, index) => (index === 15_000 ? { line: 'new' } : item));
    const difference = differenceOf(before, after);
    assert.equal(changesIn(difference), 2);
    assert.deepEqual(applyDifference(before, difference), after);
  });

  it('names the first part that is different', () => {
    const change = firstChange(differenceOf({ a: 1, b: { c: [1, 2], d: 1 } }, { a: 1, b: { c: [1, 3], d: 2 } }));
    assert.deepEqual(change?.path, ['b', 'c', 1]);
    assert.equal(firstChange(differenceOf([1], [1])), undefined);
  });
});

describe('the difference between two large values', () => {
  const numbered = (count: number, text: (index: number) => Json): readonly Json[] =>
    Array.from({ length: count }, (_, index) => text(index));
  const cases: Readonly<Record<string, readonly [Json, Json]>> = {
    'items with an id': [
      numbered(20_000, (index) => ({ id: index, text: 'a' })),
      numbered(20_000, (index) => ({ id: index + 1, text: index % 100 === 0 ? 'b' : 'a' })),
    ],
    'items without one': [
      numbered(20_000, (index) => ({ text: `${index}` })),
      numbered(20_000, (index) => ({ text: `${index + 5_000 + (index % 100 === 0 ? 0.5 : 0)}` })),
    ],
    'one large item': [[numbered(20_000, (index) => index)], [numbered(20_000, (index) => index + 1), 1]],
    'plain items': [numbered(20_000, (index) => index % 7), numbered(19_999, (index) => index % 11)],
    fields: [
      Object.fromEntries(numbered(20_000, (index) => index).map((_, index) => [`before ${index}`, index])),
      Object.fromEntries(numbered(20_000, (index) => index).map((_, index) => [`after ${index}`, index])),
    ],
    'equal parts': [
      { a: numbered(20_000, (index) => [index]), b: 1 },
      { a: numbered(20_000, (index) => [index]), b: 2 },
    ],
  };

  for (const [name, [before, after]] of Object.entries(cases)) {
    it(`stops again and again to let others work, with ${name}`, () => {
      let read = 0;
      const steps = differenceInSteps(
        watched(before, () => (read += 1)),
        watched(after, () => (read += 1)),
      );
      let most = 0;
      let last = steps.next();
      for (; last.done !== true; last = steps.next()) {
        most = Math.max(most, read);
        read = 0;
      }
      assert.ok(Math.max(most, read) < 10_000, `${Math.max(most, read)} values were looked at in one piece`);
      assert.equal(changesIn(last.value), changesIn(differenceOf(before, after)));
    });
  }
});

/** The same value; `onRead` is called for each of its parts that is looked at. */
function watched(value: Json, onRead: () => void): Json {
  if (typeof value !== 'object' || value === null) return value;
  const known = new Map<PropertyKey, Json>();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'length') onRead();
      const part = Reflect.get(target, key) as Json;
      if (typeof part !== 'object' || part === null) return part;
      const made = known.get(key) ?? watched(part, onRead);
      known.set(key, made);
      return made;
    },
  });
}

/** Few names and values, so that much of two of them is the same. */
const { value: json } = fc.letrec<{ value: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom<Json>(null, true, false, 0, 1, 'a', 'b', ''), fc.string({ maxLength: 3 })),
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 8 }),
    fc.dictionary(fc.constantFrom('id', 'name', 'x', 'y', '__proto__'), tie('value'), { noNullPrototype: true }),
  ),
}));

/** A value and another one that grew out of it. */
const edited: fc.Arbitrary<readonly [Json, Json]> = fc
  .tuple(json, fc.infiniteStream(fc.nat(9)), json)
  .map(([value, stream, other]) => {
    const edit = (part: Json): Json => {
      const dice = Number(stream.next().value);
      if (dice === 0) return other;
      if (Array.isArray(part)) {
        const items = (part as readonly Json[]).map(edit);
        return dice === 1 ? items.slice(1) : dice === 2 ? [other, ...items] : items;
      }
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(
        Object.entries(part).flatMap(([name, inner]): readonly (readonly [string, Json])[] =>
          stream.next().value === 1 ? [] : [[name, edit(inner)]],
        ),
      );
    };
    return [value, edit(value)];
  });

describe('for any two values', () => {
  const pairs = fc.oneof(edited, fc.tuple(json, json));

  it('applying the difference to the first gives the second, reverting it gives the first', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const difference = differenceOf(before, after);
        assert.deepEqual(applyDifference(before, difference), after);
        assert.deepEqual(revertDifference(after, difference), before);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the difference is the same in steps, however often others come between', () => {
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 2, maxLength: 4 }), (all) => {
        // They are far too small to stop by themselves: each gets a pace of its own that stops at everything.
        const open = all.map(([before, after]) => differenceInSteps(before, after, { isDue: () => true }));
        const made = new Map<number, Difference>();
        while (made.size < all.length) {
          for (const [index, steps] of open.entries()) {
            const next = steps.next();
            if (next.done === true && !made.has(index)) made.set(index, next.value);
          }
        }
        for (const [index, [before, after]] of all.entries()) {
          assert.deepEqual(made.get(index), differenceOf(before, after));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('there are changes exactly when the two are not equal, and the first of them is found', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const difference = differenceOf(before, after);
        const equal = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
        assert.equal(changesIn(difference) === 0, equal);
        assert.equal(firstChange(difference) === undefined, equal);
      }),
      { numRuns: 1_000 },
    );
  });

  it('what is said to be the same is equal, and what changed is not', () => {
    const check = (difference: Difference): void => {
      if (difference.kind === 'changed') assert.notDeepEqual(difference.before, difference.after);
      if (difference.kind === 'inside') {
        assert.ok(difference.changes > 0);
        for (const entry of difference.entries) {
          check(entry.difference);
          if (difference.of === 'object')
            assert.ok(entry.before === undefined || entry.after === undefined || entry.before === entry.after);
        }
      }
    };
    fc.assert(
      fc.property(pairs, ([before, after]) => check(differenceOf(before, after))),
      { numRuns: 500 },
    );
  });
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, Json] => [name, sorted(inner)]);
  return { fields: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, inner]) };
}
