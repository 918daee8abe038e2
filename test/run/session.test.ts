import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { foldRun } from '../../common/runlog/fold.ts';
import { inputs, makeProject, open, sessionTools } from './project.ts';
import type { TestProject } from './project.ts';

const workflows = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { shout } from './text';

const greet = createStep({
  id: 'greet',
  inputSchema: z.object({ name: z.string(), times: z.number().default(1) }),
  outputSchema: z.object({ text: z.string() }),
  execute: async ({ inputData }) => {
    console.log('hello %s', inputData.name);
    await new Promise((resolve) => setTimeout(resolve, 1));
    process.stdout.write('written\\n');
    return { text: shout(inputData.name) };
  },
});

export const hello = createWorkflow({ id: 'hello', inputSchema: greet.inputSchema, outputSchema: greet.outputSchema })
  .then(greet)
  .commit();
`;

describe('a run session', function () {
  this.timeout(60_000);
  let project: TestProject;
  afterEach(() => project.dispose());

  it('bundles the project, loads the workflow and streams the events of a run', async () => {
    project = makeProject({
      'src/mastra/workflows.ts': workflows,
      'src/mastra/text.ts': 'export const shout = (text: string): string => text.toUpperCase();\n',
      'src/mastra/index.ts':
        "import { Mastra } from '@mastra/core';\nimport { hello } from './workflows';\nexport const mastra = new Mastra({ workflows: { hello } });\n",
    });
    const { session, events, log } = open(project, 'src/mastra/workflows.ts', { id: 'hello', exportName: 'hello' });
    try {
      const loaded = await session.loaded;
      assert.equal(loaded.mastra, 'registered');
      assert.deepEqual(await session.validate('input', { name: 1 }), [
        { path: ['name'], message: 'Invalid input: expected string, received number' },
      ]);
      assert.equal(await session.start(inputs({ name: 'ada' })), undefined);
      const begin = events.findIndex((event) => event.type === 'run-started');
      assert.deepEqual(
        events.slice(begin).map((event) => event.type),
        ['run-started', 'step-started', 'console', 'console', 'step-succeeded', 'run-finished'],
      );
      const printed = events
        .slice(begin)
        .flatMap((event) => (event.type === 'console' ? [[event.step, event.text]] : []));
      assert.deepEqual(printed, [
        [['greet'], 'hello ada'],
        [['greet'], 'written'],
      ]);
      const last = events.at(-1);
      assert.ok(last?.type === 'run-finished');
      assert.equal(last.status, 'success');
      assert.deepEqual(last.output, { text: 'ADA' });
      assert.equal(log.length, 1, log.join());
    } finally {
      await session.dispose();
    }
  });

  it('tells that a step is tried again, and what the attempt before threw', async () => {
    project = makeProject({
      'flow.ts': `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const any = z.any();
let calls = 0;
const call = createStep({
  id: 'call',
  inputSchema: any,
  outputSchema: any,
  retries: 3,
  execute: async ({ inputData }) => {
    calls += 1;
    if (calls < 3) throw new Error('busy ' + calls);
    return inputData;
  },
});
const inner = createWorkflow({ id: 'inner', inputSchema: any, outputSchema: any }).then(call).commit();
export const flow = createWorkflow({ id: 'flow', inputSchema: any, outputSchema: any }).then(inner).commit();
`,
    });
    const { session, events } = open(project, 'flow.ts', { id: 'flow', exportName: 'flow' });
    try {
      await session.loaded;
      await session.start(inputs({}));
      const retries = events.flatMap((event) =>
        event.type === 'step-retried' ? [[event.step.join('.'), event.attempt, event.error?.message]] : [],
      );
      assert.deepEqual(retries, [
        ['inner.call', 2, 'busy 1'],
        ['inner.call', 3, 'busy 2'],
      ]);
      const { steps, status } = foldRun(events.map((event, seq) => ({ ...event, seq })));
      assert.deepEqual([status, steps.get('inner.call')?.attempts, steps.get('inner')?.attempts], ['success', 3, 1]);
    } finally {
      await session.dispose();
    }
  });

  it('asks for an initial state only where the state schema wants one', async () => {
    const counting = (state: string): string => `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const state = z.object({ seen: ${state} });
const read = createStep({
  id: 'read',
  inputSchema: z.any(),
  outputSchema: z.any(),
  stateSchema: state,
  execute: async ({ state }) => state.seen,
});
export const counter = createWorkflow({ id: 'counter', inputSchema: z.any(), outputSchema: z.any(), stateSchema: state })
  .then(read)
  .commit();
`;
    project = makeProject({ 'flow.ts': counting('z.number()') });
    let opened = open(project, 'flow.ts', { id: 'counter', exportName: 'counter' });
    assert.equal((await opened.session.loaded).needsState, true);
    assert.equal((await opened.session.validate('state', {})).length, 1);
    await opened.session.start(inputs({}, { seen: 7 }));
    let last = opened.events.at(-1);
    assert.ok(last?.type === 'run-finished');
    assert.equal(last.output, 7);
    await opened.session.dispose();

    project.write('flow.ts', counting('z.number().default(3)'));
    opened = open(project, 'flow.ts', { id: 'counter', exportName: 'counter' });
    assert.equal((await opened.session.loaded).needsState, false);
    await opened.session.start(inputs({}));
    last = opened.events.at(-1);
    assert.ok(last?.type === 'run-finished');
    assert.equal(last.output, 3);
    await opened.session.dispose();
  });

  it('works with the runner as one minified file, as it ships', async () => {
    project = makeProject({
      'src/mastra/workflows.ts': workflows,
      'src/mastra/text.ts': 'export const shout = (text: string): string => { throw new Error(`no ${text}`); };\n',
    });
    const runner = project.file('runner.mjs');
    await build({
      entryPoints: [sessionTools.runner],
      outfile: runner,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      minify: true,
      keepNames: true,
    });
    const opened = open(project, 'src/mastra/workflows.ts', { id: 'hello' }, { runner });
    try {
      await opened.session.loaded;
      await opened.session.start(inputs({ name: 'ada' }));
      const failed = opened.events.find((event) => event.type === 'step-failed');
      assert.ok(failed?.type === 'step-failed');
      assert.ok(failed.error.stack?.includes(`${project.file('src/mastra/text.ts')}:1:`), failed.error.stack);
    } finally {
      await opened.session.dispose();
    }
  });
});
