/** Runs over a server that misbehaves. What it streams and stores was recorded from a real one. */
import assert from 'node:assert/strict';
import { createRunLog, foldRun } from '../../../common/runlog/index.ts';
import type { RunEvent, RunEventBody, RunState } from '../../../common/runlog/index.ts';
import type { RunConnection } from '../../../client/src/run/connection.ts';
import { openHttpConnection } from '../../../client/src/run/http/connection.ts';
import { RunFailure } from '../../../client/src/run/problem.ts';
import type { RunProblem } from '../../../client/src/run/problem.ts';
import { broken, inTurn, json, misbehave, page, plain, recordText, stream } from './misbehaving-server.ts';
import type { Answer, MisbehavingServer } from './misbehaving-server.ts';
import { until } from '../project.ts';
import { recorded, recordedStream } from './recorded.ts';

const records = recordedStream('stream-order');
const details = recorded('details-order');
const api = '/api/workflows/order-workflow';
const input = { orderId: 'o1', items: [{ sku: 'a', qty: 2, price: 10 }] };
const notFound = json({ error: 'Workflow run not found' }, 404);

/** The run that `stream-order` streams, as it is stored after `count` records. */
function stored(status: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  return json({ runId: 'r', workflowName: 'order-workflow', createdAt: '2026-11-21T00:57:24.000Z', status, ...more });
}

const success = stored('success', { result: { total: 24, currency: 'EUR' } });

