/** One run from source to end, without any of VS Code: build, start the process, load, validate, run, say how it ended. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { toRunError } from '../../../common/runlog/error.ts';
import type { Json, RunError } from '../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { bundleProject } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { deferred } from './deferred.ts';
import { findNode } from './node.ts';
import type { NodeSearch } from './node.ts';
import { RunFailure } from './problem.ts';
import type { RunProblem } from './problem.ts';
import { startRunner } from './process.ts';
import type { RunnerExit, RunnerProcess } from './process.ts';
import { findProject, namesRelativeFile, runEnvironment, workingDirectory } from './project.ts';
import type { RunProject } from './project.ts';
import type { InputIssue, InputPart, LoadedWorkflow, RunnerMessage, WorkflowReference } from './protocol.ts';

export interface SessionOptions {
  /** The file that declares the workflow, and its workspace folder. Absolute. */
  readonly file: string;
  readonly folder: string;
  readonly workflow: WorkflowReference;
  readonly entrySetting: string | undefined;
  readonly nodeSearch: NodeSearch;
  /** The shipped esbuild and runner. */
  readonly esbuild: string;
  readonly runner: string;
  /** Every event but the numbers; `run-finished` comes exactly once after `start`. */
  readonly onEvent: (event: RunEventBody) => void;
  /** For the log: what went on, in words. */
  readonly log: (message: string) => void;
}

export interface RunSession {
  /** Rejects with RunFailure when the workflow cannot be run. */
  readonly loaded: Promise<LoadedWorkflow>;
  /** What the workflow's own schema says; waits until it is loaded. Nothing when the process ended meanwhile. */
  validate(part: InputPart, value: Json): Promise<readonly InputIssue[]>;
  /** Runs it once. Resolves when the run is over; never rejects. `problem` is set when it ended from outside. */
  start(input: Json, state: Json | undefined): Promise<RunProblem | undefined>;
  /** Ends whatever goes on: the build, the loading, the run. Gently first. */
  cancel(): void;
  /** Ends the process, in good order after a finished run, and deletes the built files. */
  dispose(): Promise<void>;
}

/** For what the project does when it is shut down. */
const closeMilliseconds = 3_000;

