/** The drawing of real projects, read by the compiler: test/projects/orders is right, test/projects/broken has a defect per file. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import type { ProjectModel } from '../../common/model/index.ts';
import { END } from '../../common/model/index.ts';
import { isStep } from '../../common/graph/boxes.ts';
import { toMermaid } from '../../common/graph/mermaid.ts';
import { workflowSummaries } from '../../server/src/features/workflows.ts';
import { createProjectAnalysis } from '../../server/src/project/analyze.ts';
import { findingsOf } from '../../server/src/rules/index.ts';
import { startEngine } from '../../server/src/typescript/engine.ts';
import { graphOf, modelOf } from './graph-of.ts';

async function read(name: string): Promise<ProjectModel> {
  const folder = path.join(import.meta.dirname, '../projects', name).replaceAll('\\', '/');
  const files = globSync(`${folder}/src/**/*.ts`).map((file) => file.replaceAll('\\', '/'));
  const engine = startEngine({ folder, buffer: () => undefined, log: () => undefined });
  try {
    return await engine.read(files, async (programs) => {
      const { project } = await createProjectAnalysis().update(programs, files, files);
      return project;
    });
  } finally {
    await engine.close();
  }
}

describe('drawing of the sample projects', () => {
  let orders: ProjectModel;
  let broken: ProjectModel;
  before(async () => {
    orders = await read('orders');
    broken = await read('broken');
  });

  it('shows every workflow of orders whole: nothing unreadable, folded or left out', () => {
    assert.ok(orders.workflows.size >= 12);
    for (const { key, entries } of orders.workflows.values()) {
      const graph = graphOf(orders, key, []);
      assert.deepEqual(
        graph.nodes.filter((node) => node.kind === 'opaque' || (node.kind === 'workflow' && !node.container)),
        [],
        key,
      );
      const top = graph.nodes.filter((node) => node.parent === undefined).map((node) => node.id);
      assert.deepEqual(top, ['$start', ...entries.map((entry) => entry.node), '$end'], key);
      assert.equal(graph.workflow.incomplete, undefined, key);
    }
  });

  it('knows the step of a run for each of their nodes, but for sleeps without an id', () => {
    const boxes = new Set(['parallel', 'conditional', 'loop', 'start', 'end', 'sleep', 'sleepUntil']);
    for (const { key } of orders.workflows.values()) {
      const nodes = graphOf(orders, key, []).nodes;
      assert.deepEqual(
        nodes.filter((node) => node.step === undefined && !boxes.has(node.kind)).map((node) => node.id),
        [],
        key,
      );
    }
  });

  it('has as many steps as lists of workflows say', () => {
    for (const project of [orders, broken]) {
      for (const { key, steps } of workflowSummaries(project, (file) => file))
        assert.equal(modelOf(project, key, []).nodes.filter(isStep).length, steps, key);
    }
    const placeOrder = workflowSummaries(orders, (file) => file).find(({ id }) => id === 'place-order');
    assert.equal(placeOrder?.steps, 8, 'four steps and the four mappings between them');
  });

  it('writes a Mermaid chart of each', () => {
    for (const { key } of orders.workflows.values())
      assert.match(toMermaid(modelOf(orders, key, [])), /^flowchart TD\n {2}n0/);
  });

  it('marks each mismatch on the one line that does not fit, and each finding on a node', () => {
    const findings = findingsOf(broken);
    const places = new Set<string>();
    for (const finding of findings) {
      // About other code than a workflow: nothing to draw.
      if (finding.workflow === undefined) continue;
      const graph = graphOf(broken, finding.workflow, [finding]);
      const { rule, address } = finding;
      const where = `${rule} at ${address ?? 'the workflow'} of ${graph.workflow.title}`;
      const lines = graph.edges.filter((edge) => edge.finding !== undefined);
      assert.ok(
        graph.nodes.some((node) => node.findings.length > 0),
        where,
      );
      if (rule === 'schema-mismatch')
        assert.deepEqual(
          lines.map((edge) => edge.to),
          [address],
          where,
        );
      else
        assert.deepEqual(
          lines.map((edge) => edge.to),
          rule === 'output-mismatch' ? [END] : [],
          where,
        );
      places.add(rule);
    }
    assert.ok(places.size > 5);
  });
});
