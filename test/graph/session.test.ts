/** One graph panel and its host, with a stand-in for what it touches of VS Code. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { startSession } from '../../client/src/graph/session.ts';
import type { GraphSession } from '../../client/src/graph/session.ts';
import type { GraphResult, ServerStatus } from '../../common/protocol/messages.ts';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { HostToPanel, PanelHostState, PanelToHost } from '../../common/protocol/panel.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { keyOf, project, step, workflow } from './builder.ts';
import { modelOf } from './graph-of.ts';

/** The part of vscode.EventEmitter that counts here. */
class Emitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  get listeners(): number {
    return this.#listeners.size;
  }
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}

class FakeUri {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `file://${this.path}`;
  }
}

const first = modelOf(project(workflow('w', [step('a')])), keyOf('w'), []);
const second = modelOf(project(workflow('w', [step('a'), step('b')])), keyOf('w'), []);
const target = { uri: 'file:///project/orders.ts', key: keyOf('w'), title: 'w' };

interface World {
  readonly session: GraphSession;
  /** Answers the oldest open request, and waits until the panel has been told. */
  answer(result: GraphResult | Error): Promise<void>;
  readonly requests: () => number;
  readonly states: readonly PanelHostState[];
  readonly posted: readonly HostToPanel[];
  send(message: unknown): void;
  readonly commands: readonly unknown[];
  readonly warnings: readonly string[];
  readonly modelChanged: Emitter<readonly string[]>;
  readonly status: Emitter<ServerStatus>;
  readonly statuses: Map<string, ServerStatus>;
  readonly runChanged: Emitter<string>;
  events: readonly RunEvent[] | undefined;
  /** Id of the recording that is shown. */
  recorded: string | undefined;
  readonly told: readonly string[];
  readonly cleared: readonly string[];
  readonly panel: { title: string; visible: boolean };
  hide(): void;
  show(): void;
  close(): void;
  readonly clipboard: readonly string[];
  /** What was exported, with the title of the workflow. */
  readonly exported: readonly unknown[];
}

