/** Runs of workflows from the editor: input, progress, output, result. One run per workflow at a time. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { Json, RunEvent } from '../../../common/runlog/events.ts';
import { toJson } from '../../../common/runlog/json.ts';
import type { RunLog } from '../../../common/runlog/log.ts';
import { openAttempt, titleOf } from './attempt.ts';
import type { Attempt, RunRequest } from './attempt.ts';
import { issuesText } from './check.ts';
import { coalesce } from './coalesce.ts';
import type { RunInputs } from './connection.ts';
import { askInput } from './input.ts';
import type { InputQuestion } from './input.ts';
import { createInputEditor } from './inputEditor.ts';
import { problemMessage } from './messages.ts';
import { showProblem, showResult } from './notify.ts';
import { errorLines } from './output.ts';
import type { RunProblem } from './problem.ts';
import { withProgress } from './progress.ts';
import type { MastraLink } from './protocol.ts';
import type { RunServers } from './servers.ts';
import type { RunOutput, RunSurface } from './surface.ts';

export type { RunRequest } from './attempt.ts';

export interface RunService {
  /** Resolves when the run is over, or did not come about; says itself what happened. Never rejects. */
  run(request: RunRequest): Promise<void>;
  /** Ends the run (or its build) gently, then by force. Resolves when it is over. */
  cancel(key: WorkflowKey): Promise<void>;
  /** Events of the last run; undefined when there was none. The array grows in place. */
  events(key: WorkflowKey): readonly RunEvent[] | undefined;
  /** Forgets the last run, unless it still goes on. */
  clear(key: WorkflowKey): void;
  /** Fired in batches while events come in. */
  readonly onDidChange: vscode.Event<WorkflowKey>;
  /** Ends every run. */
  dispose(): void;
}

export interface RunServiceDependencies {
  readonly vscode: RunSurface;
  readonly context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly output: RunOutput;
  /** Where runs take place. */
  readonly servers: RunServers;
}

/** Often enough to look live. */
const changeMilliseconds = 50;

