/** Every workflow of the sample project over a Mastra server: the same outcome and the same state as in the embedded runner. */
import assert from 'node:assert/strict';
import { serverProblemText } from '../../client/src/run/http/words.ts';
import { RunFailure } from '../../client/src/run/problem.ts';
import { expectedWorkflows } from '../projects/orders.expected.ts';
import { connectTo } from './connect.ts';
import { freePort, startQuickly } from './process.ts';
import type { RunningServer } from './process.ts';
import { copyOrders } from './project.ts';
import type { ServedProject } from './project.ts';
import { runEmbedded, runOverHttp } from './same.ts';

describe('the sample project orders over a server', function () {
  this.timeout(120_000);
  let project: ServedProject;
  let server: RunningServer;
  before(async () => {
    project = copyOrders();
    server = await startQuickly(project, await freePort());
  });
  after(async () => {
    await server.kill();
    project.dispose();
  });

  for (const expected of expectedWorkflows.filter(({ registeredAs }) => registeredAs !== undefined)) {
    it(`${expected.id} ends as ${expected.outcome.status} in both, in the same state`, async () => {
      const [http, embedded] = [await runOverHttp(server.address, expected), await runEmbedded(expected)];
      assert.deepEqual(http, embedded);
    });
  }

  for (const expected of expectedWorkflows.filter(({ registeredAs }) => registeredAs === undefined)) {
    it(`${expected.id} is not registered, which is said`, async () => {
      const { connection } = connectTo(server.address, { id: expected.id });
      await assert.rejects(connection.loaded, (error) => {
        assert.ok(error instanceof RunFailure && error.problem.kind === 'server');
        assert.match(serverProblemText(error.problem.problem), /Register it in new Mastra\(\{ workflows \}\)/);
        return true;
      });
      await connection.dispose();
    });
  }
});
