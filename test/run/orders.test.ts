/** Every workflow of the sample project in the embedded runner, against its expected outcome, a plain run and its drawing. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ProjectModel } from '../../common/model/index.ts';
import { createRunLog, foldRun, toJson } from '../../common/runlog/index.ts';
import { momentAfter } from '../replay/indexed.ts';
import type { Json, RunError, RunEvent, RunState } from '../../common/runlog/index.ts';
import { bundleProject } from '../../client/src/run/bundle.ts';
import { launchRunner } from '../../client/src/run/launch.ts';
import { findProject } from '../../client/src/run/project.ts';
import { openSession } from '../../client/src/run/session.ts';
import { staticProject } from '../conformance/static.ts';
import { graphOf } from '../graph/graph-of.ts';
import { expectedWorkflows, ordersEntry, ordersFolder } from '../projects/orders.expected.ts';
import type { ExpectedWorkflow } from '../projects/orders.expected.ts';
import { inputs, sessionTools } from './project.ts';

/** What `run.start()` of the real @mastra/core answers, without any of our code around it. */
interface PlainResult {
  readonly status: string;
  readonly result?: Json;
  readonly steps: Readonly<Record<string, { readonly status: string; readonly output?: Json }>>;
}

const plainProgram = `
import { writeFileSync } from 'node:fs';
const [bundle, runs, target] = process.argv.slice(2);
const { entry } = await import(bundle);
const results = {};
for (const { id, input } of JSON.parse(runs)) {
  const workflow = Object.values(entry.mastra.listWorkflows()).find((each) => each.id === id);
  if (workflow === undefined) continue;
  const run = await workflow.createRun();
  results[id] = await run.start({ inputData: input });
}
writeFileSync(target, JSON.stringify(results));
process.exit(0);
`;

describe('the sample project orders', function () {
  this.timeout(120_000);
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let plain: Readonly<Record<string, PlainResult>>;
  let project: ProjectModel;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mastra-orders-'));
    environment = { ...process.env, DATABASE_URL: `file:${path.join(folder, 'orders.db')}` };
    const files = globSync('src/mastra/workflows/*.ts', { cwd: ordersFolder }).map((name) =>
      path.join(ordersFolder, name),
    );
    const [model, results] = await Promise.all([staticProject(ordersFolder, files), runPlainly(folder, environment)]);
    const { workflows } = model;
    project = { workflows, uses: [], files, opaque: [], mastra: { kind: 'missing' } };
    plain = results;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const expected of expectedWorkflows) {
    const { id, outcome } = expected;

    it(`${id} ends as ${outcome.status}, with the state that a plain run reports, every step on its node`, async () => {
      const { events, mastra } = await runEmbedded(expected, environment);
      assert.equal(mastra, expected.registeredAs === undefined ? 'attached' : 'registered');
      const state = foldRun(events);
      assert.equal(state.status, outcome.status, state.error?.message);
      switch (outcome.status) {
        case 'success':
          assert.deepEqual(state.output, outcome.result);
          break;
        case 'failed':
          assert.deepEqual(messages(state.steps.get(outcome.step)?.error), outcome.messages);
          break;
        case 'suspended':
          assert.deepEqual(state.steps.get(outcome.step)?.suspendPayload, outcome.payload);
          break;
      }
      const result = plain[id];
      if (result === undefined) assert.equal(expected.registeredAs, undefined);
      else assertSame(state, result);
      assertDrawn(project, id, events);
    });
  }
});

function assertSame(state: RunState, plain: PlainResult): void {
  assert.equal(state.status, plain.status);
  assert.deepEqual(state.output, plain.result);
  for (const [id, step] of Object.entries(plain.steps)) {
    // The input is listed among the steps.
    if (id === 'input') continue;
    const folded = state.steps.get(id);
    assert.equal(folded?.status, step.status, id);
    if (step.status === 'success') assert.deepEqual(folded.output, step.output, id);
  }
}

/** Every event finds its one node; after a success no step is left that was neither run nor skipped. */
function assertDrawn(project: ProjectModel, id: string, events: readonly RunEvent[]): void {
  const workflow = [...project.workflows.values()].find((each) => each.id.known && each.id.value === id);
  assert.ok(workflow !== undefined);
  const graph = graphOf(project, workflow.key, []);
  const moment = momentAfter(graph.nodes, events);
  assert.deepEqual(moment.unmatched, []);
  assert.deepEqual(
    [...moment.nodes].filter(([, node]) => node.uncertain === true),
    [],
  );
  if (moment.status !== 'success') return;
  const skipped = new Set<string>();
  for (const node of graph.nodes) {
    const status = moment.nodes.get(node.id)?.status;
    if (status === 'skipped' || (node.parent !== undefined && skipped.has(node.parent))) skipped.add(node.id);
    else if (node.step !== undefined) assert.equal(status, 'success', node.id);
  }
}

function messages(error: RunError | undefined): readonly string[] {
  return error === undefined ? [] : [error.message, ...messages(error.cause)];
}

async function runEmbedded(
  { id, file, exportName, declaredName, input }: ExpectedWorkflow,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly events: readonly RunEvent[]; readonly mastra: string }> {
  const log = createRunLog();
  const target = {
    file: path.join(ordersFolder, 'src/mastra/workflows', file),
    folder: ordersFolder,
    workflow: { id, name: declaredName, exportName },
  };
  const launch = {
    ...sessionTools,
    target,
    entrySetting: undefined,
    nodeSearch: { ...sessionTools.nodeSearch, environment },
    log: () => undefined,
  };
  const session = openSession({
    target,
    launch: (signal) => launchRunner(launch, signal),
    onEvent: (event) => log.append(event),
    log: launch.log,
  });
  try {
    const { mastra } = await session.loaded;
    const value = toJson(input);
    assert.deepEqual(await session.validate('input', value), []);
    assert.equal(await session.start(inputs(value)), undefined);
    return { events: log.events, mastra };
  } finally {
    await session.dispose();
  }
}

/** All registered workflows, one after the other, by the project's own code alone. */
async function runPlainly(
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Readonly<Record<string, PlainResult>>> {
  const bundle = await bundleProject({
    project: findProject(ordersEntry, ordersFolder, undefined),
    file: ordersEntry,
    esbuild: sessionTools.esbuild,
    signal: new AbortController().signal,
  });
  try {
    const program = path.join(folder, 'plain.mjs');
    const target = path.join(folder, 'plain.json');
    writeFileSync(program, plainProgram);
    const runs = JSON.stringify(expectedWorkflows.map(({ id, input }) => ({ id, input })));
    await promisify(execFile)(process.execPath, [program, bundle.url, runs, target], {
      env: { ...environment, MASTRA_TELEMETRY_DISABLED: '1', MASTRA_OFFLINE: '1' },
    });
    return JSON.parse(readFileSync(target, 'utf8')) as Readonly<Record<string, PlainResult>>;
  } finally {
    await bundle.dispose();
  }
}
