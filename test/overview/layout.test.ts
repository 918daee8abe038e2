/** Where the workflows of a workspace stand in the overview: any graph of uses, of any size, with circles. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { layoutOverview, overviewSizes } from '../../common/overview/layout.ts';
import type { OverviewCard, OverviewInput } from '../../common/overview/layout.ts';
import { arrange } from '../../common/overview/order.ts';

const projects = fc
  .tuple(
    fc.integer({ min: 0, max: 24 }),
    fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([count, pairs, packages]): readonly OverviewInput[] =>
    Array.from({ length: count }, (_, index) => ({
      key: `w${index}`,
      package: `p${index % packages}`,
      uses: pairs.filter(([from]) => from % count === index).map(([, to]) => `w${to % count}`),
    })),
  );

const options = fc.record({ width: fc.integer({ min: 100, max: 3000 }), isGrouped: fc.boolean() });

function touch(a: OverviewCard, b: OverviewCard): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('layout of the overview', () => {
  it('shows every workflow once, none over another, all inside the drawing', () => {
    fc.assert(
      fc.property(projects, options, (workflows, given) => {
        const { cards, width, height } = layoutOverview(workflows, given);
        assert.deepEqual(cards.map(({ key }) => key).sort(), workflows.map(({ key }) => key).sort());
        cards.forEach((card, index) => {
          assert.ok(
            card.x >= 0 && card.y >= 0 && card.x + card.width <= width && card.y + card.height <= height,
            card.key,
          );
          for (const other of cards.slice(index + 1)) assert.ok(!touch(card, other), `${card.key} over ${other.key}`);
        });
      }),
    );
  });

  it('keeps the workflows of a package together in its box, and packages apart', () => {
    fc.assert(
      fc.property(projects, fc.integer({ min: 100, max: 3000 }), (workflows, width) => {
        const { cards, packages } = layoutOverview(workflows, { width, isGrouped: true });
        const home = new Map(workflows.map((workflow) => [workflow.key, workflow.package]));
        for (const card of cards) {
          const holding = packages.filter(
            (area) =>
              card.x >= area.x &&
              card.y >= area.y + overviewSizes.header &&
              card.x + card.width <= area.x + area.width &&
              card.y + card.height <= area.y + area.height,
          );
          assert.deepEqual(
            holding.map((area) => area.package),
            [home.get(card.key)],
          );
        }
        packages.forEach((area, index) => {
          const next = packages[index + 1];
          assert.ok(next === undefined || area.y + area.height < next.y);
        });
      }),
    );
  });

  it('leads every use from a card to one further right, except in a circle and across packages', () => {
    fc.assert(
      fc.property(projects, options, (workflows, given) => {
        const { cards, lines } = layoutOverview(workflows, given);
        const at = new Map(cards.map((card) => [card.key, card]));
        const known = new Set(workflows.map(({ key }) => key));
        const wanted = workflows.flatMap(({ key, uses }) =>
          [...new Set(uses)].filter((to) => to !== key && known.has(to)).map((to) => `${key} ${to}`),
        );
        assert.deepEqual(lines.map(({ from, to }) => `${from} ${to}`).sort(), wanted.sort());
        for (const { from, to, kind, points } of lines) {
          const [a, b] = [at.get(from), at.get(to)];
          assert.ok(a !== undefined && b !== undefined);
          assert.deepEqual(points[0], [a.x + a.width, a.y + a.height / 2]);
          assert.deepEqual(points.at(-1), [b.x, b.y + b.height / 2]);
          if (kind === 'use') assert.ok(a.x + a.width < b.x, `${from} ${to}`);
        }
      }),
    );
  });

  it('leads long uses between the cards they pass', () => {
    fc.assert(
      fc.property(projects, options, (workflows, given) => {
        const { cards, lines } = layoutOverview(workflows, given);
        for (const { kind, points } of lines) {
          if (kind !== 'use') continue;
          for (const [x, y] of points.slice(1, -1)) {
            const hit = cards.find(
              (card) => x >= card.x && x <= card.x + card.width && y > card.y && y < card.y + card.height,
            );
            assert.equal(hit, undefined);
          }
        }
      }),
    );
  });

  it('draws a circle of workflows that nest each other, and says which use leads back', () => {
    const { lines } = layoutOverview(
      [
        { key: 'a', package: 'p', uses: ['b'] },
        { key: 'b', package: 'p', uses: ['c'] },
        { key: 'c', package: 'p', uses: ['a', 'c'] },
      ],
      { width: 1200, isGrouped: false },
    );
    assert.deepEqual(
      lines.map(({ from, to, kind }) => [from, to, kind]),
      [
        ['a', 'b', 'use'],
        ['b', 'c', 'use'],
        ['c', 'a', 'circle'],
      ],
    );
  });

  it('fills the width with workflows that stand alone, and needs no more than one column', () => {
    const alone = Array.from({ length: 6 }, (_, index) => ({ key: `w${index}`, package: 'p', uses: [] }));
    const columns = (width: number) =>
      new Set(layoutOverview(alone, { width, isGrouped: false }).cards.map(({ x }) => x)).size;
    assert.deepEqual([columns(100), columns(700), columns(1040)], [1, 2, 3]);
  });

  it('does not cross lines that need not cross', () => {
    const { cards } = layoutOverview(
      [
        { key: 'first', package: 'p', uses: ['x'] },
        { key: 'second', package: 'p', uses: ['y'] },
        { key: 'both', package: 'p', uses: ['x', 'y'] },
        { key: 'y', package: 'p', uses: [] },
        { key: 'x', package: 'p', uses: [] },
      ],
      { width: 1200, isGrouped: false },
    );
    const order = (keys: readonly string[]) => cards.filter(({ key }) => keys.includes(key)).map(({ key }) => key);
    assert.deepEqual(order(['first', 'second', 'both']), ['first', 'both', 'second']);
    assert.deepEqual(order(['x', 'y']), ['x', 'y']);
  });
});

describe('positions along a line', () => {
  const items = fc.array(
    fc.record({ length: fc.integer({ min: 0, max: 50 }), wanted: fc.integer({ min: -500, max: 500 }) }),
    {
      minLength: 1,
      maxLength: 20,
    },
  );

  it('stay in order and apart', () => {
    fc.assert(
      fc.property(items, (given) => {
        const places = arrange(given);
        given.slice(1).forEach((_, index) => {
          const [before, after] = [places[index] ?? NaN, places[index + 1] ?? NaN];
          assert.ok(after - before >= (given[index]?.length ?? 0) - 1e-9);
        });
      }),
    );
  });

  it('are what is wanted where that is possible', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 }), (lengths) => {
        let next = 0;
        const given = lengths.map((length) => {
          const wanted = next;
          next += length;
          return { length, wanted };
        });
        assert.deepEqual(
          arrange(given),
          given.map(({ wanted }) => wanted),
        );
      }),
    );
  });

  it('share what cannot be had: two that want the same place stand on both sides of it', () => {
    assert.deepEqual(
      arrange([
        { length: 10, wanted: 100 },
        { length: 10, wanted: 100 },
      ]),
      [95, 105],
    );
  });
});
