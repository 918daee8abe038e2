/** A real server that is killed at random moments of its runs: what is said of them afterwards is what it stores. */
import assert from 'node:assert/strict';
import { toJson } from '../../common/runlog/index.ts';
import type { Json } from '../../common/runlog/index.ts';
import { seededRandom } from '../bench/schemas.ts';
import { expectedWorkflows } from '../projects/orders.expected.ts';
import { connectTo, inputs } from './connect.ts';
import type { Recorded } from './connect.ts';
import { freePort, startQuickly } from './process.ts';
import type { RunningServer } from './process.ts';
import { copyOrders } from './project.ts';
import type { ServedProject } from './project.ts';

/** The moments are the same each time; what a server is doing by then is not. */
const random = seededRandom(815);
const kills = 4;
/** What runs at each kill, begun up to 600 ms before it. */
const workflows = ['ticking', 'reconcile-books', 'ask-then-tick', 'place-order', 'ticking'];

describe('a server that is killed', function () {
  this.timeout(180_000);
  let project: ServedProject;
  let server: RunningServer;
  let port: number;
  before(async () => {
    project = copyOrders();
    port = await freePort();
    server = await startQuickly(project, port);
  });
  after(async () => {
    await server.kill();
    project.dispose();
  });

  const inputOf = (id: string): Json => {
    const known = expectedWorkflows.find((expected) => expected.id === id);
    return known === undefined ? { ticks: 30 } : toJson(known.input);
  };

  /** Begins at a random moment; a run that waits for an answer gets it. */
  const run = async (id: string): Promise<Recorded> => {
    const recorded = connectTo(server.address, { id }, { poll: [50, 500] });
    await recorded.connection.loaded;
    await pause(random(600));
    await recorded.connection.start(inputs(inputOf(id)));
    if (id !== 'ask-then-tick' || recorded.state().status !== 'suspended') return recorded;
    const answer = { runId: recorded.runId(), step: ['go'], index: undefined, data: { answer: 'yes' } };
    await recorded.connection.resume(answer);
    return recorded;
  };

  it(`at ${kills * workflows.length} random moments tells the truth afterwards, and the next run works`, async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      const running = workflows.map((id) => run(id));
      await pause(700 + random(600));
      await server.kill();
      server = await startQuickly(project, port);
      // What `mastra dev` does when it starts.
      await fetch(`${server.address.url}/__restart-active-workflow-runs`, { method: 'POST' });
      for (const [index, recorded] of (await Promise.all(running)).entries()) {
        await assertTruth(workflows[index] ?? '', recorded);
        await recorded.connection.dispose();
      }
      const next = connectTo(server.address, { id: 'ticking' });
      assert.equal(await next.connection.start(inputs({ ticks: 1 })), undefined);
      assert.equal(next.state().status, 'success');
      await next.connection.dispose();
    }
  });

  async function assertTruth(id: string, recorded: Recorded): Promise<void> {
    const { events } = recorded;
    const told = recorded.state();
    const context = `${id}: ${events.map(({ type }) => type).join(' ')}`;
    assert.ok(!['running', undefined].includes(told.status), context);
    const starts = events.filter(({ type }) => type === 'run-started' || type === 'run-resumed').length;
    const ends = events.filter(({ type }) => type === 'run-finished').length;
    assert.ok(starts <= ends && ends <= 2, context);
    assert.ok(
      [...told.steps.values()].every(({ status }) => status !== 'running' && status !== 'waiting'),
      context,
    );
    const answer = await fetch(`${server.address.url}/api/workflows/${id}/runs/${recorded.runId()}`);
    // It was killed before the run was there.
    if (answer.status === 404) {
      assert.equal(told.status, 'failed', context);
      return;
    }
    const stored = (await answer.json()) as {
      readonly status: string;
      readonly steps: Record<string, { status: string }>;
    };
    assert.equal(told.status, stored.status, context);
    for (const [step, { status }] of Object.entries(stored.steps)) {
      if (status === 'success') assert.equal(told.steps.get(step)?.status, 'success', `${step} of ${context}`);
    }
  }
});

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
