/** Runs of workflows from the editor: input, progress, output, result, answers to suspended steps. One run per workflow at a time. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { Json, RunEvent } from '../../../common/runlog/events.ts';
import { toJson } from '../../../common/runlog/json.ts';
import type { RunEventBody, RunLog } from '../../../common/runlog/log.ts';
import { askAnswer, askInputs } from './ask.ts';
import { openAttempt, targetOf, titleOf } from './attempt.ts';
import type { Attempt, AttemptOptions, RunDescription, RunRequest } from './attempt.ts';
import { issuesText } from './check.ts';
import { coalesce } from './coalesce.ts';
import type { RunInputs, SuspendedStep } from './connection.ts';
import type { RunForms } from './form/ask.ts';
import { embeddedServerId } from './embedded.ts';
import { createInputEditor } from './inputEditor.ts';
import { problemMessage } from './messages.ts';
import { showProblem, showResult } from './notify.ts';
import { errorLines } from './output.ts';
import type { RunProblem } from './problem.ts';
import { withProgress } from './progress.ts';
import type { CheckedPart, MastraLink } from './protocol.ts';
import { chooseStep, stepLabel } from './resume/choose.ts';
import { createWaitingRuns } from './resume/waiting.ts';
import type { RunServers } from './servers.ts';
import type { RunOutput, RunSurface } from './surface.ts';

export type { RunDescription, RunRequest } from './attempt.ts';

/** Which suspended run goes on, and where. */
export interface ResumeRequest extends Pick<RunRequest, 'uri' | 'workflow'> {
  readonly runId: string;
  /** Id of the server that has the run; the current one when absent. Not asked for a run of this window. */
  readonly server?: string;
  /** What is known of a run of an earlier session, e.g. from its log: it is shown as its beginning. */
  readonly events?: readonly RunEvent[];
  /** Asked for when there are several. */
  readonly step?: readonly string[];
  readonly index?: number | undefined;
  /** What the step gets; asked for when absent. */
  readonly data?: unknown;
}

/** A run of this window that waits for an answer. */
export interface SuspendedRun {
  readonly runId: string;
  readonly run: RunDescription;
  readonly events: readonly RunEvent[];
  /** False when it ends with the editor. */
  readonly durable: boolean;
}

export interface RunService {
  /** Resolves when the run is over or suspended, or did not come about; says itself what happened. Never rejects. */
  run(request: RunRequest): Promise<void>;
  /** Goes on with a suspended run, of this window or an earlier one. Resolves like `run`. Never rejects. */
  resume(request: ResumeRequest): Promise<void>;
  /** Ends the run (or its build) gently, then by force; also a suspended one that is shown. Resolves when it is over. */
  cancel(key: WorkflowKey): Promise<void>;
  /** Ends a suspended run of this window for good. */
  abandon(runId: string): Promise<void>;
  /** Newest first. */
  suspended(): readonly SuspendedRun[];
  /** Events of the last run; undefined when there was none. The array grows in place. */
  events(key: WorkflowKey): readonly RunEvent[] | undefined;
  /** The last run itself. */
  description(key: WorkflowKey): RunDescription | undefined;
  /** Forgets the last run, unless it still goes on. */
  clear(key: WorkflowKey): void;
  /** Fired in batches while events come in. */
  readonly onDidChange: vscode.Event<WorkflowKey>;
  /** Fired for each event at once, before `onDidChange`: for whoever keeps runs. */
  readonly onRunEvent: vscode.Event<{ readonly run: RunDescription; readonly event: RunEventBody }>;
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
  /** Asks for inputs and answers; without it, or where the setting says so, an input box does. */
  readonly forms?: RunForms;
}

interface Shown {
  readonly run: RunDescription;
  readonly log: RunLog;
}

/** Often enough to look live. */
const changeMilliseconds = 50;

