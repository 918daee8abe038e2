/** The overview and its host, with a stand-in for what it touches of VS Code. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { lastRecorded, lastRunOf, laterRun } from '../../client/src/overview/last-runs.ts';
import { parseOverviewMessage } from '../../client/src/overview/messages.ts';
import { showOverview } from '../../client/src/overview/page.ts';
import type { ServerStatus } from '../../common/protocol/messages.ts';
import type { HostToOverview, OverviewState, OverviewWorkflow } from '../../common/protocol/overview.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import type { RecordedRun } from '../../client/src/history/summary.ts';
import type { SearchResult } from '../../client/src/search.ts';
import { Emitter } from '../graph/emitter.ts';

const nothing = { dispose: () => undefined };

const orders: OverviewWorkflow = {
  key: 'orders.ts#placeOrder',
  uri: 'file:///shop/src/orders.ts',
  id: 'place-order',
  name: 'placeOrder',
  exportName: 'placeOrder',
  description: undefined,
  line: 11,
  steps: 3,
  package: { folder: 'file:///shop', name: 'shop' },
  registered: 'yes',
  findings: { error: 0, warning: 0, info: 0, hint: 0 },
  uses: [],
};

function start(
  answer: () => Promise<readonly OverviewWorkflow[]>,
  {
    searched = 'found',
    server = 'running',
  }: { readonly searched?: SearchResult['kind']; readonly server?: string } = {},
) {
  const received = new Emitter<unknown>();
  const viewState = new Emitter<undefined>();
  const closed = new Emitter<undefined>();
  const modelChanged = new Emitter<readonly string[]>();
  const runChanged = new Emitter<string>();
  const states: OverviewState[] = [];
  const commands: unknown[] = [];
  const warnings: string[] = [];
  const events = new Map<string, readonly RunEvent[]>();
  let recordings: readonly RecordedRun[] = [];
  let recordedChanged: () => void = () => undefined;
  let questions = 0;
  const uri = (path: string) => ({ path, fsPath: path, toString: () => `file://${path}` });
  const code = {
    Uri: {
      parse: (text: string) => uri(text.replace('file://', '')),
      joinPath: (base: { path: string }, ...parts: readonly string[]) => uri([base.path, ...parts].join('/')),
    },
    workspace: { asRelativePath: (file: { path: string }) => file.path.replace('/shop/', '') },
    commands: { executeCommand: (...given: readonly unknown[]) => Promise.resolve(commands.push(given)) },
  };
  const panel = {
    visible: true,
    viewColumn: 1,
    webview: {
      cspSource: 'https://webview',
      asWebviewUri: (given: unknown) => given,
      onDidReceiveMessage: received.event,
      postMessage: ({ state }: HostToOverview) => states.push(state),
    },
    onDidChangeViewState: viewState.event,
    onDidDispose: closed.event,
  };
  showOverview(
    {
      // A use of anything else of VS Code fails the test.
      vscode: code as unknown as typeof vscode,
      extension: uri('/extension') as unknown as vscode.Uri,
      server: {
        request: () => {
          questions += 1;
          return answer();
        },
        onModelChanged: modelChanged.event,
        onStatus: new Emitter<ServerStatus>().event,
        state: { kind: server },
      },
      runs: {
        events: (key) => events.get(key),
        onDidChange: runChanged.event,
        recorded: () => Promise.resolve(recordings),
        onDidChangeRecorded: (listener) => {
          recordedChanged = listener;
          return nothing;
        },
      },
      log: { warn: (text: string) => warnings.push(text) },
      look: () => Promise.resolve({ kind: searched } as SearchResult),
    },
    panel as unknown as vscode.WebviewPanel,
  );
  return {
    states,
    commands,
    warnings,
    events,
    panel,
    modelChanged,
    runChanged,
    viewState,
    questions: () => questions,
    send: (message: unknown) => received.fire(message),
    close: () => closed.fire(undefined),
    record(runs: readonly RecordedRun[]) {
      recordings = runs;
      recordedChanged();
    },
    /** Waits for a state that is as wanted. */
    async until(wanted: (state: OverviewState) => boolean): Promise<OverviewState> {
      for (;;) {
        const found = states.findLast(wanted);
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

const lastRuns = (state: OverviewState) =>
  state.kind === 'workflows' ? state.workflows.map(({ lastRun }) => lastRun?.status) : [];

function recorded(status: 'success' | 'failed', startedAt: number): RecordedRun {
  return {
    kind: 'run',
    status,
    startedAt,
    header: { workflow: { key: orders.key } },
  } as unknown as RecordedRun;
}

const started = (time: number): RunEvent => ({
  seq: 0,
  time,
  type: 'run-started',
  runId: 'r',
  workflowId: 'w',
  input: {},
});

describe('the overview and its host', () => {
  it('shows the workflows with their places, and how they last ran', async () => {
    const world = start(() => Promise.resolve([orders]));
    const state = await world.until(({ kind }) => kind === 'workflows');
    assert.ok(state.kind === 'workflows');
    assert.equal(state.workflows[0]?.place, 'src/orders.ts:12');
    assert.deepEqual(lastRuns(state), [undefined]);
    world.record([recorded('failed', 5)]);
    await world.until((next) => lastRuns(next)[0] === 'failed');
    world.events.set(orders.key, [started(10)]);
    world.runChanged.fire(orders.key);
    await world.until((next) => lastRuns(next)[0] === 'running');
    world.close();
  });

  it('asks again after an edit, once for many, and not while nobody looks', async () => {
    const world = start(() => Promise.resolve([orders]));
    await world.until(({ kind }) => kind === 'workflows');
    for (let edit = 0; edit < 20; edit += 1) world.modelChanged.fire([orders.uri]);
    while (world.questions() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    world.panel.visible = false;
    world.modelChanged.fire([orders.uri]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(world.questions(), 2);
    world.panel.visible = true;
    world.viewState.fire(undefined);
    while (world.questions() < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    world.close();
  });

  it('says what to do where there is nothing to show', async () => {
    const empty = start(() => Promise.resolve([]));
    const none = await empty.until(({ kind }) => kind === 'none');
    assert.match(none.kind === 'none' ? none.message : '', /no workflow was found/);
    empty.send({ type: 'action' });
    assert.deepEqual(empty.commands, [['mastra.showLog']]);
    const elsewhere = start(() => Promise.resolve([orders]), { server: 'stopped', searched: 'absent' });
    const absent = await elsewhere.until(({ kind }) => kind === 'none');
    assert.match(absent.kind === 'none' ? absent.message : '', /does not use Mastra/);
    assert.equal(elsewhere.questions(), 0);
    empty.close();
    elsewhere.close();
  });

  it('keeps what it showed when the workflows cannot be read, and offers to start the server again where it has nothing', async () => {
    let fails = false;
    const world = start(() => (fails ? Promise.reject(new Error('It ended.')) : Promise.resolve([orders])));
    await world.until(({ kind }) => kind === 'workflows');
    fails = true;
    world.modelChanged.fire([orders.uri]);
    while (world.warnings.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(world.states.at(-1)?.kind, 'workflows');
    const fresh = start(() => Promise.reject(new Error('It ended.')));
    const none = await fresh.until(({ kind }) => kind === 'none');
    assert.deepEqual(none.kind === 'none' && none.action?.command, 'mastra.restartServer');
    world.close();
    fresh.close();
  });

  it('opens what is clicked, and nothing that is not there', async () => {
    const world = start(() => Promise.resolve([orders]));
    await world.until(({ kind }) => kind === 'workflows');
    world.send({ type: 'open', key: orders.key, target: 'graph' });
    world.send({ type: 'open', key: orders.key, target: 'run' });
    world.send({ type: 'open', key: 'elsewhere', target: 'graph' });
    world.send({ type: 'open', key: orders.key, target: 'moon' });
    const about = { uri: orders.uri, key: orders.key };
    assert.deepEqual(world.commands, [
      ['mastra.showWorkflowGraph', about],
      ['mastra.runWorkflow', about],
    ]);
    assert.match(world.warnings[0] ?? '', /not a message/);
    world.close();
    assert.deepEqual([world.modelChanged.listeners, world.runChanged.listeners], [0, 0]);
  });
});

describe('how a workflow last ran', () => {
  it('is told by the newest recording', () => {
    const last = lastRecorded([recorded('success', 9), recorded('failed', 5), { kind: 'unreadable' } as RecordedRun]);
    assert.deepEqual(last.get(orders.key), { status: 'success', startedAt: 9 });
  });

  it('is told by the events of this window: running until it ends, and again when it is resumed', () => {
    const suspended: RunEvent = {
      seq: 1,
      time: 3,
      type: 'run-finished',
      status: 'suspended',
      output: undefined,
      error: undefined,
    };
    const resumed: RunEvent = {
      ...{ seq: 2, time: 4, type: 'run-resumed', runId: 'r', workflowId: 'w', step: ['a'], data: {} },
      index: undefined,
    };
    assert.equal(lastRunOf(undefined), undefined);
    assert.deepEqual(lastRunOf([started(1)]), { status: 'running', startedAt: 1 });
    assert.deepEqual(lastRunOf([started(1), suspended]), { status: 'suspended', startedAt: 1 });
    assert.deepEqual(lastRunOf([started(1), suspended, resumed])?.status, 'running');
  });

  it('is the later of the two', () => {
    const [early, late] = [{ status: 'failed', startedAt: 1 } as const, { status: 'success', startedAt: 2 } as const];
    assert.equal(laterRun(early, late), late);
    assert.equal(laterRun(late, early), late);
    assert.equal(laterRun(undefined, early), early);
    assert.equal(laterRun(undefined, undefined), undefined);
  });
});

describe('messages of the overview', () => {
  it('are taken when they are what they should be', () => {
    for (const message of [
      { type: 'ready', protocol: 1 },
      { type: 'action' },
      { type: 'open', key: 'k', target: 'source' },
    ]) {
      assert.deepEqual(parseOverviewMessage(message), message);
    }
    for (const message of [
      null,
      'ready',
      {},
      { type: 'ready' },
      { type: 'open', key: 1, target: 'graph' },
      { type: 'open', key: 'k' },
    ]) {
      assert.equal(parseOverviewMessage(message), undefined);
    }
  });
});
