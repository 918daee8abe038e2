/** Which nested workflows are open, and what the drawing shows of the folded ones. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawnFor, foldAll, initialFolding, openAround, toggleFolding } from '../../common/graph/folding.ts';
import { layoutGraph } from '../../common/graph/view.ts';
import type { GraphModel } from '../../common/protocol/graph.ts';
import { keyOf, nested, parallel, project, step, workflow } from './builder.ts';
import { modelOf, nodeOf } from './graph-of.ts';
import { largeModel } from './large.ts';
import { everything, everythingKey, faulty, findings } from './samples.ts';

const model = modelOf(everything, everythingKey, []);

/** A workflow that nests `width` others on each of `depth` levels, with `steps` steps in each. */
function tower(depth: number, width: number, steps: number): GraphModel {
  const levels = Array.from({ length: depth }, (_, level) =>
    workflow(`level-${level}`, [
      ...Array.from({ length: steps }, (_unused, index) => step(`step-${level}-${index}`)),
      ...(level + 1 < depth ? Array.from({ length: width }, () => nested(`level-${level + 1}`)) : []),
    ]),
  );
  return modelOf(project(...levels), keyOf('level-0'), []);
}

describe('a folded workflow', () => {
  it('is one box that says how many steps it holds', () => {
    const view = layoutGraph(model, { folded: new Set(['fulfil-order']) });
    const folded = nodeOf(view, 'fulfil-order');
    assert.deepEqual(folded.folding, { folded: true, steps: 5 });
    assert.equal(folded.container, false);
    assert.equal(folded.detail, '5 steps');
    assert.ok(!view.nodes.some(({ id }) => id.startsWith('fulfil-order/')));
    assert.ok(!view.edges.some(({ from, to }) => `${from} ${to}`.includes('fulfil-order/')));
  });

  it('stands in its place in the flow', () => {
    const view = layoutGraph(model, { folded: foldAll(model) });
    const into = view.edges.filter(({ to }) => to === 'fulfil-order').map(({ from }) => from);
    const out = view.edges.filter(({ from }) => from === 'fulfil-order').map(({ to }) => to);
    assert.deepEqual([into, out], [['sort-by-urgency'], ['sleepUntil']]);
  });

  it('bears the findings of all that it hides', () => {
    const outer = workflow('outer', [nested('middle')]);
    const found = modelOf(
      project(outer, workflow('middle', [nested('faulty')]), ...faulty.workflows.values()),
      outer.key,
      findings,
    );
    const open = layoutGraph(found).nodes.flatMap((node) => node.findings);
    const closed = layoutGraph(found, { folded: foldAll(found) }).nodes.flatMap((node) => node.findings);
    assert.equal(open.length, findings.length);
    assert.deepEqual(closed.map(({ message }) => message).sort(), open.map(({ message }) => message).sort());
  });

  it('moves nothing that stands in front of it in the flow', () => {
    const open = layoutGraph(model);
    const closed = layoutGraph(model, { folded: new Set(['fulfil-order']) });
    const axis = (view: typeof open) => nodeOf(view, '$start').x + nodeOf(view, '$start').width / 2;
    for (const id of ['validate-order', 'parallel/check-credit', 'branch', 'dountil', 'sort-by-urgency']) {
      const [before, after] = [nodeOf(open, id), nodeOf(closed, id)];
      assert.deepEqual([after.x - axis(closed), after.y], [before.x - axis(open), before.y], id);
    }
  });
});

describe('folding', () => {
  it('is undone by the same button', () => {
    const folded = toggleFolding(model, new Set(), 'fulfil-order');
    assert.deepEqual([...folded], ['fulfil-order']);
    assert.deepEqual([...toggleFolding(model, folded, 'fulfil-order')], []);
  });

  it('is for nested workflows alone', () => {
    const none = new Set<string>();
    assert.equal(toggleFolding(model, none, 'parallel'), none);
    assert.equal(toggleFolding(model, none, 'validate-order'), none);
    assert.equal(toggleFolding(model, none, 'not there'), none);
    assert.deepEqual([...foldAll(model)], ['fulfil-order', 'fulfil-order/pack-order', 'foreach~2/pack-order']);
  });

  it('names what is drawn in place of a hidden node, and opens just what is around one', () => {
    const all = foldAll(model);
    const weigh = 'fulfil-order/pack-order/weigh';
    assert.equal(drawnFor(model, all, weigh), 'fulfil-order');
    assert.equal(drawnFor(model, all, 'validate-order'), 'validate-order');
    assert.equal(drawnFor(model, all, 'not there'), undefined);
    const opened = openAround(model, all, weigh);
    assert.deepEqual([...opened], ['foreach~2/pack-order']);
    assert.ok(layoutGraph(model, { folded: opened }).nodes.some(({ id }) => id === weigh));
    assert.equal(openAround(model, opened, weigh), opened);
  });

  it('of any kind draws exactly the nodes that nothing hides', () => {
    const tall = tower(4, 2, 2);
    const all = [...foldAll(tall)];
    fc.assert(
      fc.property(fc.subarray(all), (chosen) => {
        const folded = new Set(chosen);
        const shown = new Set(layoutGraph(tall, { folded }).nodes.map(({ id }) => id));
        for (const { id } of tall.nodes) assert.equal(shown.has(id), drawnFor(tall, folded, id) === id, id);
      }),
    );
  });
});

describe('what is folded at first', () => {
  it('is nothing in a drawing that can be surveyed, nor in one that nests nothing', () => {
    assert.equal(initialFolding(model).size, 0);
    const flat = modelOf(
      project(
        workflow(
          'flat',
          Array.from({ length: 400 }, (_, index) => step(`step-${index}`)),
        ),
      ),
      keyOf('flat'),
      [],
    );
    assert.equal(initialFolding(flat).size, 0);
  });

  it('is, in a large one, every level that would make it more than a person can survey', () => {
    const tall = tower(6, 3, 2);
    const shown = layoutGraph(tall, { folded: initialFolding(tall) });
    assert.ok(tall.nodes.length > 1000, String(tall.nodes.length));
    assert.ok(shown.nodes.length <= 150, String(shown.nodes.length));
    // Siblings are alike: no level is half open.
    const open = shown.nodes.filter(({ folding }) => folding?.folded === false);
    const depths = new Set(shown.nodes.filter(({ folding }) => folding?.folded).map(({ id }) => id.split('/').length));
    assert.ok(open.length > 0);
    assert.equal(depths.size, 1);
  });

  it('is all that is nested, where the workflow alone is large', () => {
    const large = largeModel(1000);
    assert.deepEqual(initialFolding(large), foldAll(large));
  });

  it('is seen through containers: a workflow in a parallel is a level as well', () => {
    const inner = workflow(
      'inner',
      Array.from({ length: 200 }, (_, index) => step(`step-${index}`)),
    );
    const outer = workflow('outer', [parallel([step('a'), nested('inner')])]);
    const found = modelOf(project(outer, inner), outer.key, []);
    assert.deepEqual([...initialFolding(found)], ['parallel/inner']);
  });
});
