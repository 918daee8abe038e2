/** A run from the moment it is asked for: its process, its log, its lines in the output channel. */
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import { createRunLog } from '../../../common/runlog/log.ts';
import type { RunEventBody, RunLog } from '../../../common/runlog/log.ts';
import { createLineWriter, createRunPrinter } from './output.ts';
import type { LineWriter } from './output.ts';
import type { RunProblem } from './problem.ts';
import { RunFailure } from './problem.ts';
import { openSession } from './session.ts';
import type { RunSession } from './session.ts';
import type { RunOutput, RunSurface } from './surface.ts';
import { findTools } from './tools.ts';

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
  readonly session: RunSession;
  readonly writer: LineWriter;
  /** Why the workflow could not be loaded, once that is known. */
  readonly failure: () => RunProblem | undefined;
}

export interface AttemptOptions {
  readonly surface: RunSurface;
  /** Folder of the extension. */
  readonly extension: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly output: Pick<RunOutput, 'append'>;
  readonly log: (message: string) => void;
  /** After the event is in the log. */
  readonly onEvent: (event: RunEventBody, log: RunLog) => void;
}

/** Starts building and loading at once. */
export function openAttempt(request: RunRequest, options: AttemptOptions): Attempt {
  const { surface, environment } = options;
  const { id, name, exportName } = request.workflow;
  const uri = surface.Uri.parse(request.uri);
  const title = titleOf(request);
  const settings = surface.workspace.getConfiguration('mastra', uri);
  const log = createRunLog();
  const writer = createLineWriter((text) => options.output.append(text));
  const print = createRunPrinter(title);
  const file = uri.fsPath;
  let failure: RunProblem | undefined;
  const session = openSession({
    file,
    // A file outside of every folder: its own package decides.
    folder: surface.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? file,
    workflow: { id, name, exportName },
    entrySetting: settings.get<string>('run.entry'),
    nodeSearch: {
      setting: settings.get<string>('run.nodePath'),
      environment,
      own: { path: process.execPath, version: process.versions.node },
    },
    ...findTools(options.extension),
    onEvent(event) {
      log.append(event);
      writer.write(print(event));
      options.onEvent(event, log);
    },
    log: (message) => options.log(`${title}: ${message}`),
  });
  session.loaded.catch((error: unknown) => {
    failure = error instanceof RunFailure ? error.problem : { kind: 'runner-failed', reason: String(error) };
  });
  return { request, title, log, session, writer, failure: () => failure };
}

export function titleOf(request: RunRequest): string {
  return request.workflow.id ?? request.workflow.name ?? 'workflow';
}
