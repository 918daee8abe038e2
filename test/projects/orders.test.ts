/** The sample project runs as `orders.expected.ts` says, on the real @mastra/core. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Mastra } from '@mastra/core/mastra';
import { expectedWorkflows, ordersEntry, ordersFolder } from './orders.expected.ts';
import type { ExpectedWorkflow } from './orders.expected.ts';

type AnyWorkflow = ReturnType<Mastra['getWorkflow']>;
type AnyResult = Awaited<ReturnType<Awaited<ReturnType<AnyWorkflow['createRun']>>['start']>>;

interface Project {
  readonly mastra: Mastra;
  readonly packParcelWorkflow: AnyWorkflow;
}

describe('sample project orders', function () {
  this.timeout(60_000);

  let project: Project;
  let bundleFolder: string;
  let storageFolder: string;

  before(async () => {
    // The bundle lies in the project, so that Node resolves its packages from there.
    const cache = path.join(ordersFolder, 'node_modules/.cache');
    await mkdir(cache, { recursive: true });
    bundleFolder = await mkdtemp(path.join(cache, 'orders-'));
    storageFolder = await mkdtemp(path.join(tmpdir(), 'orders-'));
    process.env['DATABASE_URL'] = pathToFileURL(path.join(storageFolder, 'orders.db')).href;
    const outfile = path.join(bundleFolder, 'project.mjs');
    await build({
      stdin: {
        contents: `export * from './index'; export { packParcelWorkflow } from './workflows/pack-parcel';`,
        resolveDir: path.dirname(ordersEntry),
        loader: 'ts',
      },
      bundle: true,
      packages: 'external',
      alias: { '@': path.dirname(ordersEntry) },
      format: 'esm',
      platform: 'node',
      target: 'node22',
      outfile,
    });
    project = (await import(pathToFileURL(outfile).href)) as Project;
  });

  after(async () => {
    await project.mastra.shutdown();
    await rm(bundleFolder, { recursive: true, force: true });
    await rm(storageFolder, { recursive: true, force: true });
  });

  function workflowOf(expected: ExpectedWorkflow): AnyWorkflow {
    return expected.registeredAs === undefined
      ? project.packParcelWorkflow
      : project.mastra.getWorkflow(expected.registeredAs);
  }

  it('registers exactly the workflows that are listed', () => {
    const listed = expectedWorkflows.flatMap((workflow) => workflow.registeredAs ?? []);
    assert.deepEqual(Object.keys(project.mastra.listWorkflows()).sort(), listed.sort());
  });

  for (const expected of expectedWorkflows) {
    it(`${expected.id} ends ${expected.outcome.status}`, async () => {
      const workflow = workflowOf(expected);
      assert.equal(workflow.id, expected.id);
      const run = await workflow.createRun();
      const result = await run.start({ inputData: expected.input });
      switch (expected.outcome.status) {
        case 'success':
          assertSuccess(result, expected.outcome.result);
          break;
        case 'failed':
          assert.equal(result.status, 'failed');
          assert.deepEqual(messagesOf(result.error), expected.outcome.messages);
          assert.equal(result.steps[expected.outcome.step]?.status, 'failed');
          break;
        case 'suspended': {
          assert.equal(result.status, 'suspended');
          assert.deepEqual(result.suspended, [[expected.outcome.step]]);
          assert.deepEqual(suspendPayloadOf(result, expected.outcome.step), expected.outcome.payload);
          const resumed = await run.resume({ step: expected.outcome.step, resumeData: expected.outcome.resumeData });
          assertSuccess(resumed, expected.outcome.resumed.result);
          break;
        }
      }
    });
  }

  it('reconcile-books stops at once when it is cancelled', async () => {
    const run = await project.mastra.getWorkflow('reconcileBooksWorkflow').createRun();
    const { fullStream } = run.stream({ inputData: { day: '2026-03-31' } });
    const types: string[] = [];
    for await (const event of fullStream) {
      types.push(event.type);
      if (event.type === 'workflow-step-output') {
        await run.cancel();
      }
    }
    assert.ok(types.includes('workflow-canceled'), types.join(' '));
  });
});

function assertSuccess(result: AnyResult, expected: unknown): void {
  assert.equal(result.status, 'success', JSON.stringify(result));
  assert.deepEqual(result.result, expected);
}

function suspendPayloadOf(result: AnyResult, step: string): unknown {
  const record = result.steps[step];
  assert.ok(record?.status === 'suspended');
  // Mastra adds what it needs to resume under this key.
  return Object.fromEntries(
    Object.entries(record.suspendPayload as Record<string, unknown>).filter(([key]) => key !== '__workflow_meta'),
  );
}

/** Messages of an error and its causes, outermost first. Mastra hands errors on as plain objects. */
function messagesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null || !('message' in error)) {
    return [];
  }
  return [String(error.message), ...('cause' in error ? messagesOf(error.cause) : [])];
}
