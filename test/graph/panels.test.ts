/** Several graph panels at once, with a stand-in for what they touch of VS Code. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { registerGraphPanels } from '../../client/src/graph/panel.ts';
import type { GraphPanels } from '../../client/src/graph/panel.ts';
import type { HostToPanel, PanelToHost } from '../../common/protocol/panel.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { keyOf, project, step, workflow } from './builder.ts';
import { modelOf } from './graph-of.ts';

const model = modelOf(project(workflow('place-order', [step('a')])), keyOf('place-order'), []);
const order = { uri: 'file:///project/order.ts', key: keyOf('place-order') };
const refund = { uri: 'file:///project/refund.ts', key: keyOf('refund') };
const nothing = { dispose: () => undefined };
const never = () => nothing;

class FakePanel {
  active = true;
  visible = true;
  title = '';
  viewColumn: number;
  reveals = 0;
  disposed = false;
  readonly posted: HostToPanel[] = [];
  #receive: (message: PanelToHost) => void = () => undefined;
  readonly #closed: (() => void)[] = [];
  readonly #changed: (() => void)[] = [];
  constructor(viewColumn: number) {
    this.viewColumn = viewColumn;
  }
  readonly webview = {
    cspSource: 'https://webview',
    asWebviewUri: (uri: unknown) => uri,
    onDidReceiveMessage: (listener: (message: PanelToHost) => void) => {
      this.#receive = listener;
      return nothing;
    },
    postMessage: (message: HostToPanel) => this.posted.push(message),
  };
  readonly onDidChangeViewState = (listener: () => void) => {
    this.#changed.push(listener);
    return nothing;
  };
  readonly onDidDispose = (listener: () => void) => {
    this.#closed.push(listener);
    return nothing;
  };
  send(message: PanelToHost): void {
    this.#receive(message);
  }
  reveal(): void {
    this.reveals += 1;
  }
  /** It came to the front, or went behind another. */
  focus(active: boolean): void {
    this.active = active;
    for (const listener of this.#changed) listener();
  }
  dispose(): void {
    this.disposed = true;
    for (const listener of this.#closed) listener();
  }
}

interface World {
  readonly panels: GraphPanels;
  readonly opened: readonly FakePanel[];
  readonly restore: (state: unknown) => FakePanel;
  events: readonly RunEvent[] | undefined;
  /** Ids of the runs that were looked for in the history. */
  readonly sought: readonly string[];
}

function start(): World {
  const opened: FakePanel[] = [];
  let restore: (panel: FakePanel, state: unknown) => void = () => undefined;
  const uri = (path: string) => ({ path, fsPath: path, toString: () => path });
  const code = {
    Uri: {
      parse: uri,
      joinPath: (base: { path: string }, ...parts: readonly string[]) => uri([base.path, ...parts].join('/')),
    },
    ViewColumn: { Beside: -2, Active: -1 },
    window: {
      activeTextEditor: undefined,
      createWebviewPanel: (_type: string, _title: string, options: { readonly viewColumn: number }) => {
        for (const panel of opened) panel.focus(false);
        const panel = new FakePanel(options.viewColumn);
        opened.push(panel);
        return panel;
      },
      registerWebviewPanelSerializer: (
        _type: string,
        serializer: { readonly deserializeWebviewPanel: (panel: FakePanel, state: unknown) => void },
      ) => {
        restore = (panel, state) => serializer.deserializeWebviewPanel(panel, state);
        return nothing;
      },
      onDidChangeTextEditorSelection: never,
      onDidChangeActiveTextEditor: never,
    },
  };
  const world: { events: readonly RunEvent[] | undefined; readonly sought: string[] } = {
    events: undefined,
    sought: [],
  };
  const panels = registerGraphPanels({
    // A use of anything else of VS Code fails the test.
    vscode: code as unknown as typeof vscode,
    context: { extensionUri: uri('/extension') } as unknown as vscode.ExtensionContext,
    server: {
      request: () => Promise.resolve({ kind: 'graph', graph: model, version: 1 }) as Promise<never>,
      onModelChanged: never,
      onStatus: never,
      statuses: new Map(),
    },
    runs: { events: () => world.events, clear: () => undefined, onDidChange: never },
    log: { debug: () => undefined, warn: (text: string) => assert.fail(text) } as unknown as vscode.LogOutputChannel,
    answers: { offer: () => ({ dispose: () => undefined }) },
    findRecording: (runId) => {
      world.sought.push(runId);
      return Promise.resolve(undefined);
    },
    takeExport: () => Promise.resolve(),
  });
  return Object.assign(world, {
    panels,
    opened,
    restore(state: unknown) {
      const panel = new FakePanel(1);
      restore(panel, state);
      return panel;
    },
  });
}

describe('graph panels', () => {
  it('are one for each workflow, unless another one is asked for', async () => {
    const { panels, opened } = start();
    await panels.show(order);
    await panels.show(refund);
    await panels.show(order);
    assert.deepEqual([opened.length, opened[0]?.reveals], [2, 1]);
    if (opened[0] !== undefined) opened[0].viewColumn = 3;
    panels.openAnother(order);
    assert.deepEqual([opened.length, opened[2]?.viewColumn], [3, 3]);
  });

  it('show a workflow in the one that was in front last', async () => {
    const { panels, opened } = start();
    await panels.show(order);
    panels.openAnother(order);
    opened[0]?.focus(true);
    opened[1]?.focus(false);
    await panels.show(order);
    assert.deepEqual(
      opened.map(({ reveals }) => reveals),
      [1, 0],
    );
    opened[0]?.dispose();
    await panels.show(order);
    assert.equal(opened[1]?.reveals, 1);
  });

  it('that keep a run are left alone: what comes next has one of its own', async () => {
    const world = start();
    const { panels, opened } = world;
    await panels.show(order);
    world.events = [{ seq: 0, time: 1, type: 'run-started', runId: 'r', workflowId: 'w', input: {} }];
    opened[0]?.send({ type: 'pin', pinned: true });
    await panels.show(order);
    assert.deepEqual([opened.length, opened[0]?.reveals], [2, 0]);
  });

  it('come back after a reload of the window, also two of one workflow', async () => {
    const { panels, opened, restore, sought } = start();
    const state = {
      target: { ...order, title: 'place-order' },
      zoom: 1,
      scrollX: 0,
      scrollY: 0,
    };
    const restored = [restore(state), restore({ ...state, pinned: 'run-1' })];
    assert.deepEqual(sought, ['run-1']);
    assert.ok(restored.every((panel) => !panel.disposed));
    assert.equal(restore({ of: 'an older version' }).disposed, true);
    await panels.show(order);
    assert.equal(opened.length, 0);
    panels.dispose();
    assert.ok(restored.every((panel) => panel.disposed));
  });

  it('export what the one in front shows, and open one where there is none', () => {
    const { panels, opened } = start();
    const request = { type: 'export', format: 'svg', place: 'file' } as const;
    panels.export(order, request);
    assert.equal(panels.active()?.key, order.key);
    const panel = opened[0];
    assert.ok(panel);
    panel.send({ type: 'ready', protocol: 0 });
    assert.deepEqual(
      panel.posted.filter(({ type }) => type === 'export'),
      [request],
    );
    panels.export(order, request);
    assert.deepEqual([opened.length, panel.reveals], [1, 1]);
    panel.focus(false);
    assert.equal(panels.active(), undefined);
  });
});
