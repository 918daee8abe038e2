/** Suspended runs of the embedded runner: what waits, one answer after the other, in the same process and in a new one. */
import assert from 'node:assert/strict';
import type { RunConnection, SuspendedStep } from '../../client/src/run/connection.ts';
import type { Json } from '../../common/runlog/events.ts';
import { createRunLog, foldRun } from '../../common/runlog/index.ts';
import { inputs, makeProject, open, until } from './project.ts';
import type { TestProject, TestSession } from './project.ts';

const file = 'src/mastra/flows.ts';
const flows = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const any = { inputSchema: z.any(), outputSchema: z.any() };
const ask = (id) => createStep({
  id,
  ...any,
  resumeSchema: z.object({ ok: z.boolean(), note: z.string().optional() }),
  suspendSchema: z.object({ question: z.string() }),
  execute: async ({ inputData, resumeData, suspend }) => {
    if (resumeData === undefined) return suspend({ question: id + ' of ' + JSON.stringify(inputData) });
    console.log(id, 'heard', resumeData.ok);
    return resumeData.ok;
  },
});
const legal = ask('legal');
const finance = ask('finance');
const sum = createStep({ id: 'sum', ...any, execute: async ({ inputData }) => inputData });
const nap = createStep({ id: 'nap', ...any, resumeSchema: z.any(), execute: async ({ resumeData, suspend, abortSignal }) => {
  if (resumeData === undefined) return suspend({});
  await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
  return 1;
} });
const list = createStep({ id: 'list', ...any, execute: async () => ['ann', 'bob', 'cy'] });

