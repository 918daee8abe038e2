import assert from 'node:assert/strict';
import { request, open, readAnswer } from '../../../client/src/run/http/request.ts';
import type { ServerRequest } from '../../../client/src/run/http/request.ts';
import type { ServerAddress } from '../../../client/src/run/http/address.ts';
import { urlOf } from '../../../client/src/run/http/address.ts';
import { ServerFailure } from '../../../client/src/run/http/problem.ts';
import type { ServerProblem } from '../../../client/src/run/http/problem.ts';
import { closedPort, json, listenSilently, misbehave, pem } from './misbehaving-server.ts';
import type { MisbehavingServer } from './misbehaving-server.ts';

const get: ServerRequest = { method: 'GET', segments: ['workflows'] };

async function problem(address: ServerAddress, asked: ServerRequest = get): Promise<ServerProblem> {
  try {
    await request(address, asked);
  } catch (error) {
    assert.ok(error instanceof ServerFailure, String(error));
    return error.problem;
  }
  assert.fail('There was an answer');
}

describe('a request to a server', () => {
  let server: MisbehavingServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('writes ids so that they cannot become something else', () => {
    const address = { url: 'http://host:1/base/', apiPrefix: 'api', headers: {} };
    const path = (...segments: readonly string[]): string =>
      urlOf(address, { segments, query: { runId: 'a&b=c' } })?.href ?? '';
    assert.equal(
      path('workflows', 'a/../b?x=1#y %2F é', 'stream'),
      'http://host:1/base/api/workflows/a%2F..%2Fb%3Fx%3D1%23y%20%252F%20%C3%A9/stream?runId=a%26b%3Dc',
    );
    for (const dots of ['.', '..', '%2e%2e']) {
      assert.match(path('workflows', dots, 'stream'), /^http:\/\/host:1\/base\/api\/workflows\/[^/]+\/stream/, dots);
    }
  });

  it('sends headers and body, and hands back status, type and text', async () => {
    server = await misbehave({ 'POST /api/workflows': json({ fine: 'é' }, 418) });
    const address = { ...server.address, headers: { Authorization: 'Bearer t' } };
    const answer = await request(address, { ...get, method: 'POST', body: { a: 'é' } });
    assert.deepEqual([answer.status, answer.contentType, answer.text], [418, 'application/json', '{"fine":"é"}']);
    const [arrived] = server.requests;
    assert.equal(arrived?.headers.authorization, 'Bearer t');
    assert.equal(arrived.body, '{"a":"é"}');
  });

  it('says what is wrong with the way to the server', async () => {
    const port = await closedPort();
    const to = (url: string): ServerAddress => ({ url, apiPrefix: '/api', headers: {} });
    assert.equal((await problem(to(`http://127.0.0.1:${port}`))).kind, 'refused');
    assert.equal((await problem(to(`http://localhost:${port}`))).kind, 'refused');
    assert.equal((await problem(to('ftp://localhost'))).kind, 'bad-address');
    assert.equal((await problem(to('localhost:4111'))).kind, 'bad-address');
    const missing = await problem(to('http://no-such-host.invalid'));
    assert.deepEqual(missing, { server: 'http://no-such-host.invalid', kind: 'dns', host: 'no-such-host.invalid' });
    const secret = await problem({ ...to(`http://127.0.0.1:${port}`), headers: { Authorization: 'line\nbreak' } });
    assert.equal(secret.kind, 'bad-address');
    assert.ok(!JSON.stringify(secret).includes('break'));
  });

  it('ends after the time it is given, and not before there was any', async () => {
    const silent = await listenSilently();
    try {
      const address = { url: `http://127.0.0.1:${silent.port}`, apiPrefix: '', headers: {} };
      const answer = await problem(address, { ...get, limits: { silence: 100 } });
      assert.deepEqual(answer, { server: address.url, kind: 'timeout', phase: 'answer', milliseconds: 100 });
      const secure = { ...address, url: `https://127.0.0.1:${silent.port}` };
      const connect = await problem(secure, { ...get, limits: { connect: 100 } });
      assert.deepEqual(connect, { server: secure.url, kind: 'timeout', phase: 'connect', milliseconds: 100 });
    } finally {
      await silent.close();
    }
  });

  it('tells an answer that begins and never ends from one that breaks off', async () => {
    server = await misbehave({
      'GET /api/workflows': (response) => void response.writeHead(200).write('{'),
      'GET /api/broken': (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{');
        setTimeout(() => response.destroy(), 10);
      },
    });
    assert.equal((await problem(server.address, { ...get, limits: { silence: 100 } })).kind, 'timeout');
    assert.equal((await problem(server.address, { ...get, segments: ['broken'] })).kind, 'unreachable');
  });

  it('gives up on an answer that is larger than asked for', async () => {
    server = await misbehave({ 'GET /api/workflows': json('x'.repeat(10_000)) });
    assert.equal((await problem(server.address, { ...get, limits: { bytes: 5_000 } })).kind, 'too-large');
  });

  it('follows no redirect and sends nothing twice', async () => {
    server = await misbehave({
      'POST /api/workflows': (response) => void response.writeHead(307, { location: '/api/other' }).end(),
      'POST /api/broken': (response) => void response.destroy(),
    });
    const answer = await request(server.address, { ...get, method: 'POST', body: {} });
    assert.deepEqual([answer.status, answer.location], [307, '/api/other']);
    const lost = await problem(server.address, { method: 'POST', segments: ['broken'], body: {} });
    assert.equal(lost.kind, 'unreachable');
    assert.equal(server.requests.length, 2);
  });

  it('has no limit on the silence of a stream, and ends it when told to', async () => {
    server = await misbehave({ 'POST /api/s': (response) => response.writeHead(200).flushHeaders() });
    const abort = new AbortController();
    const response = await open(server.address, {
      method: 'POST',
      segments: ['s'],
      signal: abort.signal,
      limits: { silence: 0 },
    });
    assert.ok([0, undefined].includes(response.socket.timeout));
    const reading = readAnswer(server.address, response);
    abort.abort();
    await assert.rejects(reading, ServerFailure);
  });

  describe('over TLS', () => {
    const reasonOf = async (certificate: string, trust?: ServerAddress['tls']): Promise<string> => {
      server = await misbehave({ 'GET /api/workflows': json([]) }, { certificate, host: 'localhost' });
      const address = { ...server.address, ...(trust === undefined ? {} : { tls: trust }) };
      const found = await problem(address);
      await server.close();
      server = undefined;
      return found.kind === 'tls' ? found.reason : found.kind;
    };
    const authority = { ca: pem('authority') };

    it('trusts nobody without a reason', async () => {
      assert.equal(await reasonOf('self-signed'), 'self-signed');
      assert.equal(await reasonOf('good'), 'untrusted');
      assert.equal(await reasonOf('expired', authority), 'expired');
      assert.equal(await reasonOf('wrong-host', authority), 'wrong-host');
    });

    it('trusts the authority that the server entry names', async () => {
      server = await misbehave({ 'GET /api/workflows': json([]) }, { certificate: 'good', host: 'localhost' });
      assert.equal((await request({ ...server.address, tls: authority }, get)).text, '[]');
      assert.equal((await request({ ...server.address, tls: { rejectUnauthorized: false } }, get)).text, '[]');
    });

    it('tells a port that speaks plain http, and the other way round', async () => {
      server = await misbehave({ 'GET /api/workflows': json([]) });
      const found = await problem({ ...server.address, url: server.address.url.replace('http:', 'https:') });
      assert.deepEqual([found.kind, found.kind === 'tls' && found.reason], ['tls', 'not-tls']);
      await server.close();
      server = await misbehave({ 'GET /api/workflows': json([]) }, { certificate: 'good' });
      const plain = await problem({ ...server.address, url: server.address.url.replace('https:', 'http:') });
      assert.ok(['not-mastra', 'unreachable'].includes(plain.kind), plain.kind);
    });
  });
});
