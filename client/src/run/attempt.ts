/** A run from the moment it is asked for: its connection, its log, its lines in the output channel. */
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import { createRunLog } from '../../../common/runlog/log.ts';
import type { RunEventBody, RunLog } from '../../../common/runlog/log.ts';
import { createLineWriter, createRunPrinter } from './output.ts';
import type { LineWriter } from './output.ts';
import type { RunProblem } from './problem.ts';
import { RunFailure } from './problem.ts';
import type { RunConnection } from './connection.ts';
import type { RunServer } from './servers.ts';
import type { RunOutput, RunSurface } from './surface.ts';

export interface RunRequest {
  readonly uri: string;
  readonly workflow: WorkflowSummary;
  /** The input; asked for when absent. */
  readonly input?: unknown;
}

export interface Attempt {
  readonly request: RunRequest;
  /** Id of the workflow, else its name. */
  readonly title: string;
  readonly log: RunLog;
  readonly server: RunServer;
  readonly connection: RunConnection;
  readonly writer: LineWriter;
  /** Why the workflow could not be loaded, once that is known. */
  readonly failure: () => RunProblem | undefined;
}

export interface AttemptOptions {
  readonly surface: Pick<RunSurface, 'Uri' | 'workspace'>;
  readonly server: (folder: string) => RunServer;
  readonly output: Pick<RunOutput, 'append'>;
  readonly log: (message: string) => void;
  /** After the event is in the log. */
  readonly onEvent: (event: RunEventBody, log: RunLog) => void;
}

/** Connects at once: an embedded run builds and loads while the input is typed. */
export function openAttempt(request: RunRequest, options: AttemptOptions): Attempt {
  const { surface } = options;
  const { id, name, exportName } = request.workflow;
  const uri = surface.Uri.parse(request.uri);
  const title = titleOf(request);
  const log = createRunLog();
  const writer = createLineWriter((text) => options.output.append(text));
  const print = createRunPrinter(title);
  const file = uri.fsPath;
  // A file outside of every folder: its own package decides.
  const folder = surface.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? file;
  let failure: RunProblem | undefined;
  const server = options.server(folder);
  const connection = server.open(
    { file, folder, workflow: { id, name, exportName } },
    {
      onEvent(event) {
        log.append(event);
        writer.write(print(event));
        options.onEvent(event, log);
      },
      log: (message) => options.log(`${title}: ${message}`),
    },
  );
  connection.loaded.catch((error: unknown) => {
    failure = error instanceof RunFailure ? error.problem : { kind: 'runner-failed', reason: String(error) };
  });
  return { request, title, log, server, connection, writer, failure: () => failure };
}

export function titleOf(request: RunRequest): string {
  return request.workflow.id ?? request.workflow.name ?? 'workflow';
}