/** Begins at once, so that building and loading go on while the author types the input. */
export function openSession(options: SessionOptions): RunSession {
  const abort = new AbortController();
  const waiting = new Map<number, (issues: readonly InputIssue[]) => void>();
  const loading = deferred<LoadedWorkflow>();
  // The author may close the input before anyone looks at it.
  loading.promise.catch(() => undefined);
  const over = deferred<RunProblem | undefined>();
  let bundle: Bundle | undefined;
  let runner: RunnerProcess | undefined;
  let running = false;
  let ended = false;
  let ending: RunProblem | undefined;
  let nextNumber = 0;

  const emit = (event: RunEventBody): void => {
    if (ended) return;
    options.onEvent(event);
    if (event.type !== 'run-finished') return;
    ended = true;
    over.resolve(undefined);
  };

  /** The run ends from outside: what the stream cannot say any more is said here. */
  const end = (problem: RunProblem): void => {
    loading.reject(new RunFailure(problem));
    for (const settle of waiting.values()) settle([]);
    waiting.clear();
    const unfinished = running && !ended;
    ended = true;
    over.resolve(problem);
    if (!unfinished) return;
    if ('step' in problem && problem.step !== undefined) options.onEvent(stepFailed(problem.step, problem.error));
    options.onEvent(runEnded(problem));
  };

  const onMessage = (message: RunnerMessage): void => {
    switch (message.type) {
      case 'loaded':
        loading.resolve(message);
        return;
      case 'refused':
        end(refusal(message, options, project));
        return;
      case 'validated':
        waiting.get(message.number)?.(message.issues);
        waiting.delete(message.number);
        return;
      case 'events':
        message.events.forEach(emit);
        return;
      case 'note':
        options.log(message.text);
        return;
      case 'exiting': {
        const step = message.step?.join('.');
        ending ??=
          message.cause === 'uncaught'
            ? { kind: 'uncaught', step, error: message.error }
            : { kind: 'exited', code: message.code, step, error: message.error };
        return;
      }
    }
  };

  let project: RunProject | undefined;
  const begin = async (): Promise<void> => {
    project = findProject(options.file, options.folder, options.entrySetting);
    const [node, built] = await Promise.all([
      findNode(options.nodeSearch),
      bundleProject({ project, file: options.file, esbuild: options.esbuild, signal: abort.signal }).then((result) => {
        bundle = result;
        return result;
      }),
    ]);
    if (abort.signal.aborted) throw new RunFailure({ kind: 'canceled' });
    if (built.warnings !== '') options.log(built.warnings);
    const environment = runEnvironment(project, options.nodeSearch.environment);
    const place = workingDirectory(project, namesRelativeFile(built.text, environment));
    if (place.create) await mkdir(place.directory, { recursive: true });
    options.log(`Node ${node.version} (${node.path}) in ${place.directory}`);
    runner = startRunner({
      node,
      runner: options.runner,
      directory: place.directory,
      environment,
      onMessage,
      onLine: (stream, text) =>
        emit({
          type: 'console',
          time: Date.now(),
          level: stream === 'stderr' ? 'error' : 'log',
          text: stripVTControlCharacters(text),
          step: undefined,
        }),
      onInvalid: (line) => options.log(`The runner sent something else than a message: ${line.slice(0, 500)}`),
    });
    runner.send({ type: 'load', bundle: built.url, workflow: options.workflow });
    end(exitProblem(await runner.exited, ending, abort.signal.aborted));
  };
  const begun = begin().catch((error: unknown) => {
    end(error instanceof RunFailure ? error.problem : { kind: 'runner-failed', reason: toRunError(error).message });
  });

  return {
    loaded: loading.promise,
    async validate(part, value) {
      await loading.promise;
      return new Promise((resolve) => {
        if (ended || runner === undefined) {
          resolve([]);
          return;
        }
        waiting.set((nextNumber += 1), resolve);
        runner.send({ type: 'validate', number: nextNumber, part, value });
      });
    },
    async start(input, state) {
      running = true;
      if (!ended) runner?.send({ type: 'start', input, state });
      return over.promise;
    },
    cancel() {
      abort.abort();
      if (running && !ended) runner?.send({ type: 'cancel' });
      // A step that ignores the signal, or a module that never finishes loading, is ended.
      const process = runner;
      const timer = setTimeout(() => process?.kill(), running ? 1_500 : 0);
      void over.promise.then(() => clearTimeout(timer));
    },
    async dispose() {
      // A run that ended by itself may still have traces to send; anything else just ends.
      const orderly = running && ended && ending === undefined && !abort.signal.aborted;
      abort.abort();
      if (orderly) runner?.close(closeMilliseconds);
      else runner?.kill();
      await begun;
      await bundle?.dispose();
    },
  };
}

function stepFailed(step: string, error: RunError): RunEventBody {
  const path = step.split('.');
  return { type: 'step-failed', time: Date.now(), step: path, callId: undefined, error, iteration: undefined };
}

function runEnded(problem: RunProblem): RunEventBody {
  const canceled = problem.kind === 'canceled';
  const error = 'error' in problem ? problem.error : undefined;
  return {
    type: 'run-finished',
    time: Date.now(),
    status: canceled ? 'canceled' : 'failed',
    output: undefined,
    error: canceled ? undefined : (error ?? toRunError('The process of the run ended')),
  };
}

function refusal(
  message: Extract<RunnerMessage, { type: 'refused' }>,
  options: SessionOptions,
  project: RunProject | undefined,
): RunProblem {
  const workflow = options.workflow.id ?? options.workflow.name ?? path.basename(options.file);
  const error = message.error ?? toRunError(message.message);
  switch (message.kind) {
    case 'core-missing':
      return { kind: 'core-missing', folder: project?.root ?? options.folder };
    case 'load-failed':
      return { kind: 'load-failed', error };
    case 'workflow-not-found':
      return { kind: 'workflow-not-found', workflow, file: options.file, hasEntry: project?.entry !== undefined };
    case 'not-committed':
      return { kind: 'not-committed', workflow };
    case 'start-failed':
      return { kind: 'start-failed', error };
  }
}

function exitProblem(exit: RunnerExit, announced: RunProblem | undefined, canceled: boolean): RunProblem {
  if (canceled) return { kind: 'canceled' };
  if (announced !== undefined) return announced;
  if (exit.error !== undefined) return { kind: 'runner-failed', reason: exit.error };
  if (/heap out of memory|Reached heap limit|out of memory/.test(exit.stderr)) return { kind: 'out-of-memory' };
  return { kind: 'crashed', code: exit.code, signal: exit.signal, stderr: exit.stderr };
}
