/** One graph panel and its host, with a stand-in for what it touches of VS Code. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { answersInPlace } from '../../client/src/graph/answers.ts';
import type { AnswersInPlace } from '../../client/src/graph/answers.ts';
import type { GraphSession } from '../../client/src/graph/contract.ts';
import { startSession } from '../../client/src/graph/session.ts';
import type { ShownRecording } from '../../client/src/history/shown.ts';
import type { RunForms } from '../../client/src/run/form/ask.ts';
import type { GraphResult, ServerStatus } from '../../common/protocol/messages.ts';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { HostToPanel, PanelHostState, PanelToHost } from '../../common/protocol/panel.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { keyOf, project, step, workflow } from './builder.ts';
import { Emitter } from './emitter.ts';
import { modelOf } from './graph-of.ts';

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

export const first = modelOf(project(workflow('w', [step('a')])), keyOf('w'), []);
export const second = modelOf(project(workflow('w', [step('a'), step('b')])), keyOf('w'), []);
export const target = { uri: 'file:///project/orders.ts', key: keyOf('w'), title: 'w' };

export interface World {
  readonly session: GraphSession;
  /** Answers the oldest open request, and waits until the panel has been told. */
  answer(result: GraphResult | Error): Promise<void>;
  readonly requests: () => number;
  readonly states: readonly PanelHostState[];
  readonly posted: readonly HostToPanel[];
  send(message: unknown): void;
  readonly commands: readonly unknown[];
  /** What every command does. */
  command: () => Promise<void>;
  /** Where answers are asked for, as the run service does. */
  readonly answers: AnswersInPlace;
  /** Titles of what was asked in a form of its own, as no panel offered to. */
  readonly inForm: readonly string[];
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

/** What VS Code and the history have from before, where the window was loaded anew. */
export interface Before {
  /** Mastra's id of the run that the panel kept. */
  readonly pinned?: string;
  readonly findRecording?: (runId: string) => Promise<ShownRecording | undefined>;
}

export function start({ pinned, findRecording = () => Promise.resolve(undefined) }: Before = {}): World {
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
  const inForm: string[] = [];
  const fakeForms: RunForms = {
    askInputs: () => Promise.resolve(undefined),
    askValue: ({ title }) => {
      inForm.push(title);
      return Promise.resolve(undefined);
    },
    reveal: () => false,
    dismiss: () => undefined,
  };
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
      executeCommand: (...parameters: readonly unknown[]) => {
        commands.push(parameters);
        return world.command();
      },
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
    command: () => Promise.resolve(),
    answers: answersInPlace(fakeForms),
    inForm,
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
      answers: world.answers,
      findRecording,
      takeExport: (about, message) => {
        exported.push([about.title, message]);
        return Promise.resolve();
      },
    },
    panel as unknown as vscode.WebviewPanel,
    target,
    pinned,
  );
  return Object.assign(world, { session });
}

export const ready: PanelToHost = { type: 'ready', protocol: panelProtocolVersion };
