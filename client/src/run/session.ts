/** A run in a process of our own, as a connection: load, validate, run, resume, say how it ended. Nothing of VS Code. */
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { giveUp, isOf } from './answers.ts';
import type { Answer } from './answers.ts';
import type { RunConnection, RunListener, SuspendedStep } from './connection.ts';
import { deferred } from './deferred.ts';
import type { Deferred } from './deferred.ts';
import { exitProblem, problemOf, refusal, runEnded, stepFailed } from './ending.ts';
import type { LaunchedRunner } from './launch.ts';
import { RunFailure } from './problem.ts';
import type { RunProblem } from './problem.ts';
import type { RunProject } from './project.ts';
import type { InputIssue, LoadedWorkflow, RunnerCommand, RunnerMessage } from './protocol.ts';
import type { RunTarget } from './servers.ts';

export interface SessionOptions extends RunListener {
  readonly target: RunTarget;
  /** Brings a process that loads the workflow: a new one, or one that waits. Rejects with RunFailure. */
  readonly launch: (signal: AbortSignal) => Promise<LaunchedRunner>;
}

/** For what the project does when it is shut down. */
const closeMilliseconds = 3_000;
/** For a step that honours the signal; what ignores it is ended with its process. */
const cancelMilliseconds = 1_500;

/** A process, from its launch to its exit. */
interface Engine {
  readonly loaded: Deferred<LoadedWorkflow>;
  /** Resolves when the process is gone, or could not be launched. */
  readonly over: Promise<void>;
  runner: LaunchedRunner | undefined;
  ended: boolean;
  /** What the author's code did to end the process, told before it goes. */
  announced: RunProblem | undefined;
}

/**
 * Begins at once, so that building and loading go on while the author types the input. The process stays while its run is suspended;
 * when it is gone by then, a resumption starts another one, which reads the run from the project's storage.
 */
