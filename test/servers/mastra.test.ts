/** Mastra's own command line: a real `mastra dev`, and a real `mastra build` and `mastra start` that asks for a token. */
import assert from 'node:assert/strict';
import type { ServerAddress } from '../../client/src/run/http/address.ts';
import { ServerFailure } from '../../client/src/run/http/problem.ts';
import { connectServer } from '../../client/src/run/http/server.ts';
import type { ServerFacts } from '../../client/src/run/http/server.ts';
import { RunFailure } from '../../client/src/run/problem.ts';
import { expectedWorkflows } from '../projects/orders.expected.ts';
import { connectTo, inputs } from './connect.ts';
import { freePort, runMastra, startMastra } from './process.ts';
import type { RunningServer } from './process.ts';
import { copyOrders } from './project.ts';
import type { ServedProject } from './project.ts';
import { runEmbedded, runOverHttp } from './same.ts';

const registered = expectedWorkflows.filter(({ registeredAs }) => registeredAs !== undefined);

async function assertSame(address: ServerAddress): Promise<void> {
  for (const expected of registered) {
    const [http, embedded] = [await runOverHttp(address, expected), await runEmbedded(expected)];
    assert.deepEqual(http, embedded, expected.id);
  }
}

function assertFacts(facts: ServerFacts, isDev: boolean): void {
  // In production no server tells its version.
  assert.match(facts.mastraVersion ?? '', isDev ? /^1\.\d+\.\d+$/ : /^$/);
  assert.deepEqual([facts.isDev, facts.storageType], [isDev, 'LibSQLStore']);
  const ids = new Set(facts.workflows.map(({ id }) => id));
  assert.deepEqual(
    registered.filter(({ id }) => !ids.has(id)),
    [],
  );
}

describe('mastra dev', function () {
  this.timeout(240_000);
  let project: ServedProject;
  let server: RunningServer;
  before(async () => {
    project = copyOrders();
    server = await startMastra(project, ['dev'], await freePort());
  });
  after(async () => {
    await server.kill();
    project.dispose();
  });

  it('tells what it is', async () => {
    const facts = await connectServer(server.address);
    assertFacts(facts, true);
    assert.deepEqual(facts.auth, { kind: 'none' });
    const elsewhere = connectServer({ ...server.address, apiPrefix: '/elsewhere' });
    await assert.rejects(
      elsewhere,
      (error) =>
        error instanceof ServerFailure && error.problem.kind === 'wrong-prefix' && error.problem.answering === '/api',
    );
  });

  it('runs every workflow of the sample project as the embedded runner does', async () => {
    await assertSame(server.address);
  });

  it('goes on with a run after it was started anew', async () => {
    const first = connectTo(server.address, { id: 'ask-deep' });
    await first.connection.start(inputs({}));
    await first.connection.dispose();
    const port = Number(new URL(server.address.url).port);
    await server.kill();
    server = await startMastra(project, ['dev'], port);
    const later = connectTo(server.address, { id: 'ask-deep' });
    const [step] = await later.connection.suspended(first.runId());
    assert.deepEqual(step?.step, ['middle', 'inner', 'deep']);
    const problem = await later.connection.resume({ runId: first.runId(), ...step, data: { answer: 'yes' } });
    assert.equal(problem, undefined);
    assert.deepEqual(later.state().output, { deep: 'yes' });
    await later.connection.dispose();
  });
});

describe('mastra build and mastra start with a token', function () {
  this.timeout(300_000);
  let project: ServedProject;
  let server: RunningServer;
  before(async () => {
    project = copyOrders(
      "server: { auth: new SimpleAuth({ tokens: { 'right-token': { id: 'ada', name: 'Ada' } } }) },",
      "import { SimpleAuth } from '@mastra/core/server';",
    );
    await runMastra(project, ['build']);
    server = await startMastra(project, ['start'], await freePort());
  });
  after(async () => {
    await server.kill();
    project.dispose();
  });

  const withToken = (token: string | undefined): ServerAddress => ({
    ...server.address,
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });

  it('tells what it is to whoever has the token', async () => {
    const facts = await connectServer(withToken('right-token'));
    assertFacts(facts, false);
    assert.equal(facts.auth.kind, 'required');
  });

  it('runs every workflow of the sample project as the embedded runner does', async () => {
    await assertSame(withToken('right-token'));
  });

  for (const [token, sent] of [
    [undefined, false],
    ['wrong-token', true],
  ] as const) {
    it(`runs nothing ${sent ? 'with a wrong token' : 'without a token'}, and says so`, async () => {
      await assert.rejects(
        connectServer(withToken(token)),
        (error) =>
          error instanceof ServerFailure && error.problem.kind === 'unauthorized' && error.problem.sent === sent,
      );
      const { connection, events, log } = connectTo(withToken(token), { id: 'route-order' });
      await assert.rejects(
        connection.loaded,
        (error) =>
          error instanceof RunFailure &&
          error.problem.kind === 'server' &&
          error.problem.problem.kind === 'unauthorized',
      );
      const problem = await connection.start(inputs({}));
      assert.ok(problem?.kind === 'server' && problem.problem.kind === 'unauthorized');
      assert.ok(!JSON.stringify([events, log, problem]).includes('wrong-token'));
      await connection.dispose();
    });
  }
});