export const single = createWorkflow({ id: 'single', ...any }).then(legal).then(sum).commit();
export const both = createWorkflow({ id: 'both', ...any }).parallel([legal, finance]).then(sum).commit();
export const nested = createWorkflow({ id: 'nested', ...any }).then(sum).then(single).commit();
export const deep = createWorkflow({ id: 'deep', ...any }).then(both).commit();
export const each = createWorkflow({ id: 'each', ...any }).then(list).foreach(legal, { concurrency: 2 }).commit();
export const eachNested = createWorkflow({ id: 'each-nested', ...any }).then(list).foreach(single, { concurrency: 3 }).commit();
export const asleep = createWorkflow({ id: 'asleep', ...any }).then(nap).commit();
`;
const stored = `
import { Mastra } from '@mastra/core/mastra';
import { LibSQLStore } from '@mastra/libsql';
import * as flows from './flows';
export const mastra = new Mastra({
  workflows: { ...flows },
  logger: false,
  storage: new LibSQLStore({ id: 'test', url: process.env.DATABASE ?? 'file:./test.db' }),
});
`;
const unstored = `
import { Mastra } from '@mastra/core/mastra';
import * as flows from './flows';
export const mastra = new Mastra({ workflows: { ...flows }, logger: false });
`;

describe('a suspended run', function () {
  this.timeout(60_000);
  let project: TestProject;
  const sessions: RunConnection[] = [];

  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.dispose();
    project.dispose();
  });

  function begin(name: string): TestSession {
    const opened = open(project, file, { id: name, exportName: name.replace('-n', 'N') });
    sessions.push(opened.session);
    return opened;
  }

  function makeStored(entry = stored): void {
    project = makeProject({ [file]: flows, 'src/mastra/index.ts': entry }, { storage: true });
  }

  async function suspend(
    name: string,
    input: Json = {},
  ): Promise<{ readonly opened: TestSession; readonly runId: string }> {
    const opened = begin(name);
    await opened.session.loaded;
    assert.equal(await opened.session.start(inputs(input)), undefined);
    assert.equal(statusOf(opened), 'suspended', JSON.stringify(opened.events.at(-1)));
    const first = opened.events.find((event) => event.type === 'run-started');
    assert.ok(first?.type === 'run-started');
    return { opened, runId: first.runId };
  }

  const answer = (session: RunConnection, runId: string, waiting: Pick<SuspendedStep, 'step' | 'index'>, data: Json) =>
    session.resume({ runId, step: waiting.step, index: waiting.index, data });

  it('tells what waits, and goes on in the same process', async () => {
    makeStored();
    const { opened, runId } = await suspend('single', { a: 1 });
    assert.equal((await opened.session.loaded).durable, true);
    const waiting = await opened.session.suspended(runId);
    assert.equal(waiting.length, 1);
    assert.deepEqual(waiting[0]?.step, ['legal']);
    assert.deepEqual(waiting[0].payload, { question: 'legal of {"a":1}' });
    const schema = waiting[0].resumeSchema as { readonly required: Json; readonly properties: object };
    assert.deepEqual(schema.required, ['ok']);
    assert.deepEqual(Object.keys(schema.properties), ['ok', 'note']);
    assert.deepEqual(await opened.session.validate({ resume: ['legal'] }, { ok: 'yes' }), [
      { path: ['ok'], message: 'Invalid input: expected boolean, received string' },
    ]);
    assert.equal(await answer(opened.session, runId, waiting[0], { ok: true }), undefined);
    assert.equal(statusOf(opened), 'success');
    assert.deepEqual(
      opened.events.flatMap((event) => (event.type === 'console' ? [] : [event.type])),
      [
        'run-started',
        'step-started',
        'step-suspended',
        'run-finished',
        'run-resumed',
        'step-started',
        'step-succeeded',
        'step-started',
        'step-succeeded',
        'run-finished',
      ],
    );
    const state = foldedState(opened);
    assert.equal(state.output, true);
    assert.equal(state.steps.get('legal')?.runs, 1);
    assert.deepEqual(
      opened.events.flatMap((event) => (event.type === 'console' ? [[event.step, event.text]] : [])),
      [[['legal'], 'legal heard true']],
    );
    assert.deepEqual(await opened.session.suspended(runId), []);
  });

  it('is as before when the answer is refused', async () => {
    makeStored();
    const { opened, runId } = await suspend('single');
    const problem = await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: 7 });
    assert.equal(problem?.kind, 'resume-refused');
    assert.match(problem.error.message, /Invalid resume data[\s\S]*ok: .*expected boolean/);
    assert.equal(statusOf(opened), 'suspended');
    const elsewhere = await answer(opened.session, runId, { step: ['sum'], index: undefined }, {});
    assert.equal(elsewhere?.kind, 'resume-refused');
    assert.equal((await opened.session.suspended(runId)).length, 1);
    await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: true });
    assert.equal(statusOf(opened), 'success');
  });

  it('of parallel steps is suspended until the last of them is answered', async () => {
    makeStored();
    const { opened, runId } = await suspend('both');
    const waiting = await opened.session.suspended(runId);
    assert.deepEqual(
      waiting.map(({ step }) => step),
      [['legal'], ['finance']],
    );
    assert.equal(
      await answer(opened.session, runId, { step: ['finance'], index: undefined }, { ok: false }),
      undefined,
    );
    assert.equal(statusOf(opened), 'suspended');
    const state = foldedState(opened);
    assert.equal(state.steps.get('finance')?.status, 'success');
    assert.equal(state.steps.get('legal')?.status, 'suspended');
    assert.deepEqual(
      (await opened.session.suspended(runId)).map(({ step }) => step),
      [['legal']],
    );
    await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: true });
    assert.equal(statusOf(opened), 'success');
    assert.deepEqual(foldedState(opened).output, { legal: true, finance: false });
  });

  it('goes on after the process is gone, and in another session, inside nested workflows too', async () => {
    makeStored();
    const { opened, runId } = await suspend('nested', { a: 1 });
    await opened.session.dispose();
    const again = begin('nested');
    const waiting = await again.session.suspended(runId);
    assert.deepEqual(
      waiting.map(({ step, index }) => ({ step, index })),
      [{ step: ['single', 'legal'], index: undefined }],
    );
    assert.notEqual(waiting[0]?.resumeSchema, undefined);
    await answer(again.session, runId, { step: ['single', 'legal'], index: undefined }, { ok: true });
    assert.equal(statusOf(again), 'success', JSON.stringify(again.events));
    const resumed = again.events.find((event) => event.type !== 'console');
    assert.ok(resumed?.type === 'run-resumed');
    assert.deepEqual([resumed.runId, resumed.workflowId, resumed.step], [runId, 'nested', ['single', 'legal']]);
  });

  it('starts another process when its own was killed', async () => {
    makeStored();
    const { opened, runId } = await suspend('single');
    assert.equal(opened.pids().length, 1);
    for (const pid of opened.pids()) process.kill(pid, 'SIGKILL');
    await until(() => opened.pids().every((pid) => !isAlive(pid)));
    assert.equal((await opened.session.suspended(runId)).length, 1);
    await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: true });
    assert.equal(statusOf(opened), 'success');
  });

  it('goes on with the source as it is by then', async () => {
    makeStored();
    const { opened, runId } = await suspend('single');
    project.write(
      file,
      flows.replace(
        "id: 'sum', ...any, execute: async ({ inputData }) => inputData",
        "id: 'sum', ...any, execute: async () => 'changed'",
      ),
    );
    await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: true });
    assert.equal(statusOf(opened), 'success');
    assert.equal(foldedState(opened).output, 'changed');
    assert.equal(opened.pids().length, 2);
  });

  it('that is only in memory goes on with the source that it began with', async () => {
    makeStored(unstored);
    const { opened, runId } = await suspend('single');
    project.write(
      file,
      flows.replace(
        "id: 'sum', ...any, execute: async ({ inputData }) => inputData",
        "id: 'sum', ...any, execute: async () => 'changed'",
      ),
    );
    await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: true });
    assert.equal(foldedState(opened).output, true);
    assert.equal(opened.pids().length, 1);
  });

  it('that is only in memory has failed when its process is gone', async () => {
    makeStored(unstored);
    const { opened } = await suspend('single');
    for (const pid of opened.pids()) process.kill(pid, 'SIGKILL');
    await until(() => statusOf(opened) === 'failed');
    const finished = opened.events.filter(({ type }) => type === 'run-finished');
    assert.equal(finished.length, 2);
  });

  it('lists parallel steps of a nested workflow, and each item of a foreach', async () => {
    makeStored();
    const deep = await suspend('deep');
    const inner = await deep.opened.session.suspended(deep.runId);
    assert.deepEqual(
      inner.map(({ step }) => step),
      [
        ['both', 'legal'],
        ['both', 'finance'],
      ],
    );
    for (const waiting of inner) await answer(deep.opened.session, deep.runId, waiting, { ok: true });
    assert.equal(statusOf(deep.opened), 'success', JSON.stringify(deep.opened.events));

    const each = await suspend('each');
    const items = await each.opened.session.suspended(each.runId);
    assert.deepEqual(
      items.map(({ step, index, payload }) => ({ step, index, payload })),
      [
        { step: ['legal'], index: 0, payload: { question: 'legal of "ann"' } },
        { step: ['legal'], index: 1, payload: { question: 'legal of "bob"' } },
      ],
    );
    await answer(each.opened.session, each.runId, { step: ['legal'], index: 1 }, { ok: true });
    assert.equal(statusOf(each.opened), 'suspended');
    const left = await each.opened.session.suspended(each.runId);
    assert.deepEqual(
      left.map(({ index }) => index),
      [0, 2],
    );
    for (const waiting of left) await answer(each.opened.session, each.runId, waiting, { ok: false });
    assert.equal(statusOf(each.opened), 'success');
    assert.deepEqual(foldedState(each.opened).output, [false, true, false]);
  });

  it('in a workflow for each item is answered item by item', async () => {
    makeStored();
    const { opened, runId } = await suspend('each-nested');
    const items = await opened.session.suspended(runId);
    assert.deepEqual(
      items.map(({ step, index }) => ({ step, index })),
      [0, 1, 2].map((index) => ({ step: ['single', 'legal'], index })),
    );
    await answer(opened.session, runId, { step: ['single', 'legal'], index: 1 }, { ok: true });
    assert.equal(statusOf(opened), 'suspended');
    assert.deepEqual(
      (await opened.session.suspended(runId)).map(({ index }) => index),
      [0, 2],
    );
  });

  it('is canceled by its id, also while it goes on', async () => {
    makeStored();
    const { opened, runId } = await suspend('single');
    assert.equal(await opened.session.abandon(runId), undefined);
    assert.deepEqual(await opened.session.suspended(runId), []);
    const again = await suspend('asleep');
    const over = answer(again.opened.session, again.runId, { step: ['nap'], index: undefined }, {});
    await until(() => again.opened.events.at(-1)?.type === 'step-started');
    again.opened.session.cancel();
    assert.equal(await over, undefined);
    assert.equal(statusOf(again.opened), 'canceled');
  });

  for (const [title, entry] of [
    ['in memory', unstored],
    ['in a database in memory', stored.replace("process.env.DATABASE ?? 'file:./test.db'", "':memory:'")],
    ['of a project without Mastra instance', 'export {};\n'],
  ] as const) {
    it(`${title} goes on in its process, and says that it ends with it`, async () => {
      makeStored(entry);
      const { opened, runId } = await suspend('single');
      assert.equal((await opened.session.loaded).durable, false);
      const waiting = await opened.session.suspended(runId);
      assert.equal(waiting.length, 1);
      await answer(opened.session, runId, { step: ['legal'], index: undefined }, { ok: true });
      assert.equal(statusOf(opened), 'success');
    });
  }
});

function statusOf({ events }: TestSession): string {
  const last = events.findLast((event) => event.type !== 'console');
  return last?.type === 'run-finished' ? last.status : (last?.type ?? 'nothing');
}

function foldedState({ events }: TestSession): ReturnType<typeof foldRun> {
  const log = createRunLog();
  for (const event of events) log.append(event);
  return foldRun(log.events);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
