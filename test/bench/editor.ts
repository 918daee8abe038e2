/** An editor without a screen: drives the bundled language server over stdio. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { ProtocolConnection, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { ServerStatus } from '../../common/protocol/messages.ts';

const server = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));

/** No answer after this time means that there will be none. */
const deadlineMilliseconds = 60_000;

export interface Editor {
  readonly connection: ProtocolConnection;
  /** Resolves when the server has read the whole folder. */
  readonly folderIsRead: Promise<void>;
  open(file: string): OpenDocument;
}

export interface OpenDocument {
  readonly uri: string;
  readonly text: string;
  /** Plants a defect, or takes it out again; resolves with the milliseconds from the edit to its diagnostics. */
  toggleDefect(): Promise<number>;
}

/** Starts a server on `folder`, has `use` work with it, and ends it. */
export async function withEditor<T>(folder: string, use: (editor: Editor) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [server, '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  try {
    const folderIsRead = new Promise<void>((resolve) => {
      connection.onNotification('mastra/status', ({ state }: ServerStatus) => {
        if (state === 'ready') resolve();
      });
    });
    await initialize(connection, folder);
    const result = await use({ connection, folderIsRead, open: (file) => openDocument(connection, file) });
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    return result;
  } finally {
    connection.dispose();
    child.kill();
  }
}

/** The last step of a generated workflow asks for a field that nobody gives it. */
export function withDefect(text: string): string {
  const place = text.lastIndexOf('inputSchema: z.object({', text.indexOf('createWorkflow({'));
  const insertion = place + 'inputSchema: z.object({'.length;
  return `${text.slice(0, insertion)} planted: z.string(),${text.slice(insertion)}`;
}

async function initialize(connection: ProtocolConnection, folder: string): Promise<void> {
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still requires it
    rootUri: uri,
    workspaceFolders: [{ uri, name: path.basename(folder) }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
}

function openDocument(connection: ProtocolConnection, file: string): OpenDocument {
  const uri = pathToFileURL(file).href;
  const valid = readFileSync(file, 'utf8');
  const broken = withDefect(valid);
  let version = 1;
  let planted = false;
  void connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'typescript', version, text: valid },
  });
  return {
    uri,
    text: valid,
    async toggleDefect() {
      planted = !planted;
      version += 1;
      const arrived = nextDiagnostics(connection, uri, (message) => message.diagnostics.length > 0 === planted);
      const start = performance.now();
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text: planted ? broken : valid }],
      });
      await arrived;
      return performance.now() - start;
    },
  };
}

/** Resolves with the next diagnostics of a file that `accept` takes. */
function nextDiagnostics(
  connection: ProtocolConnection,
  uri: string,
  accept: (message: PublishDiagnosticsParams) => boolean,
): Promise<PublishDiagnosticsParams> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`No diagnostics of ${path.basename(uri)} within ${deadlineMilliseconds / 1000} s.`));
    }, deadlineMilliseconds);
    const subscription = connection.onNotification(PublishDiagnosticsNotification.type, (message) => {
      if (message.uri !== uri || !accept(message)) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(message);
    });
  });
}