describe('a run on a server', () => {
  let server: MisbehavingServer;
  let connection: RunConnection;
  let events: readonly RunEvent[];
  let log: string[];
  afterEach(async () => {
    await connection.dispose();
    await server.close();
  });

  const connect = async (
    answers: Readonly<Record<string, Answer>>,
    { id = 'order-workflow', silence = 30_000 } = {},
  ): Promise<void> => {
    server = await misbehave({
      [`GET ${api}`]: json(details),
      'GET /api/workflows?': json({ orderWorkflow: { name: 'order-workflow', stepGraph: [] } }),
      'GET /api/system/packages': json({ packages: [], storageType: 'LibSQLStore' }),
      [`POST ${api}/runs`]: json({ message: 'Workflow run cancelled' }),
      ...answers,
    });
    const runLog = createRunLog();
    events = runLog.events;
    log = [];
    connection = openHttpConnection({
      address: server.address,
      workflow: { id, name: undefined, exportName: undefined },
      onEvent: (event: RunEventBody) => runLog.append(event),
      log: (message) => void log.push(message),
      timing: { silence, poll: [10, 20], storing: 300, grace: 100 },
    });
  };
  const start = (): Promise<RunProblem | undefined> =>
    connection.start({ input, state: undefined, requestContext: undefined });
  const state = (): RunState => foldRun(events);
  const types = (): readonly string[] => events.filter(({ type }) => type !== 'console').map(({ type }) => type);
  const posts = (call: string): number =>
    server.requests.filter(({ line }) => line.startsWith(`POST ${api}/${call}`)).length;
  const kind = (problem: RunProblem | undefined): string | undefined =>
    problem?.kind === 'server' ? problem.problem.kind : problem?.kind;

  const whole = [
    'run-started',
    'step-started',
    'step-output',
    'step-output',
    'step-succeeded',
    ...Array.from({ length: 3 }, () => ['step-started', 'step-succeeded']).flat(),
    'run-finished',
  ];

  it('is one POST, its stream, and the stored run as the last word', async () => {
    await connect({ [`POST ${api}/stream`]: stream(records), [`GET ${api}/runs`]: success });
    assert.deepEqual((await connection.loaded).id, 'order-workflow');
    const [first, second] = [start(), start()];
    assert.equal(first, second);
    assert.equal(await first, undefined);
    assert.deepEqual(types(), whole);
    assert.deepEqual(state().output, { total: 24, currency: 'EUR' });
    assert.equal(posts('stream'), 1);
    assert.deepEqual(JSON.parse(server.requests.find(({ line }) => line.includes('/stream'))?.body ?? ''), {
      inputData: input,
    });
  });

  it('ends as it is stored, whatever the stream says', async () => {
    const failed = stored('failed', {
      error: { name: 'Error', message: 'The truth' },
      steps: { last: { status: 'failed', startedAt: 1, endedAt: 2, error: { message: 'The truth' } } },
    });
    await connect({ [`POST ${api}/stream`]: stream(records), [`GET ${api}/runs`]: failed });
    assert.equal(await start(), undefined);
    assert.deepEqual([state().status, state().error?.message], ['failed', 'The truth']);
    assert.equal(state().steps.get('last')?.status, 'failed');
  });

  it('waits for the end to be stored', async () => {
    const late = inTurn(stored('running'), stored('running'), stored('suspended'));
    await connect({ [`POST ${api}/stream`]: stream(records), [`GET ${api}/runs`]: late });
    assert.equal(await start(), undefined);
    assert.equal(state().status, 'suspended');
  });

  it('is believed where nothing is stored', async () => {
    await connect({ [`POST ${api}/stream`]: stream(records), [`GET ${api}/runs`]: notFound });
    assert.equal(await start(), undefined);
    assert.deepEqual(types(), whole);
  });

  it('goes on where its stream broke, without gaps or repetitions', async () => {
    for (let count = 0; count <= records.length; count += 1) {
      // A run that goes on is observed from its start, twice over; one that is over only with offset 0.
      const observed = inTurn(
        broken([...records.slice(0, count + 1), ...records.slice(0, count + 2)]),
        stream(records),
      );
      const progress = inTurn(stored('running'), stored('running'), success);
      await connect({
        [`POST ${api}/stream`]: broken(records.slice(0, count)),
        [`POST ${api}/observe`]: observed,
        [`GET ${api}/runs`]: count === records.length ? success : progress,
      });
      assert.equal(await start(), undefined, `after ${count}`);
      assert.deepEqual(types(), whole, `after ${count}`);
      assert.equal(posts('stream'), 1);
      if (count < records.length) {
        await connection.dispose();
        await server.close();
      }
    }
  });

  it('is told from what is stored when nobody can stream it any more', async () => {
    const step = { status: 'success', payload: input, output: { ok: true }, startedAt: 5, endedAt: 6 };
    const moments = [
      stored('running', { updatedAt: '1' }),
      stored('running', {
        updatedAt: '2',
        steps: { 'validate-order': { ...step, startedAt: 2_000_000_000_000, endedAt: 2_000_000_000_001 } },
      }),
      stored('success', {
        updatedAt: '3',
        result: 1,
        steps: { later: { ...step, startedAt: 2_000_000_000_002, endedAt: 2_000_000_000_003 } },
      }),
    ];
    // Each is asked for how it stands, and then as a whole; the same twice is not read again.
    const answers = inTurn(...moments.flatMap((moment) => [moment, moment, moment]));
    await connect({
      [`POST ${api}/stream`]: broken(records.slice(0, 2)),
      [`POST ${api}/observe`]: plain(404, '404 Not Found'),
      [`GET ${api}/runs`]: answers,
    });
    assert.equal(await start(), undefined);
    assert.deepEqual(
      [...state().steps].map(([id, { status }]) => [id, status]),
      [
        ['validate-order', 'success'],
        ['later', 'success'],
      ],
    );
    assert.equal(types().at(-1), 'run-finished');
    assert.equal(types().filter((type) => type === 'run-finished').length, 1);
  });

  it('is not cut for being silent, only when its end is stored', async () => {
    let release: () => void = () => undefined;
    const silent: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write(recordText(records[0]));
      release = () => response.end(records.slice(1).map(recordText).join(''), () => (over = true));
    };
    let asked = 0;
    let over = false;
    const running: Answer = (response, request) => {
      asked += 1;
      if (asked === 5) release();
      return (over ? success : stored('running'))(response, request);
    };
    await connect({ [`POST ${api}/stream`]: silent, [`GET ${api}/runs`]: running }, { silence: 100 });
    assert.equal(await start(), undefined);
    assert.deepEqual(types(), whole);
    assert.ok(asked > 5);
    await connection.dispose();
    await server.close();

    // An engine that never closes its streams.
    const open: Answer = (response) =>
      void response.writeHead(200).write(records.slice(0, -1).map(recordText).join(''));
    await connect(
      { [`POST ${api}/stream`]: open, [`POST ${api}/observe`]: stream([]), [`GET ${api}/runs`]: success },
      { silence: 30 },
    );
    assert.equal(await start(), undefined);
    assert.deepEqual(types(), whole);
  });

  it('that is refused sends nothing twice and says why', async () => {
    const cases: readonly (readonly [Answer, string])[] = [
      [json({ error: 'Invalid or expired token' }, 401), 'unauthorized'],
      [json({ error: 'Request body too large' }, 413), 'too-large'],
      [json({ error: 'Workflow run r already finished with status "success"' }, 409), 'rejected'],
      [json({ error: 'stream() is not supported on inngest workflows' }, 500), 'unsupported'],
      [plain(404, '404 Not Found'), 'unsupported'],
      [page('<html>Sign in</html>'), 'unsupported'],
    ];
    for (const [answer, expected] of cases) {
      await connect({ [`POST ${api}/stream`]: answer, [`GET ${api}/runs`]: notFound });
      assert.equal(kind(await start()), expected);
      assert.deepEqual([types(), state().status], [['run-finished'], 'failed']);
      assert.equal(posts('stream'), 1);
      await connection.dispose();
      await server.close();
    }
    await connect({ [`POST ${api}/stream`]: (response) => void response.destroy(), [`GET ${api}/runs`]: notFound });
    assert.equal(kind(await start()), 'unreachable');
    assert.equal(posts('stream'), 1);
  });

  it('whose input does not fit says so as the embedded runner does', async () => {
    const message = 'Invalid input data: \n- orderId: Invalid input: expected string, received number';
    const finish = {
      type: 'workflow-finish',
      payload: { workflowStatus: 'failed', metadata: { errorMessage: message } },
    };
    await connect({ [`POST ${api}/stream`]: stream([records[0], finish]), [`GET ${api}/runs`]: stored('pending') });
    assert.equal(await start(), undefined);
    assert.deepEqual([types(), state().error?.message], [['run-started', 'run-finished'], message]);
  });

  it('is canceled once, also when its step does not listen', async () => {
    const hanging: Answer = (response) =>
      void response.writeHead(200).write(records.slice(0, 2).map(recordText).join(''));
    let canceled = false;
    await connect({
      [`POST ${api}/stream`]: hanging,
      [`POST ${api}/runs`]: (response, request) => {
        canceled = true;
        return json({ message: 'Workflow run cancelled' })(response, request);
      },
      [`GET ${api}/runs`]: (response, request) => stored(canceled ? 'canceled' : 'running')(response, request),
    });
    const over = start();
    await until(() => events.length > 0);
    connection.cancel();
    assert.equal(await over, undefined);
    assert.equal(state().status, 'canceled');
    assert.equal(posts('runs'), 1);
  });

  it('that is canceled before it was sent is never sent', async () => {
    await connect({});
    const over = start();
    connection.cancel();
    assert.equal(kind(await over), 'canceled');
    assert.deepEqual([types(), state().status, posts('stream')], [['run-finished'], 'canceled', 0]);
    await connection.dispose();
    await server.close();
    await connect({ [`GET ${api}/runs`]: stored('suspended') });
    const resumed = connection.resume({ runId: 'r', step: ['a'], index: undefined, data: {} });
    connection.cancel();
    assert.equal(kind(await resumed), 'canceled');
    assert.deepEqual([state().status, posts('resume-stream')], ['suspended', 0]);
  });

  it('that the server cannot cancel is not said to be canceled', async () => {
    const hanging: Answer = (response) => void response.writeHead(200).write(recordText(records[0]));
    await connect({
      [`POST ${api}/stream`]: hanging,
      [`POST ${api}/runs`]: json({ error: 'cancel is not implemented' }, 501),
      [`GET ${api}/runs`]: stored('running'),
    });
    const over = start();
    await until(() => events.length > 0);
    connection.cancel();
    const refused = (): boolean =>
      events.some((event) => event.type === 'console' && event.text.includes('cannot cancel a run'));
    await until(refused);
    assert.equal(state().status, 'running');
    connection.cancel();
    const problem = await over;
    assert.equal(kind(problem), 'end-unknown');
    assert.equal(state().status, 'failed');
  });

  it('that is resumed against its will stays suspended', async () => {
    const message = 'Invalid resume data: \n- approved: Invalid input: expected boolean';
    const finish = {
      type: 'workflow-finish',
      payload: { workflowStatus: 'failed', metadata: { errorMessage: message } },
    };
    await connect({
      [`POST ${api}/resume-stream`]: stream([records[0], finish]),
      [`GET ${api}/runs`]: stored('suspended'),
    });
    const problem = await connection.resume({ runId: 'r', step: ['a'], index: 2, data: { approved: 'x' } });
    assert.ok(problem?.kind === 'resume-refused' && problem.error.message === message);
    assert.deepEqual([types(), state().status], [['run-finished'], 'suspended']);
    const sent = server.requests.find(({ line }) => line.includes('resume-stream'));
    assert.deepEqual(JSON.parse(sent?.body ?? ''), { step: ['a'], resumeData: { approved: 'x' }, forEachIndex: 2 });
  });

  it('that does not wait is not resumed', async () => {
    await connect({ [`GET ${api}/runs`]: success });
    const problem = await connection.resume({ runId: 'r', step: ['a'], index: undefined, data: {} });
    assert.equal(kind(problem), 'rejected');
    assert.equal(state().status, 'success');
    assert.equal(posts('resume-stream'), 0);
  });

  it('of a workflow that is not there names what is', async () => {
    const unknown = json({ error: 'Workflow not found' }, 404);
    await connect({ 'GET /api/workflows/pack': unknown }, { id: 'pack' });
    await assert.rejects(connection.loaded, (error) => {
      assert.ok(error instanceof RunFailure && error.problem.kind === 'server');
      const { problem } = error.problem;
      assert.ok(problem.kind === 'workflow-missing');
      assert.deepEqual([problem.workflow, problem.known], ['pack', ['order-workflow']]);
      return true;
    });
    assert.equal(kind(await start()), 'workflow-missing');
  });

  it('never logs a header', async () => {
    await connect({ [`POST ${api}/stream`]: broken(records.slice(0, 3)), [`GET ${api}/runs`]: notFound });
    const told: string[] = [];
    const secret = openHttpConnection({
      address: { ...server.address, headers: { Authorization: 'Bearer secret-token' } },
      workflow: { id: 'order-workflow', name: undefined, exportName: undefined },
      onEvent: (event) => void told.push(JSON.stringify(event)),
      log: (message) => void told.push(message),
      timing: { poll: [10, 20] },
    });
    const problem = await secret.start({ input, state: undefined, requestContext: undefined });
    assert.equal(kind(problem), 'end-unknown');
    assert.equal(server.requests.at(-1)?.headers.authorization, 'Bearer secret-token');
    assert.ok(told.length > 3 && !told.join('').includes('secret-token'));
    await secret.dispose();
  });
});
