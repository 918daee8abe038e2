/** Trees of values without a page: what is found, how large it is, which rows there are. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf } from '../../common/replay/diff.ts';
import { pathText } from '../../common/runlog/path.ts';
import type { JsonPath } from '../../common/runlog/path.ts';
import { toJson } from '../../common/runlog/json.ts';
import type { Json } from '../../common/runlog/events.ts';
import { inOnePiece } from '../../common/replay/steps.ts';
import { diffRows } from '../../webview/src/data/diff-rows.ts';
import { isArray, isCutText, isObject, kindOf, plainText, previewText } from '../../webview/src/data/kinds.ts';
import { childrenOf, copyText, nodesTo, rootsOf, rowsOf } from '../../webview/src/data/nodes.ts';
import type { ValueNode } from '../../webview/src/data/nodes.ts';
import { queryPattern, search } from '../../webview/src/data/search.ts';
import { createSizes } from '../../webview/src/data/size.ts';

const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 4 }).map((value) => toJson(value));
const columns = 40;

function found(value: Json, query: string): readonly string[] {
  const pattern = queryPattern(query);
  return pattern === undefined ? [] : [...search(value, pattern)].flat().map(({ path }) => pathText(path));
}

/** Every value in it, with where it is. */
function allIn(value: Json, path: JsonPath = []): readonly (readonly [JsonPath, Json])[] {
  const inner = isArray(value)
    ? value.flatMap((item, index) => allIn(item, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => allIn(item, [...path, key]))
      : [];
  return [[path, value], ...inner];
}

describe('what a value is', () => {
  it('is told from what the run log wrote for what JSON cannot hold', () => {
    class Circle {
      self: unknown = this;
    }
    const { self } = new Circle();
    const recorded = toJson({ big: 12n, self, error: new TypeError('no'), bytes: new Uint8Array(3), at: new Date(0) });
    assert.ok(isObject(recorded));
    assert.deepEqual(
      Object.entries(recorded).map(([key, value]) => [key, kindOf(value)]),
      [
        ['big', 'bigint'],
        ['self', 'object'],
        ['error', 'error'],
        ['bytes', 'note'],
        ['at', 'date'],
      ],
    );
    assert.equal(plainText('[bigint 12]'), '12n');
    assert.equal(kindOf('[circular]'), 'note');
    assert.equal(kindOf('… 3 more items'), 'note');
    assert.equal(kindOf({ name: 'Grace', message: 'hello' }), 'object');
    assert.equal(kindOf('2026-13-45T00:00:00Z'), 'string');
    assert.equal(isCutText(`${'x'.repeat(100)}… 12 more characters`), true);
  });

  it('is shown in one line of a bounded length', () => {
    assert.equal(previewText({ sku: 'A', 'two words': [1, 2], more: {} }), '{ sku: "A", "two words": [2], more: {} }');
    fc.assert(fc.property(json, (value) => previewText(value, 60).length < 200));
  });
});

describe('the size of a value', () => {
  it('is that of its JSON text in UTF-8', () => {
    fc.assert(
      fc.property(json, (value) => {
        const sizes = createSizes();
        const counting = sizes.count(value);
        while (counting.next().done !== true) continue;
        const bytes = Buffer.byteLength(JSON.stringify(value));
        assert.equal(sizes.of(value), bytes);
      }),
    );
  });

  it('is counted in pieces when the value is large', () => {
    const sizes = createSizes();
    const value = { text: 'ä'.repeat(1_000_000), items: Array.from({ length: 20_000 }, (_, index) => [index]) };
    let pauses = 0;
    for (const counting = sizes.count(value); counting.next().done !== true;) pauses += 1;
    assert.ok(pauses > 5);
    assert.equal(sizes.of(value), Buffer.byteLength(JSON.stringify(value)));
  });
});

describe('searching in a value', () => {
  const order: Json = { id: 'A-1', items: [{ sku: 'pen', note: 'A (b) [c]' }, { sku: 'PENCIL' }], pens: 2 };

  it('finds keys and values whatever their case, in the order of the rows', () => {
    assert.deepEqual(found(order, 'pen'), ['items[0].sku', 'items[1].sku', 'pens']);
    assert.deepEqual(found(order, 'a (b) [c]'), ['items[0].note']);
    assert.deepEqual(found(order, '2'), ['pens']);
    assert.deepEqual(found(order, ''), []);
  });

  it('finds what a search through everything finds, and leads to its row', () => {
    fc.assert(
      fc.property(json, fc.constantFrom('a', '1', 'e', '"', '.'), (value, query) => {
        const expected = allIn(value).filter(([path, inner]) => {
          const key = path.at(-1);
          const inKey = typeof key === 'string' && key.toLowerCase().includes(query);
          const plain =
            typeof inner === 'object' && inner !== null ? '' : typeof inner === 'string' ? inner : String(inner);
          return inKey || plain.toLowerCase().includes(query);
        });
        assert.deepEqual(
          found(value, query),
          expected.map(([path]) => pathText(path)),
        );
        for (const [path, inner] of expected) {
          const row = nodesTo(value, path, columns).at(-1);
          if (path.length > 0) assert.deepEqual(row?.path, path);
          assert.equal(row?.value, inner);
        }
      }),
    );
  });
});

describe('the rows of a value', () => {
  it('show every part of it once when all is open', () => {
    fc.assert(
      fc.property(json, (value) => {
        const rows = rowsOf(value, () => true, columns).filter(({ node }) => node.kind === 'value');
        const parts = allIn(value).filter(([path, inner]) => path.length > 0 || !isArray(inner));
        const paths = parts.map(([path]) => pathText(path)).filter((path) => path !== '');
        assert.deepEqual(
          rows.map(({ node }) => pathText(node.path)).filter((path) => path !== ''),
          paths,
        );
        assert.equal(new Set(rows.map(({ node }) => node.id)).size, rows.length);
      }),
    );
  });

  it('put large arrays into parts of at most two hundred, down to each item', () => {
    const value = Array.from({ length: 123_456 }, (_, index) => index);
    const leaves = (node: ValueNode): number => {
      const children = childrenOf(node, columns);
      assert.ok(children.length <= 200);
      return node.kind === 'part' ? children.reduce((sum, child) => sum + leaves(child), 0) : 1;
    };
    assert.equal(
      rootsOf(value).reduce((sum, node) => sum + leaves(node), 0),
      value.length,
    );
    assert.equal(nodesTo(value, [99_999], columns).at(-1)?.value, 99_999);
  });

  it('show all of a long text, line by line', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 100 }), { maxLength: 30 }), (lines) => {
        const text = `${lines.join('\n')}\n${'x'.repeat(25_000)}`;
        const all = (node: ValueNode): readonly ValueNode[] =>
          node.kind === 'line' ? [node] : childrenOf(node, columns).flatMap(all);
        const shown = rootsOf(text).flatMap(all).map(copyText).join('');
        assert.equal(shown, text.replaceAll('\n', ''));
      }),
    );
  });
});

describe('the rows of a difference', () => {
  it('show what was removed and what was added, and hide nothing else but what is the same', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const difference = differenceOf(before, after);
        const look = { isOpen: () => undefined, columns };
        const some = inOnePiece(diffRows(difference, { ...look, onlyChanges: true }));
        const all = inOnePiece(diffRows(difference, { ...look, onlyChanges: false }));
        const differing = (rows: typeof all) =>
          rows.filter(({ mark }) => mark === 'changed' || mark === 'added' || mark === 'removed').map(({ id }) => id);
        assert.deepEqual(differing(some), differing(all));
        const hidden = some.reduce((sum, row) => sum + row.hidden, 0);
        const shown = some.filter(({ mark }) => mark !== 'hidden').length;
        assert.equal(shown + hidden, all.length);
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
      }),
    );
  });
});
