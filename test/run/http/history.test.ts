/** Lists of stored runs as different storages give them: the snapshot as a record or as its text, dates as text. */
import assert from 'node:assert/strict';
import { listStoredRuns } from '../../../client/src/run/http/history.ts';
import { ServerFailure } from '../../../client/src/run/http/problem.ts';
import { json, misbehave } from './misbehaving-server.ts';
import type { MisbehavingServer } from './misbehaving-server.ts';

describe('a list of stored runs', () => {
  let server: MisbehavingServer | undefined;
  afterEach(() => server?.close());

  const list = async (snapshot: unknown): ReturnType<typeof listStoredRuns> => {
    const run = {
      runId: 'r1',
      workflowName: 'order',
      resourceId: null,
      createdAt: '2026-11-21T09:00:00.000Z',
      updatedAt: '2026-11-21T09:00:01.000Z',
      snapshot,
    };
    server = await misbehave({ 'GET /api/workflows/order/runs': json({ runs: [run], total: 31 }) });
    return listStoredRuns({ address: server.address, id: 'order' }, { page: 2, perPage: 10 });
  };

  it('is the same whether the storage keeps the snapshot as a record or as text', async () => {
    const snapshot = { status: 'suspended', context: { input: {} }, value: {} };
    const record = await list(snapshot);
    await server?.close();
    const text = await list(JSON.stringify(snapshot));
    assert.deepEqual(record, text);
    assert.deepEqual(record, {
      total: 31,
      runs: [
        {
          runId: 'r1',
          workflowId: 'order',
          status: 'suspended',
          resourceId: undefined,
          createdAt: Date.UTC(2026, 10, 21, 9),
          updatedAt: Date.UTC(2026, 10, 21, 9, 0, 1),
        },
      ],
    });
    assert.match(server?.requests[0]?.line ?? '', /\?page=2&perPage=10$/);
  });

  it('leaves the status out where the snapshot cannot be read', async () => {
    for (const snapshot of ['{"status":', '"text"', { status: 'unheard-of' }]) {
      assert.equal((await list(snapshot)).runs[0]?.status, undefined);
      await server?.close();
    }
  });

  it('is refused in words where the server does not know the call', async () => {
    server = await misbehave({});
    const asked = listStoredRuns({ address: server.address, id: 'order' }, { page: 0, perPage: 10 });
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof ServerFailure);
      assert.equal(error.problem.kind, 'unsupported');
      return true;
    });
  });
});
