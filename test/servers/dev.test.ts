/** A real `mastra dev`, started, watched and ended as from the Servers view. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEventBody } from '../../common/runlog/log.ts';
import { devCredentialsId } from '../../client/src/servers/dev/address.ts';
import { checkSource } from '../../client/src/servers/dev/check.ts';
import type { DevNotice, DevServer } from '../../client/src/servers/dev/contract.ts';
import { findRunningDev } from '../../client/src/servers/dev/found.ts';
import { createDevServer } from '../../client/src/servers/dev/server.ts';
import { createCredentialStore } from '../../client/src/servers/remote/credentials.ts';
import { devRunServer } from '../../client/src/servers/runServers.ts';
import { sessionTools } from '../run/project.ts';
import { serverModules } from './project.ts';

const greet = `import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const say = createStep({
  id: 'say',
  inputSchema: z.object({ name: z.string() }),
  outputSchema: z.object({ text: z.string() }),
  execute: async ({ inputData }) => ({ text: \`Hello \${inputData.name}\` }),
});

export const greetWorkflow = createWorkflow({
  id: 'greet',
  inputSchema: z.object({ name: z.string() }),
  outputSchema: z.object({ text: z.string() }),
})
  .then(say)
  .commit();
`;

/** Asks for a token also in `mastra dev`. */
const token = 'right-token';

const entry = `import { Mastra } from '@mastra/core/mastra';
import { SimpleAuth } from '@mastra/core/server';
import { greetWorkflow } from './greet';

export const mastra = new Mastra({
  server: { auth: new SimpleAuth({ tokens: { '${token}': { id: 'ada' } } }) },
  workflows: { greetWorkflow },
});
`;

/** A fake of the secret storage of VS Code. */
class FakeSecrets {
  readonly values = new Map<string, string>();
  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }
  store(key: string, value: string): Promise<void> {
    return Promise.resolve(void this.values.set(key, value));
  }
  delete(key: string): Promise<void> {
    return Promise.resolve(void this.values.delete(key));
  }
}

