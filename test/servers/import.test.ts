/** Runs that a real server stores are imported into the history. VS Code is a thin fake that a person's choices are scripted in. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { foldRun } from '../../common/runlog/index.ts';
import type { RunSummary } from '../../client/src/history/summary.ts';
import { listStoredRuns } from '../../client/src/run/http/history.ts';
import { importFromServer } from '../../client/src/storedRuns/flow.ts';
import type { ImportDependencies } from '../../client/src/storedRuns/flow.ts';
import { makeEntry } from '../../client/src/servers/remote/entry.ts';
import { testHistory } from '../history/support.ts';
import type { TestHistory } from '../history/support.ts';
import { connectTo, inputs } from './connect.ts';
import { freePort, startQuickly } from './process.ts';
import type { RunningServer } from './process.ts';
import { copyOrders } from './project.ts';
import type { ServedProject } from './project.ts';

type Item = vscode.QuickPickItem;

interface Scripted {
  /** What a person saw: messages, and the labels of lists. */
  readonly said: string[];
  readonly dependencies: ImportDependencies;
  /** Chooses from a list by the beginning of a label without its icon. */
  single: string;
  /** What is ticked in the list of runs; undefined closes it. Called again after older runs were asked for. */
  tick: (items: readonly Item[], title: string) => readonly Item[] | 'older' | undefined;
  /** Called for each report of a progress; true cancels. */
  cancel: (message: string | undefined) => boolean;
  readonly revealed: string[];
}

const plain = (label: string): string => label.replace(/^\$\([\w~-]+\) /, '');

