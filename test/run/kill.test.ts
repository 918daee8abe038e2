/** The process of a run, or the extension host that watches it, is killed at random moments: what is kept is readable and true. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { decodeLine, decodeLog } from '../../common/runlog/file.ts';
import { foldRun } from '../../common/runlog/fold.ts';
import { createRunStore } from '../../client/src/history/store.ts';
import type { RunSummary } from '../../client/src/history/summary.ts';
import { seededRandom } from '../bench/schemas.ts';
import { openHost, workflowKey } from './host.ts';
import type { TestHost } from './host.ts';
import { makeProject, until } from './project.ts';
import type { TestProject } from './project.ts';

/** A run of some 300 ms that is always in the middle of something: a foreach, two branches, a nested workflow, lines on the console. */
const source = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const any = z.any();
const step = (id: string) => createStep({ id, inputSchema: any, outputSchema: any, execute: async ({ inputData, writer }) => {
  for (let line = 0; line < 5; line += 1) {
    console.log(id, line, 'é'.repeat(200));
    await writer.write({ line });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return inputData;
} });
const inner = createWorkflow({ id: 'inner', inputSchema: any, outputSchema: any }).then(step('deep')).commit();
export const busy = createWorkflow({ id: 'busy', inputSchema: any, outputSchema: any })
  .then(step('first'))
  .foreach(step('item'), { concurrency: 2 })
  .parallel([step('left'), step('right'), inner])
  .then(step('last'))
  .commit();
`;
const entry = `
import { Mastra } from '@mastra/core';
import { LibSQLStore } from '@mastra/libsql';
import { busy } from './busy';
export const mastra = new Mastra({
  workflows: { busy },
  storage: new LibSQLStore({ id: 'kill', url: 'file:' + process.env.KILL_TEST_DATABASE }),
});
`;
const moments = 20;

describe('a run whose', function () {
  this.timeout(240_000);
  let project: TestProject;
  let runs: string;

  beforeEach(() => {
    project = makeProject({ 'src/mastra/busy.ts': source, 'src/mastra/index.ts': entry }, { storage: true });
    process.env['KILL_TEST_DATABASE'] = project.file('runs.db');
    runs = project.file('recorded');
  });
  afterEach(() => {
    delete process.env['KILL_TEST_DATABASE'];
    project.dispose();
  });

  const options = (): Omit<Parameters<typeof openHost>[0], 'onProcess'> => ({
    root: project.root,
    file: 'src/mastra/busy.ts',
    workflow: 'busy',
    input: Array.from({ length: 6 }, (_, index) => ({ index })),
    runs,
  });
  const listed = async (): Promise<readonly RunSummary[]> => {
    const found = await createRunStore(runs).list();
    return found.map((run) => {
      assert.ok(run.kind === 'run', run.kind === 'unreadable' ? run.reason : '');
      return run;
    });
  };
  const nextRunWorks = async (host: TestHost): Promise<void> => {
    await host.service.run(host.request);
    assert.equal(foldRun(host.service.events(workflowKey) ?? []).status, 'success', host.fake.messages.join('\n'));
  };

  /** Nothing but a last line is damaged, and the numbers of the events have no gap. */
  const assertReadable = async ({ id }: RunSummary): Promise<ReturnType<typeof foldRun>> => {
    const text = await createRunStore(runs).text(id);
    const log = decodeLog(text);
    assert.ok(log.kind === 'log');
    assert.equal(log.damage.corrupt, 0);
    const lines = text.split('\n').slice(1).map(decodeLine);
    const numbers = lines.flatMap((line) => (line.kind === 'event' ? [line.event.seq] : []));
    assert.deepEqual(numbers, [...numbers.keys()]);
    return foldRun(log.events);
  };

  it(`process is killed, at ${moments} moments, has failed with that reason, and the next one works`, async () => {
    const random = seededRandom(4711);
    let process: number | undefined;
    const host = openHost({ ...options(), onProcess: (pid) => (process = pid) });
    let begun = 0;
    try {
      for (let moment = 0; moment < moments; moment += 1) {
        process = undefined;
        const before = host.service.events(workflowKey);
        const said = host.fake.messages.length;
        const over = host.service.run(host.request);
        await until(() => process !== undefined);
        // Every fourth while it loads, the others from the first event on.
        if (moment % 4 !== 0) await until(() => host.service.events(workflowKey) !== before);
        await pause(random(200));
        kill(process);
        await over;
        const message = host.fake.messages.slice(said).join('\n');
        assert.match(message, /^error: The process of busy ended unexpectedly \(.*SIGKILL.*\)\./, `moment ${moment}`);
        const events = host.service.events(workflowKey);
        if (events === before) continue;
        begun += 1;
        const state = foldRun(events ?? []);
        assert.equal(state.status, 'failed');
        assert.match(state.error?.message ?? '', /ended unexpectedly \(.*SIGKILL/);
        const open = [...state.steps].filter(([, { status }]) => status === 'running' || status === 'waiting');
        assert.deepEqual(open, []);
        if (moment % 5 === 4) await nextRunWorks(host);
      }
    } finally {
      await host.stop();
    }
    assert.ok(begun >= 15, `${begun} runs had begun`);
    const recorded = await listed();
    assert.equal(recorded.filter(({ status }) => status === 'failed').length, begun);
    assert.equal(recorded.filter(({ status }) => status === 'success').length, recorded.length - begun);
    for (const run of recorded) {
      const state = await assertReadable(run);
      assert.equal(state.status, run.status);
      if (run.status === 'failed') assert.match(run.error ?? '', /ended unexpectedly \(.*SIGKILL/);
    }
  });

  it(`extension host is killed, at ${moments} moments, is interrupted, leaves no process behind, and the next one works`, async () => {
    const random = seededRandom(1174);
    const program = path.join(import.meta.dirname, 'dying-host.ts');
    const interrupted: string[] = [];
    for (let moment = 0; moment < moments; moment += 1) {
      const child = spawn(process.execPath, [program, JSON.stringify(options())], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
      // Every fifth while it loads.
      await until(() => said.includes(moment % 5 === 0 ? 'process' : 'running'));
      // Long enough for some of them to be in the second run.
      await pause(random(moment % 3 === 0 ? 1_800 : 300));
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
      const pids = [...said.matchAll(/process (\d+)\n/g)].map(([, pid]) => Number(pid));
      await until(() => pids.every((pid) => !isAlive(pid)));

      const recorded = await listed();
      assert.deepEqual(
        recorded.filter(({ status }) => status !== 'interrupted' && status !== 'success'),
        [],
        `moment ${moment}`,
      );
      interrupted.push(...recorded.flatMap(({ id, status }) => (status === 'interrupted' ? [id] : [])));
      for (const run of recorded) await assertReadable(run);
    }
    // How many depends on how fast the machine is: some hosts die before their run begins, or between two runs.
    assert.ok(new Set(interrupted).size >= 3, `${new Set(interrupted).size} runs were interrupted`);
    const host = openHost({ ...options(), onProcess: () => undefined });
    await nextRunWorks(host);
    await host.stop();
    const [newest] = await listed();
    assert.equal(newest?.status, 'success');
  });
});

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