export function openSession(options: SessionOptions): RunConnection {
  const abort = new AbortController();
  const answers = new Map<number, Answer>();
  let nextNumber = 0;
  /** The start or resumption that goes on. */
  let running: (Deferred<RunProblem | undefined> & { sent: boolean }) | undefined;
  let refused: RunProblem | undefined;
  let status: 'new' | 'suspended' | 'over' = 'new';
  let durable = true;

  const finish = (problem: RunProblem | undefined): void => {
    const settled = running;
    running = undefined;
    settled?.resolve(problem);
  };

  const emit = (event: RunEventBody): void => {
    if (event.type !== 'run-finished') {
      // What a step prints after the end of its run is still worth showing.
      if (running !== undefined || event.type === 'console') options.onEvent(event);
      return;
    }
    if (running === undefined) return;
    status = event.status === 'suspended' ? 'suspended' : 'over';
    options.onEvent(event);
    const problem = refused;
    refused = undefined;
    finish(problem);
  };

  /** The process is gone: what its stream cannot say any more is said here. */
  const end = (engine: Engine, problem: RunProblem): void => {
    if (engine.ended) return;
    engine.ended = true;
    engine.loaded.reject(new RunFailure(problem));
    for (const answer of answers.values()) giveUp(answer, problem);
    answers.clear();
    if (running !== undefined) {
      if ('step' in problem && problem.step !== undefined) options.onEvent(stepFailed(problem.step, problem.error));
      status = 'over';
      options.onEvent(runEnded(problem));
      finish(problem);
    } else if (status === 'suspended' && !durable) {
      // Nobody else has it.
      status = 'over';
      options.onEvent(runEnded(problem));
    }
  };

  const onMessage = (engine: Engine, project: RunProject, message: RunnerMessage): void => {
    switch (message.type) {
      case 'loaded':
        durable = message.durable;
        engine.loaded.resolve(message);
        return;
      case 'refused':
        end(engine, refusal(message, options.target, project));
        return;
      case 'validated':
        settle(message.number, 'issues', (answer) => answer.settle(message.issues));
        return;
      case 'suspended':
        settle(message.number, 'steps', (answer) => answer.settle(message.steps));
        return;
      case 'abandoned':
        settle(message.number, 'abandoned', (answer) =>
          answer.settle(
            message.error === undefined ? undefined : { kind: 'runner-failed', reason: message.error.message },
          ),
        );
        return;
      case 'unresumed':
        refused = { kind: 'resume-refused', error: message.error };
        return;
      case 'events':
        message.events.forEach(emit);
        return;
      case 'note':
        options.log(message.text);
        return;
      case 'exiting': {
        const step = message.step?.join('.');
        engine.announced ??=
          message.cause === 'uncaught'
            ? { kind: 'uncaught', step, error: message.error }
            : { kind: 'exited', code: message.code, step, error: message.error };
      }
    }
  };

  const settle = <T extends Answer['type']>(
    number: number,
    type: T,
    act: (answer: Extract<Answer, { readonly type: T }>) => void,
  ): void => {
    const answer = answers.get(number);
    answers.delete(number);
    if (isOf(answer, type)) act(answer);
  };

  const launch = (): Engine => {
    const loaded = deferred<LoadedWorkflow>();
    // The author may close the input before anyone looks at it.
    loaded.promise.catch(() => undefined);
    const run = async (): Promise<void> => {
      try {
        const runner = await options.launch(abort.signal);
        engine.runner = runner;
        runner.listen({
          onMessage: (message) => onMessage(engine, runner.project, message),
          onPrinted: emit,
        });
        end(engine, exitProblem(await runner.process.exited, engine.announced, abort.signal.aborted));
      } catch (error) {
        end(engine, problemOf(error));
      }
    };
    const engine: Engine = { loaded, over: Promise.resolve(), runner: undefined, ended: false, announced: undefined };
    return Object.assign(engine, { over: run() });
  };

  const engines = [launch()];
  const current = (): Engine => engines.at(-1) ?? launch();
  /** True when the author has changed the source since: what goes on is what is on disk, unless the run is only in the process. */
  const isOutdated = async ({ runner }: Engine): Promise<boolean> => {
    if (!durable || runner === undefined || running?.sent === true) return false;
    return runner.isStale();
  };

  const retire = (engine: Engine): void => {
    if (engine.ended) return;
    engine.ended = true;
    for (const answer of answers.values()) giveUp(answer, { kind: 'canceled' });
    answers.clear();
    engine.runner?.process.close(closeMilliseconds);
  };

  /** The process that loaded the workflow; a new one when the last has ended. Rejects with RunFailure. */
  const ready = async (): Promise<Engine> => {
    if (status === 'suspended' && !abort.signal.aborted && (current().ended || (await isOutdated(current())))) {
      retire(current());
      engines.push(launch());
    }
    const engine = current();
    await engine.loaded.promise;
    return engine;
  };

  const send = (command: RunnerCommand): void => current().runner?.process.send(command);

  const ask = <T>(
    make: (number: number) => RunnerCommand,
    none: T,
    answer: (settle: (value: T) => void) => Answer,
  ): Promise<T> =>
    new Promise((resolve) => {
      if (current().ended) {
        resolve(none);
        return;
      }
      nextNumber += 1;
      answers.set(nextNumber, answer(resolve));
      send(make(nextNumber));
    });

  const conduct = async (command: RunnerCommand): Promise<RunProblem | undefined> => {
    const mine = { ...deferred<RunProblem | undefined>(), sent: false };
    running = mine;
    try {
      await ready();
    } catch (error) {
      // The end of the process has told already, unless it was over before.
      if (running === mine) {
        const problem = problemOf(error);
        options.onEvent(runEnded(problem));
        finish(problem);
      }
      return mine.promise;
    }
    mine.sent = true;
    send(command);
    return mine.promise;
  };

  return {
    loaded: current().loaded.promise,
    async validate(part, value) {
      await ready();
      return ask<readonly InputIssue[]>(
        (number) => ({ type: 'validate', number, part, value }),
        [],
        (settle) => ({ type: 'issues', settle }),
      );
    },
    start: (inputs) => conduct({ type: 'start', ...inputs }),
    resume(resumption) {
      // Whatever this session did before: the run to resume is in the storage.
      status = 'suspended';
      return conduct({ type: 'resume', ...resumption });
    },
    async suspended(runId) {
      await ready();
      return ask<readonly SuspendedStep[]>(
        (number) => ({ type: 'suspended', number, runId }),
        [],
        (settle) => ({ type: 'steps', settle }),
      );
    },
    async abandon(runId) {
      try {
        await ready();
      } catch (error) {
        return problemOf(error);
      }
      return ask<RunProblem | undefined>(
        (number) => ({ type: 'abandon', number, runId }),
        { kind: 'canceled' },
        (settle) => ({ type: 'abandoned', settle }),
      );
    },
    cancel() {
      abort.abort();
      const over = running;
      if (over !== undefined) send({ type: 'cancel' });
      // A step that ignores the signal, or a module that never finishes loading, is ended.
      const { runner } = current();
      const timer = setTimeout(() => runner?.process.kill(), over === undefined ? 0 : cancelMilliseconds);
      void over?.promise.then(() => clearTimeout(timer));
    },
    async dispose() {
      const { runner } = current();
      // A run that ended by itself may still have traces to send; anything else just ends.
      const orderly = running === undefined && status !== 'new' && !abort.signal.aborted;
      abort.abort();
      if (orderly) runner?.process.close(closeMilliseconds);
      else runner?.process.kill();
      for (const engine of engines) {
        await engine.over;
        await engine.runner?.bundle.dispose();
      }
    },
  };
}
