/** A run at a real server whose extension host is killed: it is watched again from another one, and recorded without duplicates or gaps. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { foldRun } from '../../common/runlog/index.ts';
import type { RunEvent } from '../../common/runlog/index.ts';
import { reattach } from '../../client/src/history/reattach.ts';
import type { RunSummary } from '../../client/src/history/summary.ts';
import { openHost, workflowKey } from '../run/host.ts';
import type { TestHost, TestHostOptions } from '../run/host.ts';
import { until } from '../run/project.ts';
import { connectTo, inputs } from './connect.ts';
import { freePort, startQuickly } from './process.ts';
import type { RunningServer } from './process.ts';
import { copyOrders } from './project.ts';
import type { ServedProject } from './project.ts';

describe('a run at a server whose extension host is killed', function () {
  this.timeout(120_000);
  let project: ServedProject;
  let server: RunningServer;
  let port: number;
  let host: TestHost | undefined;
  let runs = '';
  let number = 0;
  before(async () => {
    project = copyOrders();
    port = await freePort();
    server = await startQuickly(project, port);
  });
  after(async () => {
    await server.kill();
    project.dispose();
  });
  beforeEach(() => void (runs = path.join(project.root, `recorded-${(number += 1)}`)));
  afterEach(async () => {
    await host?.stop();
    host = undefined;
  });

  const options = (ticks: number): TestHostOptions => ({
    root: project.root,
    file: 'src/mastra/trials.ts',
    workflow: 'ticking',
    input: { ticks },
    runs,
    address: server.address,
    onProcess: () => undefined,
  });

  /** Resolves when the host is dead and the run goes on. */
  const runAndDie = async (ticks: number, milliseconds: number): Promise<RunSummary> => {
    const program = path.join(import.meta.dirname, '../run/dying-host.ts');
    const child = spawn(process.execPath, [program, JSON.stringify(options(ticks))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    await until(() => said.includes('running'));
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    return interrupted();
  };
  const only = async (at: TestHost): Promise<RunSummary> => {
    const [run, ...more] = await at.history.store.list();
    assert.deepEqual(more, []);
    assert.ok(run?.kind === 'run');
    return run;
  };
  const interrupted = async (): Promise<RunSummary> => {
    host = openHost(options(1));
    const run = await only(host);
    assert.equal(run.status, 'interrupted');
    return run;
  };

  /** As the extension does when its window opens. */
  const followAgain = async (at: TestHost): Promise<void> =>
    reattach({
      recorded: () => at.history.store.list(),
      isUp: () => Promise.resolve(true),
      async follow(run) {
        const log = await at.history.store.read(run.id);
        assert.ok(log.kind === 'log' && run.runId !== undefined);
        const { uri, workflow } = at.request;
        const { id, name } = run.header.server;
        const about = { uri, workflow, runId: run.runId, server: id, serverName: name };
        await at.service.follow({ ...about, events: log.events, quiet: true });
      },
    });

  /** Without times, ids, and what is said about the connection. */
  const told = (events: readonly RunEvent[]): readonly unknown[] =>
    events.flatMap((event) => {
      if (event.type === 'console') return [];
      const step = 'step' in event ? event.step.join('.') : '';
      const output = 'output' in event ? event.output : undefined;
      return [[event.type, step, output, event.type === 'run-finished' ? event.status : '']];
    });
  const uncut = async (ticks: number): Promise<readonly unknown[]> => {
    const run = connectTo(server.address, { id: 'ticking' });
    await run.connection.loaded;
    await run.connection.start(inputs({ ticks }));
    await run.connection.dispose();
    return told(run.events);
  };
  const recorded = async (at: TestHost): Promise<readonly RunEvent[]> => {
    await at.history.stop();
    const log = await at.history.store.read((await only(at)).id);
    assert.ok(log.kind === 'log');
    assert.deepEqual(log.damage, { corrupt: 0, unknown: 0, partial: false });
    return log.events;
  };

  it('is watched to its end, in the same log', async () => {
    await runAndDie(40, 500);
    assert.ok(host !== undefined);
    const over = followAgain(host);
    await until(() => foldRun(host?.service.events(workflowKey) ?? []).status === 'running');
    // Who looks at the list sees it running again.
    const { store } = host.history;
    for (let status = ''; status !== 'running';) {
      const [run] = await store.list();
      status = run?.kind === 'run' ? run.status : '';
    }
    await over;
    const events = await recorded(host);
    assert.equal((await only(host)).status, 'success');
    assert.deepEqual(told(events), await uncut(40));
    assert.deepEqual(told(host.service.events(workflowKey) ?? []), told(events));
    assert.deepEqual(host.fake.messages.at(-1)?.replace(/ in .*/, ''), 'info: ticking succeeded');
  });

  it('is told to its end when it ended meanwhile', async () => {
    await runAndDie(12, 200);
    assert.ok(host !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await followAgain(host);
    assert.deepEqual(told(await recorded(host)), await uncut(12));
  });

  it('is told as it is stored when the server was started anew since', async () => {
    await runAndDie(30, 300);
    assert.ok(host !== undefined);
    await server.kill();
    server = await startQuickly(project, port);
    await fetch(`${server.address.url}/__restart-active-workflow-runs`, { method: 'POST' });
    await followAgain(host);
    const state = foldRun(await recorded(host));
    assert.equal(state.status, 'success');
    assert.deepEqual(state.output, { text: '30 ticks' });
    assert.deepEqual(
      [...state.steps.values()].map(({ status }) => status),
      ['success', 'success'],
    );
  });

  it('stays interrupted, without a word, while the server is not there; and is asked for by hand', async () => {
    await runAndDie(30, 300);
    assert.ok(host !== undefined);
    await server.kill();
    await followAgain(host);
    assert.equal(host.fake.messages.length, 0);
    assert.equal((await only(host)).status, 'interrupted');
    const run = await only(host);
    const { uri, workflow } = host.request;
    const about = { uri, workflow, runId: run.runId ?? '', server: 'remote:test', serverName: 'Test server' };
    await host.service.follow({ ...about, events: [], quiet: false });
    assert.match(host.fake.messages.at(-1) ?? '', /^error: Nothing listens at http/);
    assert.equal((await only(host)).status, 'interrupted');
    server = await startQuickly(project, port);
  });
});
