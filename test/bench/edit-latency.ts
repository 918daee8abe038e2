/** From a change of the text to its diagnostics: the bundled language server over stdio, as an editor drives it. */
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
import { generateProject } from './generate.ts';
import type { GeneratedProject } from './generate.ts';
import { median, percentile } from './measure.ts';
import { formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const server = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));

const size = { files: 20, steps: 20 };
/** Files that are open and edited in turn. */
const openFiles = 5;
const warmUpEdits = 20;
const measuredEdits = 100;
/** No answer after this time means that there will be none. */
const deadlineMilliseconds = 60_000;
const target = 150;

/** Measures on the middle project and prints a table; the answer is what was to be reached. */
export async function benchEditLatency(): Promise<readonly Verdict[]> {
  const project = generateProject(size);
  try {
    const { firstMilliseconds, editMilliseconds } = await measureEdits(project);
    const p95 = percentile(editMilliseconds, 95);
    console.log(
      formatTable(
        [`${size.files} x ${size.steps}`, 'median', 'p95', 'slowest'],
        [
          ['edit to diagnostics', ...[median(editMilliseconds), p95, Math.max(...editMilliseconds)].map(milliseconds)],
          ['start to first diagnostics', milliseconds(firstMilliseconds)],
        ],
      ),
    );
    return [
      {
        target: `edit to diagnostics on ${size.files} x ${size.steps}, p95 at most ${target} ms`,
        measured: milliseconds(p95),
        reached: p95 <= target,
      },
    ];
  } finally {
    project.remove();
  }
}

interface EditMeasurements {
  /** From starting the server's process to the first diagnostics of an edited file. */
  readonly firstMilliseconds: number;
  readonly editMilliseconds: readonly number[];
}

/** Every edit plants a defect in a step or takes it out again; its diagnostics have arrived when they say so. */
async function measureEdits(project: GeneratedProject): Promise<EditMeasurements> {
  const start = performance.now();
  const child = spawn(process.execPath, [server, '--stdio'], {
    cwd: project.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
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
    await initialize(connection, project.folder);
    const documents = project.workflowFiles.slice(0, openFiles).map((file) => openDocument(connection, file));
    const edit = async (index: number): Promise<number> => {
      const document = documents[index % documents.length];
      if (document === undefined) throw new Error('The project has no files.');
      return document.toggleDefect();
    };
    await edit(0);
    const firstMilliseconds = performance.now() - start;
    // Edits that never leave time for the rest of the folder would each compete with reading it from the start.
    await folderIsRead;
    const editMilliseconds: number[] = [];
    for (let index = 1; index < warmUpEdits + measuredEdits; index++) {
      const elapsed = await edit(index);
      if (index >= warmUpEdits) editMilliseconds.push(elapsed);
    }
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    return { firstMilliseconds, editMilliseconds };
  } finally {
    connection.dispose();
    child.kill();
  }
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

interface OpenDocument {
  /** Resolves with the milliseconds from the edit to its diagnostics. */
  toggleDefect(): Promise<number>;
}

function openDocument(connection: ProtocolConnection, file: string): OpenDocument {
  const uri = pathToFileURL(file).href;
  const valid = readFileSync(file, 'utf8');
  // The last step asks for a field that nobody gives it.
  const place = valid.lastIndexOf('inputSchema: z.object({', valid.indexOf('createWorkflow({'));
  const insertion = place + 'inputSchema: z.object({'.length;
  const broken = `${valid.slice(0, insertion)} planted: z.string(),${valid.slice(insertion)}`;
  let version = 1;
  let planted = false;
  void connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'typescript', version, text: valid },
  });
  return {
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

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}
