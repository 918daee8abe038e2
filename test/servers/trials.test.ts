/** A real Mastra server, and a network that cuts connections, loses answers and lets nobody through. */
import assert from 'node:assert/strict';
import type { RunEvent } from '../../common/runlog/index.ts';
import type { ServerAddress } from '../../client/src/run/http/address.ts';
import { listStoredRuns, readStoredRun } from '../../client/src/run/http/history.ts';
import { connectServer } from '../../client/src/run/http/server.ts';
import type { RunProblem } from '../../client/src/run/problem.ts';
import { until } from '../run/project.ts';
import { connectTo, inputs } from './connect.ts';
import type { Recorded } from './connect.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import type { CuttingProxy } from './cutting-proxy.ts';
import { freePort, startQuickly } from './process.ts';
import type { RunningServer } from './process.ts';
import { copyOrders } from './project.ts';
import type { ServedProject } from './project.ts';

const timing = { poll: [20, 200], grace: 300 } as const;

describe('a run over a server', function () {
  this.timeout(60_000);
  let project: ServedProject;
  let server: RunningServer;
  let proxy: CuttingProxy;
  let address: ServerAddress;
  let port: number;
  before(async () => {
    project = copyOrders();
    port = await freePort();
    server = await startQuickly(project, port);
    proxy = await startCuttingProxy(port);
    address = { ...server.address, url: `http://127.0.0.1:${proxy.port}` };
  });
  after(async () => {
    await proxy.dispose();
    await server.kill();
    project.dispose();
  });
  let opened: Recorded[] = [];
  afterEach(async () => {
    proxy.loseAnswers(undefined);
    await Promise.all(opened.map(({ connection }) => connection.dispose()));
    opened = [];
  });

  const open = (id: string): Recorded => {
    const run = connectTo(address, { id }, timing);
    opened.push(run);
    return run;
  };
  const written = ({ events }: Recorded): number => events.filter(({ type }) => type === 'step-output').length;
  const posts = (call: string, run: Recorded): number =>
    proxy.requests.filter((line) => line.startsWith('POST') && line.includes(call) && line.includes(run.runId()))
      .length;
  const storedStatus = async (id: string, run: Recorded): Promise<unknown> => {
    const answer = await fetch(`${server.address.url}/api/workflows/${id}/runs/${run.runId()}`);
    return ((await answer.json()) as { readonly status?: unknown }).status;
  };

  /** Without times, ids, and what is said about the connection. */
  const told = (events: readonly RunEvent[]): readonly unknown[] =>
    events.flatMap((event) => {
      if (event.type === 'console') return [];
      const step = 'step' in event ? event.step.join('.') : '';
      const output = 'output' in event ? event.output : undefined;
      return [[event.type, step, output, event.type === 'run-finished' ? event.status : '']];
    });
  const uncut = async (ticks: number): Promise<readonly unknown[]> => {
    const run = open('ticking');
    await run.connection.start(inputs({ ticks }));
    return told(run.events);
  };

  it('loses nothing and repeats nothing when it is cut again and again', async () => {
    const run = open('ticking');
    const over = run.connection.start(inputs({ ticks: 24 }));
    for (const count of [1, 4, 9, 15, 20]) {
      await until(() => written(run) >= count);
      proxy.cut();
    }
    assert.equal(await over, undefined);
    assert.deepEqual(told(run.events), await uncut(24));
    assert.equal(posts('/stream', run), 1);
  });

  it('is told to its end although it ended while nobody could reach the server', async () => {
    const run = open('ticking');
    const over = run.connection.start(inputs({ ticks: 8 }));
    await until(() => written(run) >= 2);
    await proxy.close();
    while ((await storedStatus('ticking', run)) !== 'success') await new Promise((resolve) => setTimeout(resolve, 20));
    await proxy.open();
    assert.equal(await over, undefined);
    assert.deepEqual(told(run.events), await uncut(8));
  });

  it('is not started twice when the answer to its start is lost', async () => {
    const run = open('ticking');
    await run.connection.loaded;
    proxy.loseAnswers(/\/stream/);
    assert.equal(await run.connection.start(inputs({ ticks: 4 })), undefined);
    assert.deepEqual(told(run.events), await uncut(4));
    assert.equal(posts('/stream', run), 1);
  });

  it('goes on after it was resumed, cut or not', async () => {
    const run = open('ask-then-tick');
    await run.connection.start(inputs({}));
    const answer = { runId: run.runId(), step: ['go'], index: undefined, data: { answer: 'yes' } };
    const over = run.connection.resume(answer);
    const second = await run.connection.resume(answer);
    assert.ok(second?.kind === 'server' && second.problem.kind === 'busy');
    for (const count of [2, 7]) {
      await until(() => written(run) >= count);
      proxy.cut();
    }
    assert.equal(await over, undefined);
    assert.equal(written(run), 20);
    assert.equal(run.state().status, 'success');
    assert.equal(posts('/resume-stream', run), 1);
  });

  it('whose answer to a resumption is lost is what the server made of it', async () => {
    const run = open('ask-both');
    await run.connection.start(inputs({}));
    proxy.loseAnswers(/resume-stream/);
    const answer = { runId: run.runId(), index: undefined, data: { answer: 'yes' } };
    assert.equal(await run.connection.resume({ ...answer, step: ['legal'] }), undefined);
    assert.equal(run.state().status, 'suspended');
    assert.equal(run.state().steps.get('legal')?.status, 'success');
    assert.deepEqual(
      (await run.connection.suspended(run.runId())).map(({ step }) => step),
      [['finance']],
    );
    assert.equal(posts('/resume-stream', run), 1);
  });

  it('is canceled as it is stored, when the server died and came back', async () => {
    const run = open('ticking');
    const over = run.connection.start(inputs({ ticks: 400 }));
    await until(() => written(run) >= 3);
    await server.kill();
    server = await startQuickly(project, port);
    await until(() => run.log.some((line) => line.includes('cannot be watched any more')));
    run.connection.cancel();
    assert.equal(await over, undefined);
    assert.deepEqual([run.state().status, await storedStatus('ticking', run)], ['canceled', 'canceled']);
  });

  it('is told to its end when the server runs it once more', async () => {
    const run = open('ticking');
    const over = run.connection.start(inputs({ ticks: 6 }));
    await until(() => written(run) >= 3);
    await server.kill();
    server = await startQuickly(project, port);
    // What `mastra dev` does when it starts.
    await fetch(`${server.address.url}/__restart-active-workflow-runs`, { method: 'POST' });
    assert.equal(await over, undefined);
    const state = run.state();
    assert.deepEqual([state.status, state.output], ['success', { text: '6 ticks' }]);
    assert.deepEqual([state.steps.get('tick')?.status, state.steps.get('tick')?.runs], ['success', 2]);
    const failed = run.events.find((event) => event.type === 'step-failed');
    assert.ok(failed?.type === 'step-failed' && failed.error.name === 'Interrupted');
  });

  it('has no known end when its server is gone and nobody wants to wait', async () => {
    const run = open('ticking');
    const over = run.connection.start(inputs({ ticks: 400 }));
    await until(() => written(run) >= 1);
    await proxy.close();
    await until(() => run.log.some((line) => line.includes('until it is canceled')));
    run.connection.cancel();
    const problem: RunProblem | undefined = await over;
    await proxy.open();
    assert.ok(problem?.kind === 'server' && problem.problem.kind === 'end-unknown');
    assert.equal(run.state().status, 'failed');
    assert.equal(run.events.filter(({ type }) => type === 'run-finished').length, 1);
    await fetch(`${server.address.url}/api/workflows/ticking/runs/${run.runId()}/cancel`, { method: 'POST' });
  });

  for (const [id, begins] of [
    ['sleeping', 'step-waiting'],
    ['stubbornly', 'step-started'],
    ['ticking', 'step-output'],
    ['evented', 'step-output'],
  ] as const) {
    it(`is canceled while ${id}`, async () => {
      const run = open(id);
      const over = run.connection.start(inputs({ ticks: 1_000 }));
      await until(() => run.events.some(({ type }) => type === begins));
      run.connection.cancel();
      assert.equal(await over, undefined);
      assert.deepEqual([run.state().status, await storedStatus(id, run)], ['canceled', 'canceled']);
      assert.equal(posts('/cancel', run), 1);
    });
  }

  it('names each step that waits once, and resumes them one by one', async () => {
    const cases = [
      ['ask-both', {}, { answer: 'yes' }, [['legal'], ['finance']], undefined],
      ['ask-deep', {}, { answer: 'yes' }, [['middle', 'inner', 'deep']], undefined],
      ['ask-each', ['ann', 'bob', 'cy'], { ok: true }, [['ask-item'], ['ask-item']], [0, 1]],
    ] as const;
    for (const [id, input, data, steps, indices] of cases) {
      const run = open(id);
      assert.equal(await run.connection.start(inputs(input)), undefined);
      // Another session, of an editor that was started again.
      const later = open(id);
      let waiting = await later.connection.suspended(run.runId());
      assert.deepEqual(
        waiting.map(({ step }) => step),
        steps,
      );
      if (indices !== undefined) {
        assert.deepEqual(
          waiting.map(({ index }) => index),
          indices,
        );
      }
      assert.ok(waiting.every(({ resumeSchema }) => resumeSchema !== undefined));
      let resumptions = 0;
      for (let last = waiting.at(-1); last !== undefined; last = waiting.at(-1)) {
        assert.deepEqual(await later.connection.validate({ resume: last.step }, data), []);
        assert.notDeepEqual(await later.connection.validate({ resume: last.step }, {}), []);
        assert.equal(await later.connection.resume({ runId: run.runId(), ...last, data }), undefined);
        resumptions += 1;
        waiting = await later.connection.suspended(run.runId());
        assert.equal(later.state().status, waiting.length > 0 ? 'suspended' : 'success', id);
      }
      assert.equal(resumptions, id === 'ask-each' ? 3 : steps.length);
      assert.equal(await storedStatus(id, run), 'success');
    }
  });

  it('is ended for good while it waits', async () => {
    const run = open('ask-deep');
    await run.connection.start(inputs({}));
    assert.equal(await run.connection.abandon(run.runId()), undefined);
    assert.deepEqual(await run.connection.suspended(run.runId()), []);
    const problem = await run.connection.resume({
      runId: run.runId(),
      step: ['middle', 'inner', 'deep'],
      index: undefined,
      data: { answer: 'late' },
    });
    assert.ok(problem?.kind === 'server' && problem.problem.kind === 'rejected');
    assert.equal(run.state().status, 'canceled');
  });

  it('takes state and request context, and knows what may be left out', async () => {
    const run = open('counting');
    const loaded = await run.connection.loaded;
    assert.deepEqual([loaded.needsState, loaded.durable, loaded.mastra], [true, true, 'registered']);
    const fields = async (
      part: 'input' | 'state' | 'requestContext',
      value: Record<string, string>,
    ): Promise<unknown> => (await run.connection.validate(part, value)).map(({ path }) => path.join('.'));
    assert.deepEqual(await fields('input', {}), []);
    assert.deepEqual(await fields('input', { by: 'five' }), ['by']);
    assert.deepEqual(await fields('state', {}), ['seen']);
    assert.deepEqual(await fields('requestContext', {}), ['tenant']);
    await run.connection.start({ input: {}, state: { seen: 40 }, requestContext: { tenant: 'acme' } });
    assert.deepEqual(run.state().output, { seen: 42, tenant: 'acme' });
  });

  it('of an id that is no path, with 20 MB of output', async () => {
    const odd = open('odd/../id?x=1&y#z %2F é');
    assert.equal(await odd.connection.start(inputs({})), undefined);
    assert.deepEqual(odd.state().output, { odd: true });
    const large = open('large');
    assert.equal(await large.connection.start(inputs({ megabytes: 20 })), undefined);
    assert.equal(large.state().status, 'success');
  });

  it('can be read back from the storage of the server', async () => {
    const run = open('ask-deep');
    await run.connection.start(inputs({}));
    const place = { address, id: 'ask-deep' };
    const { runs, total } = await listStoredRuns(place, { page: 0, perPage: 1, status: 'suspended' });
    assert.deepEqual(
      runs.map(({ runId, status, workflowId }) => [runId, status, workflowId]),
      [[run.runId(), 'suspended', 'ask-deep']],
    );
    assert.ok(total >= 1);
    assert.deepEqual((await listStoredRuns(place, { page: 50, perPage: 1 })).runs, []);
    const events = await readStoredRun(place, run.runId());
    assert.deepEqual(told(events.map((event, seq): RunEvent => ({ ...event, seq }))), told(run.events));
  });

  it('begins with a handshake', async () => {
    const facts = await connectServer(address);
    assert.deepEqual([facts.storageType, facts.isDev, facts.auth], ['LibSQLStore', true, { kind: 'none' }]);
    assert.ok(facts.workflows.some(({ key, id }) => key === 'carrierRouting' && id === 'route-order'));
  });
});