export function createRunService(dependencies: RunServiceDependencies): RunService {
  const { vscode: surface, context, log, output, servers } = dependencies;
  const changed = new surface.EventEmitter<WorkflowKey>();
  const told = new surface.EventEmitter<{ readonly run: RunDescription; readonly event: RunEventBody }>();
  const shown = new Map<WorkflowKey, Shown>();
  /** From the request to the end, also before there is a process. */
  const busy = new Map<WorkflowKey, Promise<void>>();
  const attempts = new Map<WorkflowKey, Attempt>();
  const editor = createInputEditor(surface, context.globalStorageUri);
  const { forms } = dependencies;
  const asking = { vscode: surface, editor, memory: context.workspaceState, forms };
  const fire = coalesce<WorkflowKey>((key) => changed.fire(key), changeMilliseconds);
  const waiting = createWaitingRuns({
    onEvicted({ attempt }) {
      attempt.tell(canceled());
      output.append(`The suspended run of ${attempt.title} was ended: too many runs are kept in memory.\n`);
    },
  });

  /** Notifications stay as long as the author likes; nothing waits for them. */
  const later = (notification: Promise<void>): void => {
    notification.catch((error: unknown) => log.error(String(error)));
  };

  const report = (problem: RunProblem, title: string, embedded?: () => Promise<void>): void => {
    const message = problemMessage(problem, title);
    if (message === undefined) return;
    const lines = [message.text, ...message.details, ...('error' in problem ? errorLines(problem.error, '') : [])];
    output.append(`${lines.join('\n')}\n\n`);
    later(showProblem(surface, output, message, embedded));
  };

  const say = (severity: 'error' | 'warning', text: string): void => {
    later(showProblem(surface, output, { severity, text, details: [], actions: [] }));
  };

  const open = (request: RunRequest, more: Pick<AttemptOptions, 'server' | 'continues'>): Attempt =>
    openAttempt(request, {
      ...more,
      surface,
      output,
      log: (message) => log.info(message),
      onEvent(event, { run, log: runLog }) {
        const { key } = request.workflow;
        // From here on it is this run that is shown; before, the last one stays.
        if (event.type === 'run-started') shown.set(key, { run, log: runLog });
        told.fire({ run, event });
        if (shown.get(key)?.log === runLog) fire(key);
      },
    });

  /** A value that the caller gave, when the workflow's own schema takes it. */
  const given = async (attempt: Attempt, part: CheckedPart, value: unknown): Promise<Json | undefined> => {
    const json = toJson(value);
    const issues = issuesText(await attempt.connection.validate(part, json));
    if (issues === undefined) return json;
    const what = part === 'input' ? 'input' : 'answer';
    say('error', `The ${what} of ${attempt.title} does not fit: ${issues}`);
    return undefined;
  };

  const inputsOf = async (attempt: Attempt): Promise<RunInputs | undefined> => {
    const { input: asked } = attempt.request;
    if (asked === undefined) return askInputs(asking, attempt);
    const input = await withProgress(surface, attempt, changed.event, given(attempt, 'input', asked));
    if (input === undefined) return undefined;
    const { needsState } = await attempt.connection.loaded;
    return needsState ? askInputs(asking, attempt, input) : { input, state: undefined, requestContext: undefined };
  };

  /** What was asked for, or undefined when the author gave up or the workflow could not be loaded: `failure` knows why. */
  const unlessFailed = async <T>(attempt: Attempt, work: Promise<T | undefined>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      // Anything else is a mistake of ours and must not be lost.
      if (attempt.failure() === undefined) throw error;
      return undefined;
    }
  };

  /** Undefined when the run ended by itself or the author gave up. */
  const conductRun = async (attempt: Attempt): Promise<RunProblem | undefined> => {
    const inputs = await unlessFailed(attempt, inputsOf(attempt));
    if (inputs === undefined) return attempt.failure();
    attempt.writer.write(linkLines((await attempt.connection.loaded).mastra));
    return withProgress(surface, attempt, changed.event, attempt.connection.start(inputs));
  };

  const conductResumption = async (attempt: Attempt, request: ResumeRequest): Promise<RunProblem | undefined> => {
    const { connection, title } = attempt;
    const { runId } = request;
    const asked = withProgress(surface, attempt, changed.event, connection.suspended(runId));
    const steps = await unlessFailed(attempt, asked);
    if (steps === undefined) return attempt.failure();
    const step = await stepOf(title, request, steps);
    if (step === undefined) return undefined;
    const data =
      request.data === undefined
        ? await askAnswer(asking, attempt, step)
        : await given(attempt, { resume: step.step }, request.data);
    if (data === undefined) return undefined;
    const work = connection.resume({ runId, step: step.step, index: step.index, data });
    return withProgress(surface, attempt, changed.event, work);
  };

  const stepOf = async (
    title: string,
    { step, index, runId }: ResumeRequest,
    steps: readonly SuspendedStep[],
  ): Promise<SuspendedStep | undefined> => {
    if (steps.length === 0) {
      waiting.remove(runId);
      say(
        'warning',
        `${title} does not wait for an answer any more: it was resumed or ended elsewhere, or its storage has no such run.`,
      );
      return undefined;
    }
    if (step === undefined) return chooseStep(surface, title, steps);
    const named = steps.filter((each) => each.step.join('.') === step.join('.'));
    const found =
      index === undefined ? await chooseStep(surface, title, named) : named.find((each) => each.index === index);
    if (named.length === 0) say('warning', `${stepLabel({ step, index })} of ${title} does not wait any more.`);
    return found;
  };

  /** Conducts an attempt to its end or its next stop, says how that went, and keeps what is still needed. */
  const conduct = async (
    attempt: Attempt,
    work: Promise<RunProblem | undefined>,
    embedded?: () => Promise<void>,
  ): Promise<void> => {
    const { key } = attempt.request.workflow;
    const before = attempt.log.events.length;
    attempts.set(key, attempt);
    try {
      const problem = await work;
      attempt.writer.flush();
      if (problem !== undefined) report(problem, attempt.title, embedded);
      else if (attempt.log.events.length > before) later(tellEnd(attempt));
    } finally {
      attempts.delete(key);
      await settle(attempt);
      fire(key);
      attempt.writer.flush();
    }
  };

  const settle = async (attempt: Attempt): Promise<void> => {
    const runId = runIdOf(attempt.log.events);
    if (runId !== undefined && isSuspended(attempt.log.events)) {
      const durable = await attempt.connection.loaded.then(
        (loaded) => loaded.durable,
        () => true,
      );
      const usable = attempt.failure() === undefined;
      waiting.add({ runId, attempt, durable, open: usable });
      if (usable) return;
    } else if (runId !== undefined) waiting.remove(runId);
    // The process may take a while to end; the next run need not wait for it.
    later(attempt.connection.dispose());
  };

  const tellEnd = async (attempt: Attempt): Promise<void> => {
    const { uri, workflow } = attempt.request;
    const { durable } = await attempt.connection.loaded;
    await showResult(surface, output, { uri, key: workflow.key }, attempt.title, attempt.log.events, {
      durable,
      resume: () => resumeShown(attempt),
    });
  };

  const resumeShown = async (attempt: Attempt): Promise<void> => {
    const runId = runIdOf(attempt.log.events);
    const { uri, workflow } = attempt.request;
    // The notification is there a moment before everything is put away.
    await busy.get(workflow.key);
    if (runId !== undefined) await resume({ uri, workflow, runId });
  };

  const attemptRun = async (request: RunRequest): Promise<void> => {
    // What runs is what is on disk.
    await surface.workspace.saveAll(false);
    waiting.makeRoom(request.workflow.key);
    const { folder } = targetOf(request, surface);
    const named = request.server === undefined ? undefined : servers.find(folder, request.server);
    const attempt = open(request, { server: named ?? servers.current(folder) });
    const embedded: RunRequest = { ...request, server: embeddedServerId };
    await conduct(attempt, conductRun(attempt), () => exclusively(embedded, () => attemptRun(embedded)));
  };

  const attemptResumption = async (request: ResumeRequest): Promise<void> => {
    const attempt = attemptFor(request);
    if (attempt === undefined) return;
    shown.set(request.workflow.key, { run: attempt.run, log: attempt.log });
    fire(request.workflow.key);
    await conduct(attempt, conductResumption(attempt, request));
  };

  /** The attempt that holds the run already, or one that takes up what is known of it. */
  const attemptFor = (request: ResumeRequest): Attempt | undefined => {
    const { uri, workflow, runId } = request;
    const held = waiting.get(runId);
    if (held?.open === true) return held.attempt;
    const { folder } = targetOf(request, surface);
    const id = held?.attempt.run.server.id ?? request.server;
    const server = id === undefined ? servers.current(folder) : servers.find(folder, id);
    if (server === undefined) {
      report({ kind: 'server-gone', server: held?.attempt.run.server.label ?? id ?? '' }, titleOf(request));
      return undefined;
    }
    const events = held?.attempt.log.events ?? request.events ?? [];
    return open({ uri, workflow }, { server, continues: { runId, events } });
  };

  /** One at a time for each workflow. */
  const exclusively = async (
    request: Pick<RunRequest, 'uri' | 'workflow'>,
    work: () => Promise<void>,
  ): Promise<void> => {
    const { key } = request.workflow;
    const title = titleOf(request);
    if (busy.has(key)) {
      // A second click while the input is open brings it to the front.
      if (forms?.reveal(key) === true) return;
      const attempt = attempts.get(key);
      if (attempt !== undefined && isRunning(attempt.log.events)) later(showRunning(title));
      return;
    }
    if (!surface.workspace.isTrusted) {
      report({ kind: 'untrusted' }, title);
      return;
    }
    const over = work().catch((error: unknown) => {
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

  const resume = (request: ResumeRequest): Promise<void> => exclusively(request, () => attemptResumption(request));

  const abandon = async (runId: string): Promise<void> => {
    const held = waiting.get(runId);
    if (held === undefined) return;
    const { uri, workflow } = held.attempt.request;
    await exclusively({ uri, workflow }, async () => {
      const attempt = attemptFor({ uri, workflow, runId });
      if (attempt === undefined) return;
      const problem = await withProgress(surface, attempt, changed.event, attempt.connection.abandon(runId));
      if (problem !== undefined) {
        report(problem, attempt.title);
        return;
      }
      waiting.remove(runId);
      // The log that is shown is the one that ends.
      held.attempt.tell(canceled());
      later(attempt.connection.dispose());
    });
  };

  return {
    run: (request) => exclusively(request, () => attemptRun(request)),
    resume,
    abandon,
    suspended: () =>
      waiting.list().map(({ runId, attempt, durable }) => ({
        runId,
        run: attempt.run,
        events: attempt.log.events,
        durable,
      })),
    onDidChange: changed.event,
    onRunEvent: told.event,
    events: (key) => shown.get(key)?.log.events,
    description: (key) => shown.get(key)?.run,
    clear(key) {
      const current = shown.get(key);
      if (current === undefined || attempts.get(key)?.log === current.log) return;
      shown.delete(key);
      changed.fire(key);
    },
    async cancel(key) {
      const attempt = attempts.get(key);
      const events = shown.get(key)?.log.events ?? [];
      forms?.dismiss(key);
      if (attempt !== undefined) attempt.connection.cancel();
      else if (isSuspended(events)) await abandon(runIdOf(events) ?? '');
      await busy.get(key);
    },
    dispose() {
      for (const attempt of attempts.values()) void attempt.connection.dispose();
      waiting.dispose();
      editor.dispose();
      changed.dispose();
      told.dispose();
    },
  };
}

function canceled(): RunEventBody {
  return { type: 'run-finished', time: Date.now(), status: 'canceled', output: undefined, error: undefined };
}

function runIdOf(events: readonly RunEvent[]): string | undefined {
  for (const event of events) if (event.type === 'run-started' || event.type === 'run-resumed') return event.runId;
  return undefined;
}

function isSuspended(events: readonly RunEvent[]): boolean {
  const last = lastOfRun(events);
  return last?.type === 'run-finished' && last.status === 'suspended';
}

function isRunning(events: readonly RunEvent[]): boolean {
  const last = lastOfRun(events);
  return last !== undefined && last.type !== 'run-finished';
}

/** What steps print may come after the end. */
function lastOfRun(events: readonly RunEvent[]): RunEvent | undefined {
  return events.findLast((event) => event.type !== 'console');
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
