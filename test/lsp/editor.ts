/** An editor without a window: starts the bundled language server, speaks LSP with it over stdio, and keeps what it says. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type FileChangeType,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Requests, ServerStatus } from '../../common/protocol/messages.ts';
import { uriOfFile } from '../../server/src/typescript/files.ts';

/** A diagnostic as our server sends it: its message is plain text. */
export type Problem = Diagnostic & { readonly message: string };

export const serverBundle = path.resolve(import.meta.dirname, '../../dist/server.cjs');

export interface Editor {
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Everything that the server wrote to its log, but for what is shown at the level Debug only. */
  readonly log: readonly string[];
  readonly debugLog: readonly string[];
  readonly statuses: readonly ServerStatus[];
  /** All publications in order, as they came. */
  readonly published: readonly PublishDiagnosticsParams[];
  uri(file: string): string;
  /** Opens a file with its text on disk, or with `text`. */
  open(file: string, text?: string): void;
  /** Replaces the first `search` of an open file, as typing does; nothing is saved. */
  replace(file: string, search: string, replacement: string): void;
  close(file: string): void;
  text(file: string): string;
  save(file: string): void;
  diskChanged(type: FileChangeType, ...files: readonly string[]): void;
  /** What Problems shows for a file now. */
  problems(file: string): readonly Problem[];
  /** The text that a diagnostic underlines. */
  underlined(file: string, diagnostic: Diagnostic): string;
  /** Waits for the first diagnostics of a file that satisfy `condition`. */
  problemsWhen(file: string, condition: (diagnostics: readonly Problem[]) => boolean): Promise<readonly Problem[]>;
  /** Waits, looking again after each message of the server. */
  until(what: string, condition: () => boolean): Promise<void>;
  ready(): Promise<ServerStatus>;
  request<M extends keyof Requests>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']>;
  quickFixes(file: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]>;
  /** Applies an action to the open documents, as the editor does: not where the text has moved on. */
  apply(action: CodeAction): void;
  lenses(file: string): Promise<readonly CodeLens[]>;
  /** What the editor answers when it is asked for `mastra.rules`, and for other settings by their names. */
  settings(rules: object, others?: Readonly<Record<string, unknown>>): void;
  /** The text of an open file's position: where `search` begins, `offset` characters further on. */
  position(file: string, search: string, offset?: number): Position;
  /** A request of LSP about a place in a file. */
  ask<R>(method: string, file: string, params?: object): Promise<R>;
  /** How often the server asked for inlay hints to be asked for again. */
  readonly hintRefreshes: () => number;
  changeFolders(change: { readonly added?: readonly string[]; readonly removed?: readonly string[] }): void;
  /** Shuts the server down as an editor does; resolves with its exit code. */
  quit(): Promise<number | null>;
}

export interface EditorOptions {
  /** Workspace folders; `folder` alone by default. */
  readonly workspace?: readonly string[];
  readonly rules?: object;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly server?: string;
}

/** `MessageType.Debug` of LSP 3.18. */
const debugMessage = 5;