export function createRunService(dependencies: RunServiceDependencies): RunService {
  const { vscode: surface, context, log, output } = dependencies;
  const changed = new surface.EventEmitter<WorkflowKey>();
  const logs = new Map<WorkflowKey, RunLog>();
  /** From the request to the end, also before there is a process. */
  const busy = new Map<WorkflowKey, Promise<void>>();
  const attempts = new Map<WorkflowKey, Attempt>();
  const editor = createInputEditor(surface, context.globalStorageUri);
  const fire = coalesce<WorkflowKey>((key) => changed.fire(key), changeMilliseconds);

  /** Notifications stay as long as the author likes; nothing waits for them. */
  const later = (notification: Promise<void>): void => {
    notification.catch((error: unknown) => log.error(String(error)));
  };

  const report = (problem: RunProblem, title: string): void => {
    const message = problemMessage(problem, title);
    if (message === undefined) return;
    const lines = [message.text, ...message.details, ...('error' in problem ? errorLines(problem.error, '') : [])];
    output.append(`${lines.join('\n')}\n\n`);
    later(showProblem(surface, output, message));
  };

  const ask = async (attempt: Attempt, part: 'input' | 'state'): Promise<Json | undefined> => {
    const memory = `mastra.run.${part}:${attempt.request.workflow.key}`;
    const question: InputQuestion = {
      title: `Run ${attempt.title}`,
      prompt: part === 'input' ? 'Input as JSON. Press Enter to run.' : 'Initial state as JSON. Press Enter to run.',
      remembered: context.workspaceState.get<string>(memory),
      schema: attempt.connection.loaded.then((loaded) => (part === 'input' ? loaded.inputSchema : loaded.stateSchema)),
      validate: (value) => attempt.connection.validate(part, value),
    };
    const boxed = await askInput(surface, question);
    const answer = boxed.kind === 'editor' ? await editor.edit(question, boxed.text) : boxed;
    if (answer.kind !== 'value') return undefined;
    await context.workspaceState.update(memory, answer.text);
    return answer.value;
  };

  const given = async (attempt: Attempt, input: unknown): Promise<Json | undefined> => {
    const value = toJson(input);
    const issues = issuesText(await attempt.connection.validate('input', value));
    if (issues === undefined) return value;
    later(
      showProblem(surface, output, {
        severity: 'error',
        text: `The input of ${attempt.title} does not fit: ${issues}`,
        details: [],
        actions: [],
      }),
    );
    return undefined;
  };

  const inputsOf = async (attempt: Attempt): Promise<RunInputs | undefined> => {
    const { input: asked } = attempt.request;
    const input =
      asked === undefined
        ? await ask(attempt, 'input')
        : await withProgress(surface, attempt, changed.event, given(attempt, asked));
    if (input === undefined) return undefined;
    const { needsState } = await attempt.connection.loaded;
    if (!needsState) return { input, state: undefined, requestContext: undefined };
    const state = await ask(attempt, 'state');
    return state === undefined ? undefined : { input, state, requestContext: undefined };
  };

  /** Undefined when the run ended by itself or the author gave up. */
  const conduct = async (attempt: Attempt): Promise<RunProblem | undefined> => {
    const inputs = await inputsOf(attempt).catch((error: unknown) => {
      // What could not be loaded is reported as such; anything else is a mistake of ours and must not be lost.
      if (attempt.failure() === undefined) throw error;
      return undefined;
    });
    if (inputs === undefined) return attempt.failure();
    attempt.writer.write(linkLines((await attempt.connection.loaded).mastra));
    const problem = await withProgress(surface, attempt, changed.event, attempt.connection.start(inputs));
    if (problem === undefined) later(showResult(surface, output, targetOf(attempt), attempt.title, attempt.log.events));
    return problem;
  };

  const attemptRun = async (request: RunRequest): Promise<void> => {
    const { key } = request.workflow;
    // What runs is what is on disk.
    await surface.workspace.saveAll(false);
    const attempt = openAttempt(request, {
      surface,
      server: (folder) => dependencies.servers.current(folder),
      output,
      log: (message) => log.info(message),
      onEvent(event, runLog) {
        // From here on it is this run that is shown; before, the last one stays.
        if (event.type === 'run-started') logs.set(key, runLog);
        if (logs.get(key) === runLog) fire(key);
      },
    });
    attempts.set(key, attempt);
    try {
      const problem = await conduct(attempt);
      attempt.writer.flush();
      if (problem !== undefined) report(problem, attempt.title);
    } finally {
      attempts.delete(key);
      fire(key);
      attempt.writer.flush();
      // The process may take a while to end; the next run need not wait for it.
      later(attempt.connection.dispose());
    }
  };

  const run = async (request: RunRequest): Promise<void> => {
    const { key } = request.workflow;
    const title = titleOf(request);
    if (busy.has(key)) {
      // A second click while the input is open does nothing; the box is there.
      if (logs.get(key) === attempts.get(key)?.log) later(showRunning(title));
      return;
    }
    if (!surface.workspace.isTrusted) {
      report({ kind: 'untrusted' }, title);
      return;
    }
    const over = attemptRun(request).catch((error: unknown) => {
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      report({ kind: 'runner-failed', reason: String(error) }, title);
    });
    busy.set(key, over);
    await over;
    busy.delete(key);
  };

  const showRunning = async (title: string): Promise<void> => {
    const chosen = await surface.window.showInformationMessage(`${title} is already running.`, 'Show Output');
    if (chosen !== undefined) output.show(true);
  };

  return {
    run,
    onDidChange: changed.event,
    events: (key) => logs.get(key)?.events,
    clear(key) {
      if (attempts.get(key)?.log === logs.get(key) && logs.has(key)) return;
      if (logs.delete(key)) changed.fire(key);
    },
    async cancel(key) {
      attempts.get(key)?.connection.cancel();
      await busy.get(key);
    },
    dispose() {
      for (const attempt of attempts.values()) void attempt.connection.dispose();
      editor.dispose();
      changed.dispose();
    },
  };
}

/** What the author should know of where the run takes place. */
function linkLines(link: MastraLink): readonly string[] {
  switch (link) {
    case 'registered':
      return [];
    case 'attached':
      return [
        'The workflow is not registered in new Mastra({ workflows }); it runs with the Mastra instance all the same.',
      ];
    case 'none':
      return [
        'The project has no new Mastra(...): the workflow runs on its own, without storage, agents or tools by name.',
      ];
  }
}

function targetOf(attempt: Attempt): { readonly uri: string; readonly key: WorkflowKey } {
  return { uri: attempt.request.uri, key: attempt.request.workflow.key };
}
