/** Runs of workflows from the editor: input, progress, output, result, answers to suspended steps. One run per workflow at a time. */
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { RunEventBody, RunLog } from '../../../common/runlog/log.ts';
import { openAttempt, targetOf, titleOf } from './attempt.ts';
import type { Attempt, AttemptOptions, RunDescription, RunRequest } from './attempt.ts';
import { coalesce } from './coalesce.ts';
import type { FollowRequest, ResumeRequest, RunService, RunServiceDependencies } from './contract.ts';
import { embeddedServerId } from './embedded.ts';
import { createInputEditor } from './inputEditor.ts';
import { problemMessage } from './messages.ts';
import { agreesToServer, showProblem, showResult, showRunning } from './notify.ts';
import { canceled, isRunning, isSuspended, runIdOf } from './moments.ts';
import { errorLines, linkLines } from './output.ts';
import type { RunProblem } from './problem.ts';
import type { RunServer } from './servers.ts';
import { withProgress } from './progress.ts';
import { problemOf } from './ending.ts';
import { unlessFailed } from './given.ts';
import { provideAnswer, provideInputs } from './provide.ts';
import { createWaitingRuns, suspendedRun } from './resume/waiting.ts';

export type { RunDescription, RunRequest } from './attempt.ts';
export type { FollowRequest, ResumeRequest, RunService, RunServiceDependencies, SuspendedRun } from './contract.ts';

interface Shown {
  readonly run: RunDescription;
  readonly log: RunLog;
}

/** Often enough to look live. */
const changeMilliseconds = 50;

export function createRunService(dependencies: RunServiceDependencies): RunService {
  const { vscode: surface, context, log, output, servers, forms } = dependencies;
  const changed = new surface.EventEmitter<WorkflowKey>();
  const told = new surface.EventEmitter<{ readonly run: RunDescription; readonly event: RunEventBody }>();
  const shown = new Map<WorkflowKey, Shown>();
  /** From the request to the end, also before there is a process. */
  const busy = new Map<WorkflowKey, Promise<void>>();
  const attempts = new Map<WorkflowKey, Attempt>();
  /** Connections of runs that are over, until they are closed. */
  const putAway = new Set<Promise<void>>();
  const editor = createInputEditor(surface, context.globalStorageUri);
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

  const { workspaceState: memory } = context;
  const asking = { vscode: surface, editor, memory, forms, onDidChange: changed.event, say };

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

  /** Undefined when the run ended by itself or the author gave up. */
  const conductRun = async (attempt: Attempt): Promise<RunProblem | undefined> => {
    const inputs = await unlessFailed(attempt, provideInputs(asking, attempt));
    if (inputs === undefined) return attempt.failure();
    attempt.named(inputs.inputName);
    attempt.writer.write(linkLines((await attempt.connection.loaded).mastra));
    return withProgress(surface, attempt, changed.event, attempt.connection.start(inputs));
  };

  const conductResumption = async (attempt: Attempt, request: ResumeRequest): Promise<RunProblem | undefined> => {
    const provided = await unlessFailed(attempt, provideAnswer(asking, attempt, request));
    if (provided === undefined) return attempt.failure();
    if (provided.kind === 'gone' && provided.nothing) waiting.remove(request.runId);
    if (provided.kind !== 'resumption') return undefined;
    return withProgress(surface, attempt, changed.event, attempt.connection.resume(provided.resumption));
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
    const gone = attempt.connection.dispose().finally(() => putAway.delete(gone));
    putAway.add(gone);
  };

  const tellEnd = async (attempt: Attempt): Promise<void> => {
    const { uri, workflow } = attempt.request;
    const { durable } = await attempt.connection.loaded;
    const { events } = attempt.log;
    const goOn = async (): Promise<void> => {
      // The notification is there a moment before everything is put away.
      await busy.get(workflow.key);
      await resume({ uri, workflow, runId: runIdOf(events) ?? '' });
    };
    const target = { uri, key: workflow.key };
    await showResult(surface, output, target, attempt.title, events, { durable, resume: goOn });
  };

  const attemptRun = async (request: RunRequest): Promise<void> => {
    // What runs is what is on disk.
    await surface.workspace.saveAll(false);
    waiting.makeRoom(request.workflow.key);
    const { folder } = targetOf(request, surface);
    const server = await serverFor(request, folder);
    if (server === undefined) return;
    const attempt = open(request, { server });
    const embedded: RunRequest = { ...request, server: embeddedServerId };
    await conduct(attempt, conductRun(attempt), () => exclusively(embedded, () => attemptRun(embedded)));
  };

  /** The server that was asked for; where that is gone, the current one if the author agrees. */
  const serverFor = async ({ server, serverName }: RunRequest, folder: string): Promise<RunServer | undefined> => {
    const current = servers.current(folder);
    const found = server === undefined ? current : servers.find(folder, server);
    if (found !== undefined) return found;
    return (await agreesToServer(surface, serverName ?? server ?? '', current)) ? current : undefined;
  };

  const attemptResumption = async (request: ResumeRequest): Promise<void> => {
    const attempt = attemptFor(request);
    if (attempt === undefined) return;
    shown.set(request.workflow.key, { run: attempt.run, log: attempt.log });
    fire(request.workflow.key);
    await conduct(attempt, conductResumption(attempt, request));
  };

  const attemptFollowing = async (request: FollowRequest): Promise<void> => {
    const { uri, workflow, runId, events, quiet } = request;
    const { folder } = targetOf(request, surface);
    const server = servers.find(folder, request.server);
    if (server === undefined) {
      if (!quiet) report({ kind: 'server-gone', server: request.serverName }, titleOf(request));
      return;
    }
    const attempt = open({ uri, workflow }, { server, continues: { runId, events } });
    const { connection } = attempt;
    // Most servers are gone with the window that started them: then there is nothing to tell.
    const isThere = await connection.loaded.then(
      () => true,
      () => false,
    );
    if ((!isThere && quiet) || connection.follow === undefined) return connection.dispose();
    shown.set(workflow.key, { run: attempt.run, log: attempt.log });
    fire(workflow.key);
    await conduct(attempt, isThere ? connection.follow({ runId, events }) : Promise.resolve(attempt.failure()));
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
      if (attempt !== undefined && isRunning(attempt.log.events)) later(showRunning(surface, output, title));
      return;
    }
    if (!surface.workspace.isTrusted) {
      report({ kind: 'untrusted' }, title);
      return;
    }
    const over = work().catch((error: unknown) => {
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      report(problemOf(error), title);
    });
    busy.set(key, over);
    await over;
    busy.delete(key);
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
    follow: (request) => exclusively(request, () => attemptFollowing(request)),
    abandon,
    suspended: () => waiting.list().map(suspendedRun),
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
    async dispose() {
      for (const { connection } of attempts.values()) putAway.add(connection.dispose());
      await Promise.all([waiting.dispose(), ...putAway]);
      editor.dispose();
      changed.dispose();
      told.dispose();
    },
  };
}
