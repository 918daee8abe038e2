/** The language server as the rest of the extension sees it: typed requests, its state, start, restart and stop. */
import type * as vscode from 'vscode';
import type * as languageClient from 'vscode-languageclient/node';
import type { Notifications, Requests, ServerStatus } from '../../common/protocol/index.ts';
import { createCrashPolicy } from './crash.ts';
import { clientOptions } from './languageClient.ts';
import type { Relevance } from './relevance.ts';
import { startServerProcess } from './serverProcess.ts';

export interface WorkflowServer {
  /**
   * Sends a request of common/protocol/messages.ts; starts the server when it was not started yet.
   * Rejects with `ServerUnavailable` when there is no server to ask, with a cancellation error when `token` fires.
   */
  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
    token?: vscode.CancellationToken,
  ): Promise<Requests[M]['result']>;
  /** URIs of the files whose model was computed anew. */
  readonly onModelChanged: vscode.Event<readonly string[]>;
  /** What a folder's status became; `failed` for every folder when the server itself is lost. */
  readonly onStatus: vscode.Event<ServerStatus>;
  /** Last status by folder. */
  readonly statuses: ReadonlyMap<string, ServerStatus>;
  readonly onState: vscode.Event<ServerState>;
  readonly state: ServerState;
  /** Resolves when the server answers, at once when it already does. Rejects with `ServerUnavailable`. */
  start(): Promise<void>;
  /** Also the way back after the server was given up. Rejects with `ServerUnavailable`. */
  restart(): Promise<void>;
  /** Resolves when the process has ended (or was told to, for two seconds). */
  stop(): Promise<void>;
  /** How many server processes this window has started. */
  readonly starts: number;
  /** Ends the events; call `stop` first. */
  dispose(): void;
}

export type ServerState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly reason: string };

/** There is no language server to ask; the message is written for the user. */
export class ServerUnavailable extends Error {
  override readonly name = 'ServerUnavailable';
}

export interface WorkflowServerDependencies {
  readonly vscode: typeof vscode;
  /** Absolute path of the bundled server. */
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  readonly relevance: Relevance;
  /** Loading vscode-languageclient is put off until a server is wanted. */
  readonly loadLanguageClient: () => Promise<typeof languageClient>;
  /** The server ended too often and stays off. */
  readonly onGivenUp: (reason: string) => void;
}

export function createWorkflowServer(dependencies: WorkflowServerDependencies): WorkflowServer {
  const { vscode, log, relevance } = dependencies;
  const modelChanged = new vscode.EventEmitter<readonly string[]>();
  const statusChanged = new vscode.EventEmitter<ServerStatus>();
  const stateChanged = new vscode.EventEmitter<ServerState>();
  const statuses = new Map<string, ServerStatus>();
  const crashes = createCrashPolicy();
  let state: ServerState = { kind: 'stopped' };
  let launched: Promise<languageClient.LanguageClient> | undefined;
  let answered = false;
  let starts = 0;

  const setState = (next: ServerState) => {
    state = next;
    stateChanged.fire(next);
  };

  const setStatus = (status: ServerStatus) => {
    statuses.set(status.folder, status);
    statusChanged.fire(status);
  };

  const fail = (reason: string) => {
    log.error(reason);
    setState({ kind: 'failed', reason });
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      setStatus({ state: 'failed', folder: folder.uri.toString(), reason });
    }
  };

  /** The process ended by itself; returns whether to start it again. */
  const ended = (): boolean => {
    if (!answered) {
      // It never came up: whoever waits for the start reports that.
      return false;
    }
    if (crashes.mayRestart()) {
      log.warn('The language server ended unexpectedly. Starting it again.');
      setState({ kind: 'starting' });
      return true;
    }
    const reason = `The language server ended unexpectedly ${crashes.count} times within a few minutes.`;
    fail(reason);
    dependencies.onGivenUp(reason);
    return false;
  };

  const launch = async (): Promise<languageClient.LanguageClient> => {
    setState({ kind: 'starting' });
    const library = await dependencies.loadLanguageClient();
    const client = new library.LanguageClient(
      'mastra',
      'Mastra',
      () => Promise.resolve(startServerProcess(dependencies.module)),
      clientOptions({ vscode, library, log, relevance, ended }),
    );
    client.onNotification('mastra/status' satisfies keyof Notifications, setStatus);
    client.onNotification(
      'mastra/modelChanged' satisfies keyof Notifications,
      ({ uris }: Notifications['mastra/modelChanged']) => {
        relevance.learn(uris);
        modelChanged.fire(uris);
      },
    );
    client.onDidChangeState(({ newState }) => {
      switch (newState) {
        case library.State.Starting:
          starts += 1;
          return;
        case library.State.Running:
          answered = true;
          setState({ kind: 'running' });
          return;
        case library.State.StartFailed:
          if (answered) {
            fail('The language server could not be started again.');
          }
          return;
        case library.State.Stopped:
          return;
      }
    });
    await client.start();
    return client;
  };

  const ensure = (): Promise<languageClient.LanguageClient> => {
    launched ??= launch().catch((error: unknown) => {
      launched = undefined;
      const reason = `The language server could not be started: ${messageOf(error)}`;
      fail(reason);
      throw new ServerUnavailable(reason, { cause: error });
    });
    return launched;
  };

  const stop = async () => {
    const last = launched;
    launched = undefined;
    const client = await last?.catch(() => undefined);
    await client?.dispose().catch((error: unknown) => {
      log.warn(`The language server did not stop by itself: ${messageOf(error)}`);
    });
    answered = false;
    statuses.clear();
    relevance.know([]);
    setState({ kind: 'stopped' });
  };

  return {
    async request(method, params, token) {
      const client = await ensure();
      if (state.kind === 'failed') {
        throw new ServerUnavailable(state.reason);
      }
      // A token that is undefined would be sent as a second parameter.
      return token ? client.sendRequest(method, params, token) : client.sendRequest(method, params);
    },
    onModelChanged: modelChanged.event,
    onStatus: statusChanged.event,
    statuses,
    onState: stateChanged.event,
    get state() {
      return state;
    },
    async start() {
      await ensure();
    },
    async restart() {
      crashes.forget();
      await stop();
      await ensure();
    },
    stop,
    get starts() {
      return starts;
    },
    dispose() {
      modelChanged.dispose();
      statusChanged.dispose();
      stateChanged.dispose();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
