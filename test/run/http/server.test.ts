import assert from 'node:assert/strict';
import type { ServerAddress } from '../../../client/src/run/http/address.ts';
import { ServerFailure } from '../../../client/src/run/http/problem.ts';
import type { ServerProblem } from '../../../client/src/run/http/problem.ts';
import { connectServer } from '../../../client/src/run/http/server.ts';
import { serverProblemText } from '../../../client/src/run/http/words.ts';
import { json, misbehave, page, plain } from './misbehaving-server.ts';
import type { Answer, MisbehavingServer } from './misbehaving-server.ts';

const workflows = { orderWorkflow: { name: 'order-workflow', description: 'Orders', stepGraph: [], steps: {} } };
const packages = {
  packages: [
    { name: '@mastra/core', version: '1.71.0' },
    { name: '@mastra/inngest', version: '1.9.0' },
  ],
  isDev: true,
  storageType: 'LibSQLStore',
};
const healthy: Readonly<Record<string, Answer>> = {
  'GET /health': json({ success: true }),
  'GET /api/workflows': json(workflows),
  'GET /api/system/packages': json(packages),
  'GET /api/auth/capabilities': json({ enabled: false, login: null }),
};

describe('the handshake with a server', () => {
  let server: MisbehavingServer;
  afterEach(() => server.close());

  const problem = async (address: ServerAddress): Promise<ServerProblem> => {
    try {
      await connectServer(address);
    } catch (error) {
      assert.ok(error instanceof ServerFailure, String(error));
      return error.problem;
    }
    assert.fail('It was accepted');
  };

  it('tells version, storage, authentication, engines and workflows', async () => {
    server = await misbehave(healthy);
    assert.deepEqual(await connectServer(server.address), {
      server: server.address.url,
      mastraVersion: '1.71.0',
      storageType: 'LibSQLStore',
      isDev: true,
      auth: { kind: 'none' },
      engines: ['inngest'],
      workflows: [{ key: 'orderWorkflow', id: 'order-workflow', description: 'Orders', engine: undefined }],
    });
  });

  it('makes do with a server that tells less, and with one that tells more', async () => {
    server = await misbehave({ 'GET /api/workflows': json({ a: { stepGraph: [], engineType: 'temporal', new: 1 } }) });
    const facts = await connectServer(server.address);
    assert.deepEqual(facts.auth, { kind: 'unknown' });
    assert.deepEqual(facts.engines, ['temporal']);
    assert.deepEqual(facts.workflows, [{ key: 'a', id: 'a', description: undefined, engine: 'temporal' }]);
    assert.equal(facts.mastraVersion, undefined);
  });

  it('says whether a token is missing or wrong, and never which', async () => {
    const denied = json({ error: 'Invalid or expired token' }, 401);
    server = await misbehave({ ...healthy, 'GET /api/workflows': denied, 'GET /api/system/packages': denied });
    const without = await problem(server.address);
    assert.deepEqual(without, { server: server.address.url, kind: 'unauthorized', sent: false });
    const wrong = await problem({ ...server.address, headers: { Authorization: 'Bearer secret-token' } });
    assert.deepEqual(wrong, { server: server.address.url, kind: 'unauthorized', sent: true });
    assert.notEqual(serverProblemText(without), serverProblemText(wrong));
    assert.ok(!JSON.stringify([wrong, serverProblemText(wrong)]).includes('secret-token'));
  });

  it('says that something is forbidden, with the reason of the server', async () => {
    server = await misbehave({ 'GET /api/workflows': json({ error: 'Only for admins' }, 403) });
    assert.deepEqual(await problem(server.address), {
      server: server.address.url,
      kind: 'forbidden',
      message: 'Only for admins',
    });
  });

  it('names the prefix that answers instead', async () => {
    server = await misbehave({ ...healthy, 'GET /': page() });
    assert.deepEqual(await problem({ ...server.address, apiPrefix: '/v2' }), {
      server: server.address.url,
      kind: 'wrong-prefix',
      prefix: '/v2',
      answering: '/api',
    });
    // Also where everything else is 404, and where the API wants a token.
    await server.close();
    server = await misbehave({ 'GET /api/workflows': json({ error: 'Unauthorized' }, 401) });
    const found = await problem({ ...server.address, apiPrefix: '/v2' });
    assert.ok(found.kind === 'wrong-prefix' && found.answering === '/api');
  });

  it('says that it is Mastra, only elsewhere, when its health tells so', async () => {
    server = await misbehave({ 'GET /health': json({ success: true }) });
    assert.deepEqual(await problem(server.address), {
      server: server.address.url,
      kind: 'wrong-prefix',
      prefix: '/api',
      answering: undefined,
    });
  });

  it('tells other servers from Mastra', async () => {
    server = await misbehave({ 'GET /': page() });
    assert.deepEqual(await problem(server.address), {
      server: server.address.url,
      kind: 'not-mastra',
      contentType: 'text/html',
    });
    await server.close();
    server = await misbehave({});
    assert.equal((await problem(server.address)).kind, 'not-mastra');
    await server.close();
    server = await misbehave({ 'GET /api/workflows': json([1, 2]) });
    assert.equal((await problem(server.address)).kind, 'version');
  });

  it('names the version when the answers have another shape, or are too old', async () => {
    server = await misbehave({ ...healthy, 'GET /api/workflows': json({ a: { graph: 'of the future' } }) });
    const shape = await problem(server.address);
    assert.ok(shape.kind === 'version' && shape.version === '1.71.0', shape.kind);
    assert.match(shape.detail, /stepGraph/);
    await server.close();
    const old = { ...packages, packages: [{ name: '@mastra/core', version: '0.24.9' }] };
    server = await misbehave({ ...healthy, 'GET /api/system/packages': json(old) });
    const version = await problem(server.address);
    assert.ok(version.kind === 'version' && version.version === '0.24.9');
  });

  it('hands on errors of the server, and where it redirects to', async () => {
    server = await misbehave({ 'GET /api/workflows': json({ error: 'The database is gone' }, 500) });
    const failed = await problem(server.address);
    assert.ok(failed.kind === 'rejected' && failed.message === 'The database is gone');
    await server.close();
    server = await misbehave({
      'GET /api': (response) => void response.writeHead(301, { location: 'https://shop.example/api?token=x' }).end(),
    });
    const redirected = await problem(server.address);
    assert.equal(redirected.kind, 'redirected');
    assert.ok(!serverProblemText(redirected).includes('token'));
    await server.close();
    server = await misbehave({ 'GET /api/workflows': plain(502, 'Bad gateway') });
    const gateway = await problem(server.address);
    assert.ok(gateway.kind === 'rejected' && gateway.status === 502 && gateway.message === 'Bad gateway');
  });
});
