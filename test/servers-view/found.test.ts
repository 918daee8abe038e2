/** What lies in a project and tells of its `mastra dev`: lock, command line, port, databases. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findCli, packageManager } from '../../client/src/servers/dev/cli.ts';
import { strayDatabases } from '../../client/src/servers/dev/databases.ts';
import { devEnvironment, isFree, projectPort } from '../../client/src/servers/dev/environment.ts';
import { findRunningDev } from '../../client/src/servers/dev/found.ts';
import { readDevLine, withoutEscapes } from '../../client/src/servers/dev/lines.ts';
import { lockOrigin, parseDevLock } from '../../client/src/servers/dev/lock.ts';
import { createIdReader } from '../../client/src/servers/dev/refresh.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'mastra-dev-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}

describe('.mastra/dev.lock', () => {
  it('is read as every version of the command line writes it', () => {
    assert.deepEqual(parseDevLock('{"pid":20695,"host":"localhost","port":4111}'), {
      pid: 20695,
      host: 'localhost',
      port: 4111,
    });
    assert.deepEqual(parseDevLock('{"pid":20695}'), { pid: 20695, host: undefined, port: undefined });
    assert.deepEqual(parseDevLock('20695\n'), { pid: 20695, host: undefined, port: undefined });
  });

  for (const text of [
    '',
    '{',
    '{"pid":',
    'null',
    '[]',
    '{"pid":-1}',
    '{"pid":0}',
    '{"pid":"7"}',
    '{"pid":7,"port":70000}',
    'x7',
  ])
    it(`is none when it holds ${JSON.stringify(text)}`, () => assert.equal(parseDevLock(text), undefined));

  it('says where the server answers on this machine', () => {
    const at = (host: string | undefined): string | undefined => lockOrigin({ pid: 1, host, port: 4111 });
    assert.equal(at('localhost'), 'http://127.0.0.1:4111');
    assert.equal(at('0.0.0.0'), 'http://127.0.0.1:4111');
    assert.equal(at('::'), 'http://127.0.0.1:4111');
    assert.equal(at(undefined), 'http://127.0.0.1:4111');
    assert.equal(at('192.0.2.7'), 'http://192.0.2.7:4111');
    assert.equal(at('fd00::7'), 'http://[fd00::7]:4111');
    assert.equal(lockOrigin({ pid: 1, host: 'localhost', port: undefined }), undefined);
  });

  it('counts for nothing when there is none, or its process is gone', async () => {
    assert.deepEqual(await findRunningDev(root), { kind: 'none' });
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    write('.mastra/dev.lock', JSON.stringify({ pid: child.pid, host: 'localhost', port: 4111 }));
    assert.deepEqual(await findRunningDev(root), { kind: 'none' });
  });

  it('leads to no server when another one answers at its port', async () => {
    const other = http.createServer((_request, response) => response.end('<html>Shop</html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    write('.mastra/dev.lock', JSON.stringify({ pid: process.pid, host: 'localhost', port }));
    const found = await findRunningDev(root);
    other.close();
    assert.equal(found.kind, 'silent');
  });

  it('leads to no server when a deployed Mastra answers at its port', async () => {
    const deployed = http
      .createServer(({ url }, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(url?.startsWith('/api/system/packages') === true ? '{"packages":[],"isDev":false}' : '{}');
      })
      .listen(0, '127.0.0.1');
    await once(deployed, 'listening');
    const { port } = deployed.address() as AddressInfo;
    write('.mastra/dev.lock', JSON.stringify({ pid: process.pid, host: 'localhost', port }));
    const found = await findRunningDev(root);
    deployed.close();
    assert.equal(found.kind, 'silent');
  });

  it('counts for nothing when its number belongs to a program of another kind by now', async function () {
    if (process.platform === 'win32') this.skip();
    const other = spawn('sleep', ['60']);
    write('.mastra/dev.lock', JSON.stringify({ pid: other.pid }));
    const found = await findRunningDev(root);
    other.kill();
    assert.deepEqual(found, { kind: 'none' });
  });
});

describe('the command line of Mastra', () => {
  const cli = JSON.stringify({ name: 'mastra', version: '1.31.0', bin: { mastra: './dist/index.js' } });

  it('is found where npm, pnpm and workspaces put it', () => {
    write('node_modules/mastra/package.json', cli);
    write('node_modules/mastra/dist/index.js', '');
    const file = path.join(root, 'node_modules/mastra/dist/index.js');
    assert.deepEqual(findCli(root), { kind: 'script', file, version: '1.31.0' });
    mkdirSync(path.join(root, 'packages/app'), { recursive: true });
    assert.deepEqual(findCli(path.join(root, 'packages/app')), { kind: 'script', file, version: '1.31.0' });
    mkdirSync(path.join(root, 'linked/node_modules'), { recursive: true });
    symlinkSync(path.join(root, 'node_modules/mastra'), path.join(root, 'linked/node_modules/mastra'));
    assert.equal(findCli(path.join(root, 'linked')).kind, 'script');
  });

  it('is asked of Yarn where there is no node_modules', () => {
    write('.pnp.cjs', '');
    write('package.json', '{"devDependencies":{"mastra":"1.31.0"}}');
    assert.deepEqual(findCli(root), { kind: 'yarn' });
  });

  it('is told how to be installed where it is missing', () => {
    write('package.json', '{}');
    assert.deepEqual(findCli(root), { kind: 'missing', install: 'npm install --save-dev mastra' });
    write('pnpm-lock.yaml', '');
    assert.deepEqual(findCli(root), { kind: 'missing', install: 'pnpm add --save-dev mastra' });
    write('package.json', '{"packageManager":"yarn@4.9.0"}');
    assert.equal(packageManager(root), 'yarn');
  });
});

describe('the environment of mastra dev', () => {
  it('is local, quiet, and without what VS Code adds', () => {
    const given = devEnvironment(
      { PATH: '/bin', VSCODE_PID: '1', ELECTRON_RUN_AS_NODE: '1', PORT: '80', MASTRA_HOST: '0.0.0.0' },
      4200,
    );
    assert.equal(given['MASTRA_HOST'], '127.0.0.1');
    assert.equal(given['PORT'], '4200');
    assert.equal(given['PATH'], '/bin');
    assert.equal(given['MASTRA_TELEMETRY_DISABLED'], '1');
    assert.equal(given['MASTRA_OFFLINE'], '1');
    assert.deepEqual(
      Object.keys(given).filter((name) => /VSCODE|ELECTRON/.test(name)),
      [],
    );
  });

  it('has the port that the project names', () => {
    assert.equal(projectPort(root), undefined);
    write('.env', 'PORT=4300\n');
    write('.env.local', 'PORT="4301"\n');
    assert.equal(projectPort(root), 4301);
    write('.env.development', 'PORT=nonsense\n');
    assert.equal(projectPort(root), undefined);
  });

  it('knows a port that is taken', async () => {
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    assert.equal(await isFree(port), false);
    server.close();
    await once(server, 'close');
    assert.equal(await isFree(port), true);
  });
});

describe('databases of mastra dev', () => {
  it('that are meant and not used are named', () => {
    write('src/mastra/index.ts', "new LibSQLStore({ url: process.env.DATABASE_URL ?? 'file:./orders.db' })");
    write('.env', 'OTHER=file:logs/other.db\nABSOLUTE=file:/var/x.db\n');
    const mastraFolder = path.join(root, 'src/mastra');
    const stray = (): readonly string[] =>
      strayDatabases(root, mastraFolder, path.join(mastraFolder, 'index.ts')).map(({ url }) => url);
    assert.deepEqual(stray(), []);
    write('orders.db', '');
    write('logs/other.db', '');
    assert.deepEqual(stray(), ['file:./orders.db', 'file:logs/other.db']);
    write('src/mastra/public/orders.db', '');
    assert.deepEqual(stray(), ['file:logs/other.db']);
  });
});

describe('what mastra dev prints', () => {
  it('is read without its colours', () => {
    const line = '\u001b[1m\u001b[35m◐\u001b[39m\u001b[22m \u001b[35mBundling...\u001b[39m';
    assert.equal(withoutEscapes(line), '◐ Bundling...');
    assert.equal(withoutEscapes('\u001b]8;;http://x\u0007here\u001b]8;;\u0007 \u001b[2K\u001b[1Gdone'), 'here done');
    assert.deepEqual(readDevLine(withoutEscapes(line)), { kind: 'bundling' });
  });

  it('is understood line by line', () => {
    const kinds = [
      '◐ Preparing development environment...',
      '✓ Initial bundle complete',
      '◇ Starting Mastra dev server...',
      '✓ Bundle complete',
      '↻ Restarting server...',
      'Node.js v24.21.0',
      'Error: listen EADDRINUSE: address already in use :::4111',
    ].map((line) => readDevLine(line)?.kind);
    assert.deepEqual(kinds, ['preparing', 'bundled', 'launching', 'bundled', 'restarting', 'crashed', 'port-taken']);
    assert.deepEqual(readDevLine('│ API:    http://127.0.0.1:4111/mastra'), {
      kind: 'api',
      url: 'http://127.0.0.1:4111/mastra',
    });
    assert.equal(readDevLine('order 7 is shipped'), undefined);
  });

  it('names its process in the stream of refresh events, in however many pieces', () => {
    const stream = 'id: 76468c65\ndata: connected\n\ndata: refresh\n\nid: 23e8810e\ndata: connected\n\n';
    for (const size of [1, 2, 5, 7, stream.length]) {
      const ids: string[] = [];
      const read = createIdReader((id) => ids.push(id));
      for (let at = 0; at < stream.length; at += size) read(stream.slice(at, at + size));
      assert.deepEqual(ids, ['76468c65', '23e8810e']);
    }
  });
});