function start(): World {
  const open: { resolve(result: GraphResult): void; reject(error: Error): void }[] = [];
  const received = new Emitter<unknown>();
  const viewState = new Emitter<undefined>();
  const closed = new Emitter<undefined>();
  const posted: HostToPanel[] = [];
  const commands: unknown[] = [];
  const warnings: string[] = [];
  const told: string[] = [];
  const cleared: string[] = [];
  const clipboard: string[] = [];
  const exported: unknown[] = [];
  const modelChanged = new Emitter<readonly string[]>();
  const status = new Emitter<ServerStatus>();
  const statuses = new Map<string, ServerStatus>();
  const runChanged = new Emitter<string>();
  let requests = 0;
  const panel = {
    title: '',
    visible: true,
    viewColumn: 2,
    webview: {
      cspSource: 'https://webview',
      asWebviewUri: (uri: unknown) => uri,
      onDidReceiveMessage: received.event,
      postMessage: (message: HostToPanel) => posted.push(message),
    },
    onDidChangeViewState: viewState.event,
    onDidDispose: closed.event,
  };
  const code = {
    Uri: {
      parse: (text: string) => new FakeUri(text.replace('file://', '')),
      joinPath: (base: FakeUri, ...parts: readonly string[]) => new FakeUri([base.path, ...parts].join('/')),
    },
    commands: {
      executeCommand: (...parameters: readonly unknown[]) => Promise.resolve(commands.push(parameters)),
    },
    window: { showInformationMessage: (text: string) => Promise.resolve(told.push(text)) },
    env: { clipboard: { writeText: (text: string) => Promise.resolve(clipboard.push(text)) } },
  };
  const world: World = {
    session: undefined as unknown as GraphSession,
    async answer(result) {
      const request = open.shift();
      assert.ok(request, 'nothing was asked');
      if (result instanceof Error) request.reject(result);
      else request.resolve(result);
      // The answer travels through a few promises.
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
    requests: () => requests,
    get states() {
      return posted.flatMap((message) => (message.type === 'state' ? [message.state] : []));
    },
    posted,
    send(message) {
      received.fire(message);
    },
    commands,
    warnings,
    modelChanged,
    status,
    statuses,
    runChanged,
    events: undefined,
    recorded: undefined,
    told,
    cleared,
    panel,
    show() {
      panel.visible = true;
      viewState.fire(undefined);
    },
    hide() {
      panel.visible = false;
      viewState.fire(undefined);
    },
    close() {
      closed.fire(undefined);
    },
    clipboard,
    exported,
  };
  const uri = new FakeUri('/extension');
  const session = startSession(
    {
      // The stand-in has what a session uses of VS Code; a use of anything else fails the test.
      vscode: code as unknown as typeof vscode,
      dist: uri as unknown as vscode.Uri,
      icon: { light: uri as unknown as vscode.Uri, dark: uri as unknown as vscode.Uri },
      server: {
        request: async () => {
          requests += 1;
          const result = await new Promise<GraphResult>((resolve, reject) => {
            open.push({ resolve, reject });
          });
          return result;
        },
        onModelChanged: modelChanged.event,
        onStatus: status.event,
        statuses,
      },
      runs: {
        events: () => world.events,
        recorded: () => world.recorded,
        clear: (key) => cleared.push(key),
        onDidChange: runChanged.event,
      },
      log: { debug: () => undefined, warn: (message: string) => warnings.push(message) },
      answers: { offer: () => ({ dispose: () => undefined }) },
      takeExport: (about, message) => {
        exported.push([about.title, message]);
        return Promise.resolve();
      },
    },
    panel as unknown as vscode.WebviewPanel,
    target,
  );
  return Object.assign(world, { session });
}

const ready: PanelToHost = { type: 'ready', protocol: panelProtocolVersion };

describe('graph panel and its host', () => {
  it('posts nothing before the page listens, then the state and the highlight', async () => {
    const world = start();
    world.session.highlight('a');
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.posted.length, 0);
    world.send(ready);
    assert.equal(world.states.at(-1)?.graph, first);
    assert.deepEqual(world.posted.at(-1), { type: 'highlight', node: 'a' });
  });

  it('says that it is starting until the first answer', () => {
    const world = start();
    world.send(ready);
    assert.deepEqual(world.states, [
      {
        target,
        graph: undefined,
        notice: { kind: 'starting', message: 'Reading orders.ts…' },
        canRun: false,
        pinned: false,
      },
    ]);
  });

  it('asks once more for any number of changes while an answer is awaited', async () => {
    const world = start();
    world.send(ready);
    for (let change = 0; change < 5; change += 1) world.modelChanged.fire([target.uri]);
    assert.equal(world.requests(), 1);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.requests(), 2);
    await world.answer({ kind: 'graph', graph: second, version: 2 });
    assert.equal(world.requests(), 2);
    assert.equal(world.states.at(-1)?.graph, second);
  });

  it('keeps the last good drawing while the file does not parse, and when the workflow is gone', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    world.modelChanged.fire([target.uri]);
    await world.answer({ kind: 'broken', message: "')' expected." });
    assert.equal(world.states.at(-1)?.graph, first);
    assert.equal(world.states.at(-1)?.notice?.kind, 'stale');
    world.modelChanged.fire([target.uri]);
    await world.answer({ kind: 'gone' });
    assert.equal(world.states.at(-1)?.graph, first);
    world.modelChanged.fire([target.uri]);
    await world.answer({ kind: 'graph', graph: second, version: 4 });
    assert.deepEqual([world.states.at(-1)?.graph, world.states.at(-1)?.notice], [second, undefined]);
  });

  it('tells why there is no answer, and asks again when the server is back', async () => {
    const world = start();
    world.send(ready);
    await world.answer(new Error('The language server ended three times.'));
    assert.deepEqual(world.states.at(-1)?.notice, {
      kind: 'failed',
      message: 'The language server ended three times.',
    });
    world.status.fire({ state: 'ready', folder: '/project', workflows: 1, mastraVersion: '1.71.0' });
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.states.at(-1)?.notice, undefined);
  });

  it('goes by the status of its own folder', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    const other: ServerStatus = { state: 'structure-only', folder: 'file:///project2', workflows: 1 };
    world.statuses.set('file:///proj', { ...other, folder: 'file:///proj' });
    world.statuses.set('file:///project2', other);
    world.status.fire(other);
    assert.equal(world.states.at(-1)?.notice, undefined);
    world.statuses.set('file:///project', { ...other, folder: 'file:///project' });
    world.status.fire(other);
    assert.equal(world.states.at(-1)?.notice?.kind, 'structure-only');
  });

  it('runs, cancels, clears and copies', () => {
    const world = start();
    for (const message of [{ type: 'run' }, { type: 'cancel' }, { type: 'clear-run' }, { type: 'copy', text: 'x' }]) {
      world.send(message);
    }
    const about = { uri: target.uri, key: target.key };
    assert.deepEqual(world.commands, [
      ['mastra.runWorkflow', about],
      ['mastra.cancelRun', about],
    ]);
    assert.deepEqual([world.cleared, world.clipboard], [[target.key], ['x']]);
  });

  it('resumes the recorded run that is shown, and cancels no other one', () => {
    const world = start();
    world.recorded = 'recording';
    world.send({ type: 'cancel' });
    world.send({ type: 'resume', node: 'a' });
    assert.deepEqual(world.commands, [['mastra.resumeRecorded', { kind: 'run', run: { id: 'recording' } }]]);
    assert.match(world.told[0] ?? '', /recording of a run/);
  });

  it('refuses what is not a message, and says so in the log', () => {
    const world = start();
    world.send({ type: 'reveal', node: 1 });
    assert.match(world.warnings[0] ?? '', /not a message/);
  });

  it('lays a run over the drawing, a burst of its events at once', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    const told = () => world.posted.flatMap((message) => (message.type === 'run-events' ? [message] : []));
    world.events = [
      { seq: 0, time: 1, type: 'run-started', runId: 'r', workflowId: 'w', input: {} },
      { seq: 1, time: 2, type: 'step-started', step: ['a'], callId: undefined, input: {}, iteration: undefined },
    ];
    for (let event = 0; event < 50; event += 1) world.runChanged.fire(target.key);
    world.runChanged.fire('another#workflow');
    while (told().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(
      told().map(({ from, events }) => [from, events.map(({ type }) => type)]),
      [[0, ['run-started', 'step-started']]],
    );
  });

  it('keeps a run that is pinned when others come, and lets go of it', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    const run = (runId: string): RunEvent[] => [
      { seq: 0, time: 1, type: 'run-started', runId, workflowId: 'w', input: {} },
    ];
    const shown = () =>
      world.posted.flatMap((message) =>
        message.type === 'run-events' ? message.events.map((event) => ('runId' in event ? event.runId : '')) : [],
      );
    world.events = run('first');
    world.send({ type: 'pin', pinned: true });
    assert.deepEqual([world.states.at(-1)?.pinned, world.session.pinned, shown()], [true, true, ['first']]);
    world.events = run('second');
    world.recorded = '2026-second';
    world.runChanged.fire(target.key);
    world.send({ type: 'resume', node: undefined });
    await Promise.resolve();
    assert.deepEqual(world.commands.at(-1), ['mastra.resumeRun', { key: target.key }]);
    world.send({ type: 'clear-run' });
    assert.deepEqual([world.session.pinned, world.cleared, shown()], [false, [], ['first', 'second']]);
    world.send({ type: 'clear-run' });
    assert.deepEqual(world.cleared, [target.key]);
  });

  it('has nothing to pin where no run is shown', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    world.send({ type: 'pin', pinned: true });
    assert.equal(world.states.at(-1)?.pinned, false);
  });

  it('hands on what is exported, and asks for an export when the page listens', async () => {
    const world = start();
    const request = { type: 'export', format: 'png', place: 'file' } as const;
    world.session.export(request);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.posted.length, 0);
    world.send(ready);
    assert.deepEqual(world.posted.at(-1), request);
    world.session.export(request);
    assert.equal(world.posted.filter(({ type }) => type === 'export').length, 2);
    const bytes = new Uint8Array([1, 2]);
    world.send({ type: 'export', format: 'png', bytes, note: undefined });
    world.send({ type: 'export', format: 'svg', place: 'clipboard', text: '<svg/>' });
    world.send({ type: 'export', format: 'json', place: 'file' });
    world.send({ type: 'not-exported', text: 'Too large.' });
    world.send({ type: 'export', format: 'png', bytes: 'no bytes' });
    assert.deepEqual(world.exported, [
      ['w', { type: 'export', format: 'png', bytes, note: undefined }],
      ['w', { type: 'export', format: 'svg', place: 'clipboard', text: '<svg/>' }],
      ['w', { type: 'export', format: 'json', place: 'file' }],
      ['w', { type: 'not-exported', text: 'Too large.' }],
    ]);
    assert.equal(world.warnings.length, 1);
  });

  it('shows all workflows on demand', () => {
    const world = start();
    world.send({ type: 'show-all-workflows' });
    assert.deepEqual(world.commands, [['mastra.showAllWorkflows']]);
  });

  it('asks for nothing while it is hidden, and once when it is shown again', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    world.hide();
    for (let change = 0; change < 5; change += 1) world.modelChanged.fire([target.uri]);
    assert.equal(world.requests(), 1);
    world.show();
    assert.equal(world.requests(), 2);
    world.send(ready);
    await world.answer({ kind: 'graph', graph: second, version: 6 });
    assert.equal(world.states.at(-1)?.graph, second);
  });

  it('posts nothing to a hidden page, and the state when it is shown again', async () => {
    const world = start();
    world.send(ready);
    world.hide();
    const before = world.posted.length;
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.posted.length, before);
    world.send(ready);
    assert.equal(world.states.at(-1)?.graph, first);
  });

  it('is named after the workflow, and lets go of everything when it is closed', async () => {
    const world = start();
    assert.equal(world.panel.title, 'Mastra: w');
    world.close();
    assert.deepEqual([world.modelChanged.listeners, world.status.listeners, world.runChanged.listeners], [0, 0, 0]);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.deepEqual(world.posted, []);
  });
});
