/** Servers in the extension: chosen, asked, added, edited, and discreet about what is secret. VS Code is a thin fake, HTTP is real. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { registerServers } from '../../client/src/servers/index.ts';
import type { RegisteredServers } from '../../client/src/servers/index.ts';
import { embedded } from '../../client/src/servers/list.ts';
import type { RecordedRun } from '../../client/src/history/summary.ts';
import type { RunServer } from '../../client/src/run/servers.ts';
import { serverCommandIds } from '../../common/protocol/ids.ts';
import { sessionTools } from '../run/project.ts';
import { fakeMastra } from './fake-mastra.ts';
import type { FakeMastra } from './fake-mastra.ts';
import { fakeServersSurface } from './surface.ts';
import type { FakeServersSurface } from './surface.ts';

const secret = 'tok-4711-s3cret';

/** Never opened here. */
const embeddedRunner: RunServer = {
  id: embedded.id,
  label: 'Embedded',
  kind: 'embedded',
  open: () => assert.fail('nothing runs embedded'),
};

describe('servers of a window', () => {
  let root: string;
  let shop: string;
  let fake: FakeServersSurface;
  let registered: RegisteredServers;
  let open: FakeMastra;
  let guarded: FakeMastra;
  let recorded: readonly RecordedRun[] = [];

  before(async () => {
    open = await fakeMastra();
    guarded = await fakeMastra({ token: secret });
  });
  after(async () => {
    await open.close();
    await guarded.close();
  });
  beforeEach(() => {
    recorded = [];
    root = mkdtempSync(path.join(os.tmpdir(), 'mastra-servers-'));
    shop = path.join(root, 'shop');
    for (const [name, text] of [
      ['package.json', '{}'],
      ['src/mastra/index.ts', ''],
      ['packages/mail/package.json', '{}'],
      ['packages/mail/src/mastra/index.js', ''],
    ] as const) {
      mkdirSync(path.dirname(path.join(shop, name)), { recursive: true });
      writeFileSync(path.join(shop, name), text);
    }
  });
  afterEach(() => {
    registered.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  const start = (made: FakeServersSurface): void => {
    fake = made;
    registered = registerServers({
      vscode: fake.surface,
      context: fake.context,
      log: fake.log,
      embedded: embeddedRunner,
      tools: { esbuild: sessionTools.esbuild, runner: sessionTools.runner },
      environment: process.env,
      isRelevant: () => true,
      onFilesChanged: new fake.surface.EventEmitter<void>().event,
      runs: () => ({ list: () => [], description: () => undefined, recorded: () => Promise.resolve(recorded) }),
    });
  };
  const command = async (name: keyof typeof serverCommandIds, argument?: unknown): Promise<void> => {
    await fake.commands.get(serverCommandIds[name])?.(argument);
  };
  const rows = async (): Promise<readonly string[]> =>
    (await fake.rows()).map(
      ({ label, description }) => `${typeof label === 'string' ? label : ''}: ${String(description)}`,
    );
  const nodeOf = async (label: string): Promise<unknown> => {
    const index = (await fake.rows()).findIndex((row) => row.label === label);
    return (await fake.nodes())[index];
  };
  /** Everything that was written, shown or asked, except what is in the secret storage. */
  const everything = async (): Promise<string> =>
    JSON.stringify([
      [...fake.memory],
      fake.settings,
      fake.messages,
      fake.asked,
      fake.lines,
      await fake.rows(),
      await fake.nodes(),
      fake.status(),
      registered.servers.folders(),
      registered.servers
        .folders()
        .flatMap(({ servers }) => servers.map(({ id }) => registered.servers.monitor.health(id))),
    ]);
  const add = async (url: string, ...rest: string[]): Promise<void> => {
    fake.answers = [url, 'Guarded', '/api', ...rest];
    await command('addServer');
  };

  it('are the embedded runner, one for each project, and those of the settings', async () => {
    start(
      fakeServersSurface([shop], {
        settings: [
          { name: 'Staging', url: open.url },
          { name: 'Bad', url: 'x' },
        ],
      }),
    );
    await registered.servers.search();
    assert.deepEqual(await rows(), [
      'Embedded: in use · no server needed',
      'mastra dev: not running',
      'mastra dev (packages/mail): not running',
      `Staging: ${new URL(open.url).host}`,
      'Bad: not usable',
    ]);
  });

  it('are listed by folder where there are several, each with a choice of its own that is remembered', async () => {
    const other = path.join(root, 'other');
    mkdirSync(other);
    start(fakeServersSurface([shop, other], { settings: [{ name: 'Staging', url: open.url }] }));
    await registered.servers.search();
    const staging = `remote:${open.url}/api`;
    await registered.servers.choose(other, staging);
    assert.deepEqual(
      (await rows()).filter((row) => /^(shop|other)|in use/.test(row)),
      [
        'shop: Embedded',
        'Embedded: in use · no server needed',
        'other: Staging',
        `Staging: in use · ${new URL(open.url).host}`,
      ],
    );
    assert.equal(registered.servers.current(shop).kind, 'embedded');
    assert.equal(registered.servers.current(other).label, 'Staging');
    assert.equal(registered.servers.find(shop, staging)?.kind, 'remote');
    assert.equal(registered.servers.find(shop, 'remote:https://gone.example/api'), undefined);
    // Not there any more: what runs goes to the embedded runner again.
    await registered.servers.remotes.remove(undefined, 'user', staging);
    assert.equal(registered.servers.current(other).kind, 'embedded');
  });

  it('keep the choice of a project that was not looked for yet', () => {
    const made = fakeServersSurface([shop]);
    made.memory.set('mastra.servers.chosen', { [shop]: 'dev:packages/mail' });
    start(made);
    const current = registered.servers.current(shop);
    assert.deepEqual(
      [current.kind, current.id, current.label],
      ['dev', 'dev:packages/mail', 'mastra dev (packages/mail)'],
    );
  });

  it('are asked while somebody looks, and not otherwise', async () => {
    start(fakeServersSurface([shop], { settings: [{ name: 'Staging', url: open.url }] }));
    const before = open.requests.length;
    await registered.servers.search();
    await registered.servers.monitor.refresh();
    assert.equal(open.requests.length, before);
    fake.show(true);
    await registered.servers.monitor.refresh();
    assert.match((await rows()).join('\n'), /Staging: Mastra 1\.71\.0 · Postgres/);
    fake.show(false);
    const asked = open.requests.length;
    await registered.servers.monitor.refresh();
    assert.equal(open.requests.length, asked);
  });

  it('are neither asked nor started in a workspace that is not trusted', async () => {
    start(fakeServersSurface([shop], { trusted: false, settings: [{ name: 'Staging', url: open.url }] }));
    const before = open.requests.length;
    fake.show(true);
    await registered.servers.search();
    await registered.servers.monitor.refresh();
    await command('startDev');
    await command('testServer', await nodeOf('Staging'));
    assert.equal(open.requests.length, before);
    assert.match(fake.messages.join('\n'), /trusted workspaces only.*\[Manage Workspace Trust\]/);
    fake.trust();
    await registered.servers.monitor.refresh();
    assert.ok(open.requests.length > before);
  });

  it('keep a token in the secret storage and nowhere else', async () => {
    start(fakeServersSurface([shop]));
    await add(guarded.url, 'A token', secret, 'This workspace');
    fake.show(true);
    await registered.servers.monitor.refresh();
    assert.deepEqual(fake.settings.workspace, [{ name: 'Guarded', url: guarded.url }]);
    assert.match(fake.messages.join('\n'), /Guarded answers in \d+ ms: Mastra 1\.71\.0, 1 workflow/);
    assert.match((await rows()).join('\n'), /Guarded: Mastra 1\.71\.0/);
    assert.ok(guarded.requests.some(({ authorization }) => authorization === `Bearer ${secret}`));
    assert.equal([...fake.secrets.values()].filter((value) => value.includes(secret)).length, 1);
    assert.doesNotMatch(await everything(), new RegExp(secret));
  });

  it('keep it out of what is said when it is not accepted', async () => {
    start(fakeServersSurface([shop]));
    await add(guarded.url, 'Other headers', `Authorization: Basic ${secret}x; X-Key: ${secret}`, 'All my workspaces');
    assert.match(fake.messages.join('\n'), /did not accept the token or headers.*\[Edit\] \[Try Again\]/);
    assert.match((await rows()).join('\n'), /Guarded: token not accepted/);
    assert.doesNotMatch(await everything(), new RegExp(secret));
  });

  it('do not get the token of another address', async () => {
    start(fakeServersSurface([shop]));
    await add(guarded.url, 'A token', secret, 'This workspace');
    const before = open.requests.length;
    // Somebody commits another address under the same name.
    fake.settings.workspace = [{ name: 'Guarded', url: open.url }];
    fake.show(true);
    await registered.servers.monitor.refresh();
    const later = open.requests.slice(before);
    assert.ok(later.length > 0);
    assert.ok(later.every(({ authorization }) => authorization === undefined));
  });

  it('are edited with what they were, and forget the token of the address that was', async () => {
    start(fakeServersSurface([shop]));
    await add(guarded.url, 'A token', secret, 'This workspace');
    fake.answers = [guarded.url, { back: true }, guarded.url, 'Renamed', '/api', 'As before'];
    await command('editServer', await nodeOf('Guarded'));
    assert.deepEqual(fake.settings.workspace, [{ name: 'Renamed', url: guarded.url }]);
    assert.equal(fake.secrets.size, 1);
    fake.answers = [open.url, 'Renamed', '/api', 'does not ask'];
    await command('editServer', await nodeOf('Renamed'));
    assert.deepEqual(fake.settings.workspace, [{ name: 'Renamed', url: open.url }]);
    assert.equal(fake.secrets.size, 0);
  });

  it('are removed with their token, after a question', async () => {
    start(fakeServersSurface([shop]));
    await add(guarded.url, 'A token', secret, 'This workspace');
    await command('removeServer', await nodeOf('Guarded'));
    assert.equal(fake.secrets.size, 1);
    fake.choose = (_text, actions) => actions.find((action) => action === 'Remove');
    await command('removeServer', await nodeOf('Guarded'));
    assert.equal(fake.settings.workspace, undefined);
    assert.equal(fake.secrets.size, 0);
  });

  it('are not given up half way', async () => {
    start(fakeServersSurface([shop]));
    fake.answers = ['nonsense', guarded.url, 'Guarded'];
    await command('addServer');
    assert.match(fake.asked.join('\n'), /! Give the URL of the server/);
    assert.equal(fake.settings.workspace, undefined);
    assert.equal(fake.secrets.size, 0);
  });

  it('that are not encrypted get a token only after a warning, which is given once', async () => {
    start(fakeServersSurface([shop]));
    const url = 'http://mastra.invalid';
    await add(url, 'A token', secret, 'This workspace');
    assert.match(fake.messages.join('\n'), /warning \(modal\): http:\/\/mastra\.invalid is not encrypted/);
    assert.equal(fake.secrets.size, 0);
    assert.equal(fake.settings.workspace, undefined);
    fake.choose = (_text, actions) => actions.find((action) => action === 'Send It Anyway');
    await add(url, 'A token', secret, 'This workspace');
    assert.equal(fake.secrets.size, 1);
    const warnings = fake.messages.filter((message) => message.includes('not encrypted')).length;
    await add(url, 'A token', `${secret}2`, 'This workspace');
    assert.equal(fake.messages.filter((message) => message.includes('not encrypted')).length, warnings);
  });

  it('that lack a workflow say so to the run', async () => {
    start(fakeServersSurface([shop], { settings: [{ name: 'Staging', url: open.url }] }));
    await registered.servers.choose(shop, `remote:${open.url}/api`);
    const connection = registered.servers
      .current(shop)
      .open(
        { file: path.join(shop, 'src/mastra/x.ts'), folder: shop, workflow: { id: 'x', name: 'x', exportName: 'x' } },
        { onEvent: () => assert.fail('nothing runs'), log: () => undefined },
      );
    await assert.rejects(connection.loaded, {
      problem: {
        kind: 'server',
        problem: { kind: 'workflow-missing', server: open.url, workflow: 'x', known: ['place-order'] },
      },
    });
    assert.equal((await connection.start({ input: {}, state: undefined, requestContext: undefined }))?.kind, 'server');
    await connection.dispose();
  });

  it('are chosen from a list', async () => {
    start(fakeServersSurface([shop], { settings: [{ name: 'Staging', url: open.url }] }));
    fake.answers = ['Staging'];
    await command('chooseServer');
    assert.equal(registered.servers.current(shop).label, 'Staging');
    fake.answers = ['Embedded'];
    await command('chooseServer');
    assert.equal(registered.servers.current(shop).kind, 'embedded');
  });

  it('ask before mastra dev starts where it would execute runs that were cut off once more', async () => {
    start(fakeServersSurface([shop]));
    await registered.servers.search();
    const startDev = async (): Promise<readonly string[]> => {
      fake.messages.length = 0;
      await command('startDev', await nodeOf('mastra dev'));
      await new Promise((resolve) => setImmediate(resolve));
      return fake.messages.map((message) => message.replace(/:.*/, ''));
    };
    const file = path.join(shop, 'src/mastra/order.ts');
    recorded = [
      cutOffRun('place-order', file, 'dev'),
      cutOffRun('send-mail', path.join(root, 'elsewhere/mail.ts'), 'embedded'),
    ];
    assert.deepEqual(await startDev(), ['error']);
    recorded = [cutOffRun('place-order', file, 'embedded')];
    assert.deepEqual(await startDev(), ['warning (modal)']);
    assert.match(fake.messages.join(''), /place-order was cut off in the middle of a run\..*\[Start Anyway\]/);
    fake.choose = (_text, actions) => actions.find((action) => action === 'Start Anyway');
    assert.deepEqual(await startDev(), ['warning (modal)', 'error']);
  });

  it('offer a mastra dev that runs already instead of a second one, and end it only after a question', async function () {
    if (process.platform === 'win32') this.skip();
    const dev = await fakeMastra({ isDev: true });
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    mkdirSync(path.join(shop, '.mastra'));
    const lock = { pid: other.pid, host: 'localhost', port: Number(new URL(dev.url).port) };
    writeFileSync(path.join(shop, '.mastra/dev.lock'), JSON.stringify(lock));
    start(fakeServersSurface([shop]));
    fake.choose = (_text, actions) => actions.find((action) => action === 'Use for Runs');
    await registered.servers.search();
    assert.match((await rows()).join('\n'), /mastra dev: running on/);
    await command('startDev', await nodeOf('mastra dev'));
    assert.match(fake.messages.join('\n'), /mastra dev runs already, started outside of this window as process \d+/);
    assert.equal(registered.servers.current(shop).kind, 'dev');
    await command('stopDev', await nodeOf('mastra dev'));
    assert.match(
      fake.messages.join('\n'),
      /warning \(modal\): mastra dev was started outside of this window.*\[End It\]/,
    );
    assert.equal(other.exitCode ?? other.signalCode, null);
    fake.choose = (_text, actions) => actions.find((action) => action === 'End It');
    await command('stopDev', await nodeOf('mastra dev'));
    assert.equal(other.signalCode, 'SIGTERM');
    assert.match((await rows()).join('\n'), /mastra dev: in use · not running/);
    await dev.close();
  });

  it('say how the command line of Mastra is installed where it is missing, and copy that', async () => {
    start(fakeServersSurface([shop]));
    fake.choose = (_text, actions) => actions.find((action) => action === 'Copy Command');
    await registered.servers.search();
    await command('startDev', await nodeOf('mastra dev'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.match(
      fake.messages.join('\n'),
      /mastra is not installed in .*shop\. Install it with npm install --save-dev mastra/,
    );
    assert.ok(fake.lines.includes('copied: npm install --save-dev mastra'));
  });
});

/** A run whose log ends before it did. */
function cutOffRun(title: string, file: string, kind: string): RecordedRun {
  return {
    kind: 'run',
    id: title,
    header: {
      format: 'mastra-run',
      version: 1,
      id: title,
      workflow: { key: `${file}#x`, id: title, name: undefined, file },
      server: { id: kind, kind, name: kind },
      mastraVersion: undefined,
      startedAt: 1,
      inputName: undefined,
      imported: undefined,
    },
    title,
    runId: title,
    status: 'interrupted',
    startedAt: 1,
    finishedAt: 2,
    input: undefined,
    error: undefined,
    events: 3,
    bytes: 100,
    pinned: false,
  };
}
