/** The number of steps of a workflow is that of its drawing, wherever it is said. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isStep } from '../../common/graph/boxes.ts';
import type { FlowEntry } from '../../common/model/index.ts';
import { stepCounter } from '../../server/src/features/steps.ts';
import { branch, foreach, keyOf, loop, mapping, nested, parallel, project, sleep, step, workflow } from './builder.ts';
import { modelOf } from './graph-of.ts';

const names = ['a', 'b', 'c', 'd'];

const leaf: fc.Arbitrary<FlowEntry> = fc.oneof(
  fc.constantFrom(step('s'), mapping(), sleep(10)),
  // Some of them in a circle, some that do not exist.
  fc.constantFrom(...names, 'nowhere').map((name) => nested(name)),
);
const entry: fc.Arbitrary<FlowEntry> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }).map((entries) => parallel(entries)) },
  { weight: 1, arbitrary: leaf.map((inner) => branch([['true', inner]])) },
  { weight: 1, arbitrary: leaf.map((inner) => loop('dountil', 'true', inner)) },
  { weight: 1, arbitrary: leaf.map((inner) => foreach(inner)) },
);

describe('the number of steps', () => {
  it('is that of the drawing, for workflows that nest each other, also in circles', () => {
    const chains = fc.tuple(...names.map(() => fc.array(entry, { maxLength: 3 })));
    fc.assert(
      fc.property(chains, (entries) => {
        const shop = project(...names.map((name, index) => workflow(name, entries[index] ?? [])));
        const count = stepCounter(shop);
        for (const each of shop.workflows.values())
          assert.equal(count(each), modelOf(shop, each.key, []).nodes.filter(isStep).length, each.key);
      }),
    );
  });

  it('is known at once, however often workflows are used on each level', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      workflow(
        `level-${level}`,
        level === 0 ? [step('s')] : [nested(`level-${level - 1}`), nested(`level-${level - 1}`)],
      ),
    );
    const shop = project(...levels);
    const top = shop.workflows.get(keyOf('level-39'));
    assert.ok(top);
    assert.equal(stepCounter(shop)(top), 2 ** 39);
  });
});