describe('mastra dev from the editor', function () {
  this.timeout(240_000);
  let root: string;
  let server: DevServer;
  let other: DevServer;
  const secrets = createCredentialStore(new FakeSecrets());
  const notices: DevNotice[] = [];
  const lines: string[] = [];
  const file = (): string => path.join(root, 'src/mastra/greet.ts');

  const make = (): DevServer =>
    createDevServer({
      project: { root, entry: path.join(root, 'src/mastra/index.ts'), mastraFolder: path.join(root, 'src/mastra') },
      inherited: process.env,
      findNode: () => Promise.resolve({ path: process.execPath, version: process.versions.node, environment: {} }),
      check: (signal) => checkSource(root, path.join(root, 'src/mastra/index.ts'), sessionTools.esbuild, signal),
      print: (line) => void lines.push(line),
      notify: (notice) => void notices.push(notice),
      log: () => undefined,
      onDidChange: () => undefined,
    });

  before(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'mastra-dev-'));
    mkdirSync(path.join(root, 'src/mastra'), { recursive: true });
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name: 'greet', private: true, type: 'module' }));
    symlinkSync(serverModules, path.join(root, 'node_modules'));
    writeFileSync(path.join(root, 'src/mastra/index.ts'), entry);
    writeFileSync(file(), greet);
    server = make();
    other = make();
  });
  after(async () => {
    other.dispose();
    await server.stop();
    server.dispose();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Saves as from an editor. */
  const save = (text: string): void => {
    writeFileSync(file(), text);
    server.saved(file());
  };

  const instance = (of = server): string | undefined => (of.state.kind === 'running' ? of.state.instance : undefined);

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  /** The text that the workflow greets with, as the server has it. */
  const greeting = async (): Promise<unknown> => {
    const events: RunEventBody[] = [];
    const place = devRunServer({ id: 'dev:', label: 'mastra dev' }, server, secrets, async () => {
      const started = await server.start();
      return started.kind === 'ready' ? started.address : undefined;
    });
    const connection = place.open(
      { file: file(), folder: root, workflow: { id: 'greet', name: 'greetWorkflow', exportName: 'greetWorkflow' } },
      { onEvent: (event) => void events.push(event), log: () => undefined },
    );
    await connection.loaded;
    assert.equal(
      await connection.start({ input: { name: 'Ada' }, state: undefined, requestContext: undefined }),
      undefined,
    );
    await connection.dispose();
    const finished = events.find((event) => event.type === 'run-finished');
    assert.equal(finished?.status, 'success');
    return finished.output;
  };

  it('starts on this machine alone, without colours, and is found by its lock', async () => {
    const started = await server.start();
    assert.equal(started.kind, 'ready', lines.join('\n'));
    assert.match(started.address.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(lines.join('\n'), /\u001b/);
    const found = await findRunningDev(root);
    assert.deepEqual(found, { kind: 'running', pid: server.pid, address: started.address });
    if (process.platform === 'linux')
      assert.deepEqual(listeningAt(Number(new URL(started.address.origin).port)), ['0100007F']);
  });

  it('asks for a token where the project does', async () => {
    await assert.rejects(greeting(), {
      problem: { kind: 'server', problem: { kind: 'unauthorized', sent: true, server: originOf(server) } },
    });
    await secrets.write(devCredentialsId(root), { token, headers: {} });
  });

  it('runs a workflow', async () => {
    assert.deepEqual(await greeting(), { text: 'Hello Ada' });
  });

  it('is used, not started a second time, by another window', async () => {
    const started = await other.start();
    assert.equal(started.kind, 'ready');
    assert.equal(other.pid, server.pid);
    assert.ok(other.state.kind === 'running' && !other.state.owned);
    await other.stop();
    assert.equal((await findRunningDev(root)).kind, 'running');
  });

  it('lets a run wait for the reload that a save brings', async () => {
    await until(() => instance() !== undefined && instance(other) !== undefined);
    const [before, beforeOther] = [instance(), instance(other)];
    save(greet.replace('Hello', 'Welcome'));
    assert.deepEqual(await greeting(), { text: 'Welcome Ada' });
    assert.notEqual(instance(), before);
    await until(() => instance(other) !== undefined && instance(other) !== beforeOther);
    assert.deepEqual(notices, []);
  });

  it('does not wait for a file that is not part of the project', async () => {
    server.saved(path.join(root, 'src/notes.ts'));
    const state = await server.caughtUp(AbortSignal.timeout(60_000));
    assert.equal(state.kind === 'running' && state.freshness.kind, 'current');
  });

  it('says where the source does not build, which the server keeps to itself', async () => {
    const broken = `${greet}\nconst broken = (((;\n`;
    save(broken);
    await until(() => notices.length > 0);
    const [notice] = notices.splice(0);
    assert.equal(notice?.kind, 'say-broken');
    assert.deepEqual(
      notice.errors.map((error) => [error.file, error.line]),
      [[file(), broken.split('\n').findIndex((line) => line.startsWith('const broken')) + 1]],
    );
    await assert.rejects(greeting(), { problem: { kind: 'build-failed', errors: notice.errors, output: '' } });
  });

  it('is well again with the next save that builds', async () => {
    save(greet);
    assert.deepEqual(await greeting(), { text: 'Hello Ada' });
  });

  it('notices that its server died, and that a save brings it back', async () => {
    process.kill(serverProcess(server), 'SIGKILL');
    await until(() => server.state.kind === 'died');
    await until(() => notices.length > 0);
    assert.deepEqual(notices.splice(0), [{ kind: 'say-died', poisoned: false, owned: true }]);
    save(greet.replace('Hello', 'Good day'));
    await until(() => server.state.kind === 'running');
    assert.deepEqual(await greeting(), { text: 'Good day Ada' });
  });

  it('leaves no process behind', async () => {
    const { pid } = server;
    assert.ok(pid !== undefined);
    await server.stop();
    assert.equal(server.state.kind, 'stopped');
    assert.deepEqual(groupOf(pid), []);
    assert.deepEqual(await findRunningDev(root), { kind: 'none' });
    await until(() => other.state.kind === 'stopped');
  });

  it('ends with all its processes when it is given up while it starts', async () => {
    const starting = server.start();
    await until(() => server.state.kind === 'starting' && server.state.phase === 'bundling');
    const { pid } = server;
    assert.ok(pid !== undefined);
    await server.stop();
    assert.deepEqual(await starting, { kind: 'problem', problem: { kind: 'canceled' } });
    assert.deepEqual(groupOf(pid), []);
  });

  it('says what keeps it from starting', async () => {
    writeFileSync(path.join(root, '.env'), 'PORT=1\n');
    rmSync(path.join(root, 'node_modules'));
    assert.deepEqual(await server.start(), {
      kind: 'problem',
      problem: { kind: 'cli-missing', root, install: 'npm install --save-dev mastra' },
    });
    assert.deepEqual(await findRunningDev(root), { kind: 'none' });
  });
});

function originOf({ state }: DevServer): string {
  return state.kind === 'running' ? state.address.origin : '';
}

/** The child of `mastra dev` that listens. */
function serverProcess(server: DevServer): number {
  const found = execFileSync('pgrep', ['-P', String(server.pid), '-f', 'output/index.mjs'], { encoding: 'utf8' });
  return Number(found.trim());
}

/** Processes of a group that are more than an entry in a table. */
function groupOf(pid: number): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'pgid=,stat=,command='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => new RegExp(`^\\s*${pid}\\s+[^Z]`).test(line));
}

/** Addresses, as the system writes them, at which a port is listened on. */
function listeningAt(port: number): readonly string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, local = '', , state] = line.trim().split(/\s+/);
        const [address = '', at] = local.split(':');
        return at === hex && state === '0A' ? [address] : [];
      }),
  );
}
