import assert from 'node:assert/strict';
import { buildModel } from '../../server/src/graph/build.ts';
import { graphOf, nodeOf } from './graph-of.ts';
import { everything, everythingKey, faulty, faultyKey, findings } from './samples.ts';
import { foreach, keyOf, loop, nested, parallel, project, step, workflow } from './builder.ts';

describe('graph of a workflow', () => {
  it('draws nested workflows in place, with addresses that go on from the entry that uses them', () => {
    const graph = graphOf(everything, everythingKey, []);
    assert.equal(nodeOf(graph, 'fulfil-order/pack-order/weigh').parent, 'fulfil-order/pack-order');
    assert.equal(nodeOf(graph, 'fulfil-order/pack-order').parent, 'fulfil-order');
    assert.equal(nodeOf(graph, 'fulfil-order/pack-order/$start').kind, 'start');
    assert.equal(nodeOf(graph, 'foreach~2/pack-order/weigh').title, 'weigh');
  });

  it('lists parents before their children and the ends first and last', () => {
    const graph = graphOf(everything, everythingKey, []);
    const seen = new Set<string>();
    for (const { id, parent } of graph.nodes) {
      assert.ok(parent === undefined || seen.has(parent), id);
      seen.add(id);
    }
    assert.equal(seen.size, graph.nodes.length);
    assert.deepEqual([graph.nodes[0]?.id, graph.nodes.at(-1)?.id], ['$start', '$end']);
  });

  it('folds a workflow that is already on the path', () => {
    const circle = project(
      workflow('outer', [nested('inner'), nested('outer')]),
      workflow('inner', [step('work'), nested('outer')]),
    );
    const graph = graphOf(circle, keyOf('outer'), []);
    assert.equal(nodeOf(graph, 'outer').detail, 'nested in itself');
    assert.equal(nodeOf(graph, 'outer').container, false);
    assert.equal(nodeOf(graph, 'inner/outer').detail, 'nested in itself, through other workflows');
  });

  it('ends also where workflows that use each other twice would draw millions of boxes', () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      workflow(`level-${level}`, [nested(`level-${level + 1}`), nested(`level-${level + 1}`)]),
    );
    const graph = graphOf(project(...levels, workflow('level-30', [step('work')])), keyOf('level-0'), []);
    assert.ok(graph.nodes.length < 70_000, String(graph.nodes.length));
    assert.ok(graph.nodes.some((candidate) => candidate.detail === 'not drawn here: the drawing would be too large'));
  });

  it('says which workflow is not among the files read', () => {
    const graph = graphOf(project(workflow('outer', [nested('elsewhere')])), keyOf('outer'), []);
    assert.equal(nodeOf(graph, 'elsewhere').detail, 'not drawn: declared outside the files read');
  });

  it('puts findings on the node, its edge, the end and the workflow', () => {
    const graph = graphOf(faulty, faultyKey, findings);
    assert.deepEqual(
      nodeOf(graph, 'price').findings.map((finding) => finding.rule),
      ['schema-mismatch'],
    );
    assert.deepEqual(
      nodeOf(graph, 'price~2').findings.map((finding) => finding.rule),
      ['duplicate-step-id'],
    );
    assert.deepEqual(
      nodeOf(graph, '$end').findings.map((finding) => finding.rule),
      ['output-mismatch'],
    );
    assert.deepEqual(
      graph.workflow.findings.map((finding) => finding.rule),
      ['missing-commit'],
    );
    assert.deepEqual(nodeOf(graph, '$start').findings, graph.workflow.findings);
    assert.equal(graph.workflow.committed, false);
    const marked = graph.edges.filter((edge) => edge.finding !== undefined);
    assert.deepEqual(
      marked.map((edge) => [edge.id, edge.kind]),
      [
        ['read->price', 'flow'],
        ['dowhile/correct->dowhile/correct', 'loop-back'],
        ['price~2->$end', 'flow'],
      ],
    );
  });

  it('tells beside a line of the outermost chain what is wrong with it, also where no box is any more', () => {
    const message =
      'Step `price` needs `weightGrams: number` and `country: string`, but `read` provides `{ id: string }`.';
    const mismatches = findings.filter(({ rule }) => rule === 'schema-mismatch');
    const graph = graphOf(
      faulty,
      faultyKey,
      mismatches.map((finding) => ({ ...finding, message })),
    );
    const text = graph.edges.find(({ id }) => id === 'read->price')?.data;
    assert.equal(text?.text, 'Needs weightGrams: number and country: string, but read provides { id: string }.');
    assert.ok(text.x + text.width <= graph.width + graph.overhang, JSON.stringify({ text, width: graph.width }));
    assert.ok(graph.overhang > 0);
    assert.equal(graphOf(faulty, faultyKey, []).overhang, 0);
    assert.equal(graphOf(faulty, faultyKey, []).width, graph.width, 'the boxes stay in the middle');
  });

  it('shows findings of a nested workflow where it is drawn', () => {
    const outer = workflow('outer', [nested('faulty')]);
    const graph = graphOf(project(outer, ...faulty.workflows.values()), outer.key, findings);
    assert.deepEqual(
      nodeOf(graph, 'faulty').findings.map((finding) => finding.rule),
      ['missing-commit', 'output-mismatch'],
    );
    assert.deepEqual(
      nodeOf(graph, 'faulty/price').findings.map((finding) => finding.rule),
      ['schema-mismatch'],
    );
    assert.deepEqual(nodeOf(graph, 'faulty/$end').findings, []);
    assert.deepEqual(graph.workflow.findings, []);
  });

  it('carries what flows on the edges', () => {
    const graph = graphOf(everything, everythingKey, []);
    const into = graph.edges.find((edge) => edge.to === 'add-tax-rate');
    assert.match(into?.shape?.text ?? '', /orderId: string/);
    const condition = graph.edges.find((edge) => edge.to === 'branch/ask-for-approval');
    assert.equal(condition?.label?.text, 'inputData.total > 1000');
  });

  it('is undefined for an unknown workflow', () => {
    assert.equal(buildModel(everything, 'nowhere#nothing', []), undefined);
  });

  it('joins every box to its neighbours: one way in and one way out, containers pass through', () => {
    const graph = graphOf(everything, everythingKey, []);
    for (const { id } of graph.nodes) {
      const flow = graph.edges.filter((edge) => edge.kind === 'flow');
      if (!id.endsWith('$start'))
        assert.ok(
          flow.some((edge) => edge.to === id),
          `nothing leads to ${id}`,
        );
      if (!id.endsWith('$end'))
        assert.ok(
          flow.some((edge) => edge.from === id),
          `nothing leaves ${id}`,
        );
    }
  });

  it('gives foreach the step of its body, and loops and parallels none', () => {
    const graph = graphOf(
      project(workflow('w', [foreach(step('a')), loop('dowhile', 'x', step('b')), parallel([step('c')])])),
      keyOf('w'),
      [],
    );
    const steps = (id: string) => nodeOf(graph, id).step;
    assert.deepEqual([steps('foreach'), steps('foreach/a')], [['a'], ['a']]);
    assert.deepEqual([steps('dowhile'), steps('dowhile/b')], [undefined, ['b']]);
    assert.deepEqual([steps('parallel'), steps('parallel/c')], [undefined, ['c']]);
  });
});