describe('runs that a server stores', function () {
  this.timeout(120_000);
  let project: ServedProject;
  let server: RunningServer;
  let test: TestHistory;
  before(async () => {
    project = copyOrders();
    server = await startQuickly(project, await freePort());
    for (const ticks of [1, 2, 3]) await run('ticking', { ticks });
    await run('ask-then-tick', { ticks: 1 });
  });
  after(async () => {
    await server.kill();
    project.dispose();
  });
  beforeEach(() => void (test = testHistory()));
  afterEach(() => test.dispose());

  const run = async (id: string, input: { readonly [name: string]: number | string }): Promise<string> => {
    const recorded = connectTo(server.address, { id });
    await recorded.connection.loaded;
    await recorded.connection.start(inputs(input));
    await recorded.connection.dispose();
    return recorded.runId();
  };

  const script = (headers = server.address.headers, url = server.address.url): Scripted => {
    const entry = makeEntry('Staging', url, '/api');
    const listed = { kind: 'remote', id: entry.id, entry, place: 'user' } as const;
    const folder = { folder: '/shop', name: 'shop', servers: [listed], invalid: [], chosen: 'embedded' };
    const notify =
      (severity: string) =>
      (text: string): Promise<undefined> => {
        scripted.said.push(`${severity}: ${text}`);
        return Promise.resolve(undefined);
      };
    const surface = {
      window: {
        showErrorMessage: notify('error'),
        showWarningMessage: notify('warning'),
        showInformationMessage: notify('info'),
        showQuickPick(items: readonly Item[]) {
          scripted.said.push(`pick: ${items.map(({ label }) => plain(label)).join(', ')}`);
          return Promise.resolve(items.find(({ label }) => plain(label).startsWith(scripted.single)));
        },
        createQuickPick: () => fakePick(scripted),
        async withProgress(
          _options: unknown,
          work: (
            progress: { report(value: { message?: string }): void },
            token: { onCancellationRequested(listener: () => void): void },
          ) => Promise<unknown>,
        ) {
          let cancel = (): void => undefined;
          return work(
            {
              report({ message }) {
                if (scripted.cancel(message)) cancel();
              },
            },
            { onCancellationRequested: (listener) => void (cancel = listener) },
          );
        },
      },
      commands: { executeCommand: () => Promise.resolve(undefined) },
      QuickPickItemKind: { Separator: -1 },
      ProgressLocation: { Notification: 15 },
      ThemeIcon: FakeIcon,
    };
    const scripted: Scripted = {
      said: [],
      revealed: [],
      single: 'All workflows',
      tick: (items) => items.filter(({ kind }) => kind === undefined),
      cancel: () => false,
      dependencies: {
        // The fake has what ImportDependencies names and no more than its callers use of it.
        vscode: surface as unknown as ImportDependencies['vscode'],
        servers: {
          folders: () => [folder],
          search: () => Promise.resolve(),
          reach: () => Promise.resolve({ url, apiPrefix: '/api', headers }),
        },
        history: test.history,
        workflows: () =>
          Promise.resolve([
            {
              key: '/shop/ticking.ts#ticking',
              uri: 'file:///shop/ticking.ts',
              id: 'ticking',
              name: 'ticking',
              exportName: 'ticking',
              description: undefined,
              line: 0,
              steps: 1,
            },
          ]),
        reveal: (id) => Promise.resolve(void scripted.revealed.push(id)),
      },
    };
    return scripted;
  };
  const stored = async (): Promise<readonly RunSummary[]> =>
    (await test.history.store.list()).flatMap((each) => (each.kind === 'run' ? [each] : []));
  const shown = async (): Promise<readonly string[]> =>
    (await stored()).map(({ title, status, header }) => `${title} ${status} ${header.server.name}`);

  it('are listed, imported as they are stored, and known the next time', async () => {
    const first = script();
    await importFromServer(first.dependencies, undefined);
    assert.deepEqual(first.said.slice(1), [
      'runs: Import Runs from Staging (4 of 4) | ask-then-tick, ticking, ticking, ticking',
      'info: 4 runs imported from Staging.',
    ]);
    assert.deepEqual(await shown(), [
      'ask-then-tick suspended Staging',
      'ticking success Staging',
      'ticking success Staging',
      'ticking success Staging',
    ]);
    const [newest, ticking] = await stored();
    assert.deepEqual(first.revealed, [newest?.id]);
    assert.equal(ticking?.header.workflow.key, '/shop/ticking.ts#ticking');
    assert.match(ticking.header.imported?.from ?? '', /^the storage of Staging$/);
    const log = await test.history.store.read(ticking.id);
    assert.ok(log.kind === 'log');
    assert.deepEqual(foldRun(log.events).input, { ticks: 3 });

    const second = script();
    await importFromServer(second.dependencies, undefined);
    assert.deepEqual(second.said.slice(1), [
      'runs: Import Runs from Staging (4 of 4) | # In the Runs view already, ask-then-tick, ticking, ticking, ticking',
      'info: 0 runs imported from Staging. 4 were in the Runs view already.',
    ]);
    assert.equal((await stored()).length, 4);
  });

  it('that went on since replace what was imported', async () => {
    const only = script();
    only.single = 'ask-then-tick';
    await importFromServer(only.dependencies, undefined);
    const [before] = await stored();
    assert.ok(before?.status === 'suspended' && before.runId !== undefined);
    await test.history.store.pin(before.id, true);

    const { connection } = connectTo(server.address, { id: 'ask-then-tick' });
    await connection.loaded;
    await connection.resume({ runId: before.runId, step: ['go'], index: undefined, data: { answer: 'yes' } });
    await connection.dispose();
    const again = script();
    again.single = 'ask-then-tick';
    let description = '';
    again.tick = (items) => {
      description = items[0]?.description ?? '';
      return items;
    };
    await importFromServer(again.dependencies, undefined);
    assert.match(description, /^Succeeded · just now · went on since it was imported · /);
    assert.deepEqual(again.said.at(-1), 'info: 1 run imported from Staging. 1 of them replaced an older import.');
    const after = await stored();
    assert.deepEqual(
      after.map(({ status, pinned, runId }) => [status, pinned, runId]),
      [['success', true, before.runId]],
    );
  });

  it('are not imported a second time where they were recorded', async () => {
    const place = { address: server.address, id: 'ticking' };
    const [known] = (await listStoredRuns(place, { page: 0, perPage: 1 })).runs;
    assert.ok(known !== undefined);
    const recording = test.history.begin({
      workflow: { key: 'k', id: 'ticking', name: 'ticking', file: 'f', uri: 'file:///f' },
      server: { id: 'embedded', kind: 'embedded', name: 'Embedded' },
    });
    recording.append({ type: 'run-started', time: 1, runId: known.runId, workflowId: 'ticking', input: {} });
    recording.append({ type: 'run-finished', time: 2, status: 'success', output: {}, error: undefined });
    await recording.end();
    const scripted = script();
    scripted.single = 'ticking';
    await importFromServer(scripted.dependencies, undefined);
    assert.equal(scripted.said.at(-1), 'info: 2 runs imported from Staging. 1 was in the Runs view already.');
  });

  it('are recorded without what is secret, and within the caps of the history', async () => {
    test.settings = { ...test.settings, redact: ['ticks'], maxRuns: 2 };
    const scripted = script();
    scripted.single = 'ticking';
    await importFromServer(scripted.dependencies, undefined);
    assert.equal(
      scripted.said.at(-1),
      'info: 3 runs imported from Staging. 1 was dropped again: the history is full (mastra.history.maxRuns, mastra.history.maxSizeMB).',
    );
    for (const { id } of await stored()) assert.doesNotMatch(await test.history.store.text(id), /"ticks":\d/);
  });

  it('can be left alone: before anything is imported, and in the middle', async () => {
    const closed = script();
    closed.tick = () => undefined;
    await importFromServer(closed.dependencies, undefined);
    assert.equal(closed.said.length, 2);
    const canceled = script();
    canceled.cancel = (message) => message?.startsWith('1 of') === true;
    await importFromServer(canceled.dependencies, undefined);
    const imported = (await stored()).length;
    assert.ok(imported >= 1 && imported <= 4);
    assert.match(canceled.said.at(-1) ?? '', new RegExp(`^info: ${imported} runs? imported from Staging\\.`));
  });

  it('come page by page where there are many, and what was ticked stays so', async () => {
    for (let more = 0; more < 30; more += 1) await run('ask-both', {});
    const scripted = script();
    scripted.single = 'ask-both';
    const titles: string[] = [];
    let ticked: readonly Item[] = [];
    scripted.tick = (items, title) => {
      titles.push(title);
      if (titles.length === 1) {
        ticked = items.slice(0, 2);
        return 'older';
      }
      return [...ticked, ...items.slice(-1)];
    };
    await importFromServer(scripted.dependencies, undefined);
    assert.deepEqual(titles, ['Import Runs from Staging (25 of 30)', 'Import Runs from Staging (30 of 30)']);
    assert.equal((await stored()).length, 3);
  });

  it('of a server that is not there are a message that says so', async () => {
    const scripted = script({}, `http://127.0.0.1:${await freePort()}`);
    await importFromServer(scripted.dependencies, undefined);
    assert.match(
      scripted.said.at(-1) ?? '',
      /^error: Runs of Staging cannot be imported\. Nothing listens at http:\/\/127\.0\.0\.1:\d+\. Start the server, or correct its URL\.$/,
    );
  });
});

class FakeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

/** A list of runs that answers itself once it is filled. */
function fakePick(scripted: Scripted): unknown {
  let accept = (): void => undefined;
  let hide = (): void => undefined;
  let press = (): void => undefined;
  let busy = false;
  let waits = false;
  const answer = (): void => {
    const items = pick.items.filter(({ kind }) => kind === undefined);
    const answered = scripted.tick(items, pick.title);
    if (answered === undefined) hide();
    else if (answered === 'older') press();
    else {
      pick.selectedItems = answered;
      accept();
    }
  };
  const pick = {
    title: '',
    placeholder: '',
    buttons: [] as unknown[],
    items: [] as readonly Item[],
    selectedItems: [] as readonly Item[],
    get busy() {
      return busy;
    },
    set busy(value: boolean) {
      busy = value;
      if (value || waits) return;
      waits = true;
      setImmediate(() => {
        waits = false;
        const labels = pick.items.map(({ label, kind }) => (kind === undefined ? plain(label) : `# ${label}`));
        scripted.said.push(`runs: ${pick.title} | ${labels.join(', ')}`);
        answer();
      });
    },
    onDidAccept: (listener: () => void) => void (accept = listener),
    onDidHide: (listener: () => void) => void (hide = listener),
    onDidTriggerButton: (listener: () => void) => void (press = listener),
    show: () => undefined,
    dispose: () => hide(),
  };
  return pick;
}