/** Starts a server for the workspace `folder`; files are named relative to it. */
export async function openEditor(folder: string, options: EditorOptions = {}): Promise<Editor> {
  const server = spawn(process.execPath, [options.server ?? serverBundle, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const documents = new Map<string, TextDocument>();
  const problems = new Map<string, readonly Problem[]>();
  const published: PublishDiagnosticsParams[] = [];
  const statuses: ServerStatus[] = [];
  const log: string[] = [];
  const debugLog: string[] = [];
  const waiting = new Set<() => void>();
  let rules = options.rules ?? {};
  let otherSettings = options.settings ?? {};
  let hintRefreshes = 0;
  const heard = () => {
    for (const look of [...waiting]) look();
  };

  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    problems.set(params.uri, params.diagnostics.filter(isPlain));
    heard();
  });
  connection.onNotification('mastra/status', (status: ServerStatus) => {
    statuses.push(status);
    heard();
  });
  connection.onNotification('mastra/modelChanged', heard);
  connection.onNotification(
    'window/logMessage',
    ({ type, message }: { readonly type: number; readonly message: string }) => {
      (type === debugMessage ? debugLog : log).push(message);
      heard();
    },
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest(
    'workspace/configuration',
    ({ items }: { readonly items: readonly { readonly section: string }[] }) =>
      items.map(({ section }) => (section === 'mastra.rules' ? rules : (otherSettings[section] ?? null))),
  );
  connection.onRequest('workspace/inlayHint/refresh', () => {
    hintRefreshes += 1;
    heard();
    return null;
  });
  connection.listen();

  const absolute = (file: string) => path.resolve(folder, file);
  const uri = (file: string) => uriOfFile(absolute(file));
  const workspaceFolders = (options.workspace ?? [folder]).map((name) => ({
    uri: uri(name),
    name: path.basename(name),
  }));
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri('.'),
    workspaceFolders,
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        didChangeConfiguration: { dynamicRegistration: true },
        inlayHint: { refreshSupport: true },
      },
      textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
    },
  });
  await connection.sendNotification('initialized', {});

  const tell = (method: string, params: object) => void connection.sendNotification(method, params);
  const document = (file: string): TextDocument => {
    const open = documents.get(uri(file));
    if (open === undefined) throw new Error(`${file} is not open.`);
    return open;
  };
  const edit = (open: TextDocument, edits: readonly TextEdit[]) => {
    const text = TextDocument.applyEdits(open, [...edits]);
    const changed = TextDocument.create(open.uri, open.languageId, open.version + 1, text);
    documents.set(open.uri, changed);
    tell('textDocument/didChange', {
      textDocument: { uri: open.uri, version: changed.version },
      contentChanges: edits.length === 1 ? [{ range: edits[0]?.range, text: edits[0]?.newText }] : [{ text }],
    });
  };

  const editor: Editor = {
    server,
    connection,
    initialized,
    log,
    debugLog,
    statuses,
    published,
    uri,
    open(file, text = readFileSync(absolute(file), 'utf8')) {
      const opened = TextDocument.create(uri(file), 'typescript', 1, text.replace(/^\uFEFF/, ''));
      documents.set(opened.uri, opened);
      const { languageId, version } = opened;
      tell('textDocument/didOpen', { textDocument: { uri: opened.uri, languageId, version, text: opened.getText() } });
    },
    replace(file, search, replacement) {
      const open = document(file);
      const start = open.getText().indexOf(search);
      if (start < 0) throw new Error(`${file} does not contain ${JSON.stringify(search)}.`);
      const range = { start: open.positionAt(start), end: open.positionAt(start + search.length) };
      edit(open, [{ range, newText: replacement }]);
    },
    close(file) {
      documents.delete(uri(file));
      tell('textDocument/didClose', { textDocument: { uri: uri(file) } });
    },
    text: (file) => document(file).getText(),
    save(file) {
      writeFileSync(absolute(file), document(file).getText());
      tell('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(file), type: 2 }] });
    },
    diskChanged(type, ...files) {
      tell('workspace/didChangeWatchedFiles', { changes: files.map((file) => ({ uri: uri(file), type })) });
    },
    problems: (file) => problems.get(uri(file)) ?? [],
    underlined(file, { range }) {
      const text = documents.get(uri(file))?.getText() ?? readFileSync(absolute(file), 'utf8');
      return TextDocument.create('', '', 0, text).getText(range);
    },
    async problemsWhen(file, condition) {
      await editor.until(`the problems of ${file}`, () => problems.has(uri(file)) && condition(editor.problems(file)));
      return editor.problems(file);
    },
    until(what, condition) {
      return new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          waiting.delete(look);
          clearTimeout(timer);
          end();
        };
        const look = () => {
          if (condition()) settle(resolve);
        };
        // Not an assertion about time: it says what was waited for when mocha's own limit would only say "timeout".
        const timer = setTimeout(() => {
          const state = JSON.stringify({ problems: [...problems], status: statuses.at(-1), log }, null, 1);
          settle(() => {
            reject(new Error(`Waited in vain for ${what}. ${state}`));
          });
        }, 45_000);
        waiting.add(look);
        look();
      });
    },
    async ready() {
      const isDone = (status: ServerStatus | undefined) => status !== undefined && status.state !== 'starting';
      await editor.until('the server to be ready', () => isDone(statuses.at(-1)));
      const last = statuses.at(-1);
      if (last === undefined) throw new Error('The server has no status.');
      return last;
    },
    request: (method, params) => connection.sendRequest(method, params),
    async quickFixes(file, diagnostic) {
      const actions: CodeAction[] | null = await connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uri(file) },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic], only: ['quickfix'] },
      });
      return actions ?? [];
    },
    apply(action) {
      for (const change of action.edit?.documentChanges ?? []) {
        if (!('edits' in change)) throw new Error('Only text edits are expected.');
        const open = documents.get(change.textDocument.uri);
        if (open === undefined) throw new Error(`${change.textDocument.uri} is not open.`);
        if (change.textDocument.version !== null && change.textDocument.version !== open.version) {
          throw new Error(`The edit is for version ${String(change.textDocument.version)} of ${open.uri}.`);
        }
        edit(
          open,
          change.edits.filter((part) => 'newText' in part),
        );
      }
    },
    async lenses(file) {
      const lenses: CodeLens[] | null = await connection.sendRequest('textDocument/codeLens', {
        textDocument: { uri: uri(file) },
      });
      return lenses ?? [];
    },
    position(file, search, offset = 0) {
      const start = document(file).getText().indexOf(search);
      if (start < 0) throw new Error(`${file} does not contain ${JSON.stringify(search)}.`);
      return document(file).positionAt(start + offset);
    },
    ask: (method, file, params = {}) => connection.sendRequest(method, { textDocument: { uri: uri(file) }, ...params }),
    hintRefreshes: () => hintRefreshes,
    settings(value, others = {}) {
      rules = value;
      otherSettings = others;
      tell('workspace/didChangeConfiguration', { settings: null });
    },
    changeFolders({ added = [], removed = [] }) {
      const named = (folders: readonly string[]) => folders.map((name) => ({ uri: uri(name), name }));
      tell('workspace/didChangeWorkspaceFolders', { event: { added: named(added), removed: named(removed) } });
    },
    async quit() {
      const exit = new Promise<number | null>((resolve) => {
        if (server.exitCode === null && server.signalCode === null) server.once('exit', resolve);
        else resolve(server.exitCode);
      });
      if (server.exitCode === null && server.signalCode === null) {
        await connection.sendRequest('shutdown');
        await connection.sendNotification('exit');
      }
      const code = await exit;
      connection.dispose();
      return code;
    },
  };
  return editor;
}

function isPlain(diagnostic: Diagnostic): diagnostic is Problem {
  return typeof diagnostic.message === 'string';
}
