/** A run from the moment it is asked for: its connection, its log, its lines in the output channel. */
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import type { Json, RunEvent } from '../../../common/runlog/events.ts';
import { createRunLog } from '../../../common/runlog/log.ts';
import type { RunEventBody, RunLog } from '../../../common/runlog/log.ts';
import { createLineWriter, createRunPrinter } from './output.ts';
import type { LineWriter } from './output.ts';
import type { RunProblem } from './problem.ts';
import { RunFailure } from './problem.ts';
import type { RunConnection } from './connection.ts';
import type { RunServer, RunTarget } from './servers.ts';
import type { RunOutput, RunSurface } from './surface.ts';

export interface RunRequest {
  readonly uri: string;
  readonly workflow: WorkflowSummary;
  /** The input; asked for when absent. */
  readonly input?: unknown;
  /** Name of the saved input that `input` is. */
  readonly inputName?: string | undefined;
  /** Id of the server that it goes to; the current one when absent. */
  readonly server?: string;
  /** Its name, for when it is not in the list any more. */
  readonly serverName?: string;
  /** Offered where the input is asked for, in place of what was given the last time. */
  readonly suggestedInput?: Json;
}

/** What is known of a run beside its events. One object for each run and each window: it may be a key. */
export interface RunDescription {
  readonly workflow: WorkflowSummary;
  /** Id of the workflow, else its name. */
  readonly title: string;
  readonly server: Pick<RunServer, 'id' | 'label' | 'kind'>;
  /** The run of an earlier session that goes on; undefined for a run that begins. */
  readonly continues: string | undefined;
  /** Name of the saved input that it was given; known when the run begins. */
  readonly inputName: string | undefined;
}

export interface Attempt {
  readonly request: RunRequest;
  readonly run: RunDescription;
  /** Id of the workflow, else its name. */
  readonly title: string;
  readonly log: RunLog;
  readonly connection: RunConnection;
  readonly writer: LineWriter;
  /** Why the workflow could not be loaded, once that is known. */
  readonly failure: () => RunProblem | undefined;
  /** Says which saved input the run gets, before it begins. */
  readonly named: (inputName: string | undefined) => void;
  /** Adds an event that the connection does not tell. */
  readonly tell: (event: RunEventBody) => void;
}

export interface AttemptOptions {
  readonly surface: Pick<RunSurface, 'Uri' | 'workspace'>;
  readonly server: RunServer;
  /** A run of an earlier session: its id, and what is known of it. */
  readonly continues?: { readonly runId: string; readonly events: readonly RunEvent[] };
  readonly output: Pick<RunOutput, 'append'>;
  readonly log: (message: string) => void;
  /** After the event is in the log. */
  readonly onEvent: (event: RunEventBody, attempt: Pick<Attempt, 'run' | 'log'>) => void;
}

/** Connects at once: an embedded run builds and loads while the input is typed. */
export function openAttempt(request: RunRequest, options: AttemptOptions): Attempt {
  const { surface } = options;
  const title = titleOf(request);
  const log = createRunLog();
  const writer = createLineWriter((text) => options.output.append(text));
  const print = createRunPrinter(title);
  for (const event of options.continues?.events ?? []) log.append(event);
  const { server } = options;
  const run: RunDescription & { inputName: string | undefined } = {
    workflow: request.workflow,
    title,
    server: { id: server.id, label: server.label, kind: server.kind },
    continues: options.continues?.runId,
    inputName: undefined,
  };
  let failure: RunProblem | undefined;
  const tell = (event: RunEventBody): void => {
    log.append(event);
    writer.write(print(event));
    options.onEvent(event, { run, log });
  };
  const connection = server.open(targetOf(request, surface), {
    onEvent: tell,
    log: (message) => options.log(`${title}: ${message}`),
  });
  connection.loaded.catch((error: unknown) => {
    failure = error instanceof RunFailure ? error.problem : { kind: 'runner-failed', reason: String(error) };
  });
  const named = (inputName: string | undefined): void => {
    run.inputName = inputName;
  };
  return { request, run, title, log, connection, writer, failure: () => failure, named, tell };
}

/** The file that declares the workflow, and its workspace folder. */
export function targetOf(request: RunRequest, surface: Pick<RunSurface, 'Uri' | 'workspace'>): RunTarget {
  const { id, name, exportName } = request.workflow;
  const uri = surface.Uri.parse(request.uri);
  const file = uri.fsPath;
  // A file outside of every folder: its own package decides.
  const folder = surface.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? file;
  return { file, folder, workflow: { id, name, exportName } };
}

export function titleOf(request: RunRequest): string {
  return request.workflow.id ?? request.workflow.name ?? 'workflow';
}
