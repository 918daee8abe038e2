/** How a process of ours ended, as the problem and the events that its stream could not tell any more. */
import path from 'node:path';
import { toRunError } from '../../../common/runlog/error.ts';
import type { RunError } from '../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { RunFailure } from './problem.ts';
import type { RunProblem } from './problem.ts';
import type { RunnerExit } from './process.ts';
import type { RunProject } from './project.ts';
import type { RunnerMessage } from './protocol.ts';
import type { RunTarget } from './servers.ts';

export function problemOf(error: unknown): RunProblem {
  return error instanceof RunFailure ? error.problem : { kind: 'runner-failed', reason: toRunError(error).message };
}

export function stepFailed(step: string, error: RunError): RunEventBody {
  const path = step.split('.');
  return { type: 'step-failed', time: Date.now(), step: path, callId: undefined, error, iteration: undefined };
}

export function runEnded(problem: RunProblem): RunEventBody {
  const canceled = problem.kind === 'canceled';
  const error = 'error' in problem ? problem.error : undefined;
  return {
    type: 'run-finished',
    time: Date.now(),
    status: canceled ? 'canceled' : 'failed',
    output: undefined,
    error: canceled ? undefined : (error ?? { ...toRunError(reasonOf(problem)), stack: undefined }),
  };
}

/** Why a run is over whose process is, in a sentence without its full stop. */
function reasonOf(problem: RunProblem): string {
  if (problem.kind === 'crashed') {
    return `The process of the run ended unexpectedly (${exitText(problem.code, problem.signal)})`;
  }
  return problem.kind === 'out-of-memory' ? 'The process of the run ran out of memory' : 'The process of the run ended';
}

export function exitText(code: number | undefined, signal: string | undefined): string {
  return signal === undefined ? `exit code ${code ?? 'unknown'}` : `killed by ${signal}`;
}

export function refusal(
  message: Extract<RunnerMessage, { type: 'refused' }>,
  { file, workflow: { id, name } }: RunTarget,
  project: RunProject,
): RunProblem {
  const workflow = id ?? name ?? path.basename(file);
  const error = message.error ?? toRunError(message.message);
  switch (message.kind) {
    case 'core-missing':
      return { kind: 'core-missing', folder: project.root };
    case 'load-failed':
      return { kind: 'load-failed', error };
    case 'workflow-not-found':
      return { kind: 'workflow-not-found', workflow, file, hasEntry: project.entry !== undefined };
    case 'not-committed':
      return { kind: 'not-committed', workflow };
    case 'start-failed':
      return { kind: 'start-failed', error };
  }
}

export function exitProblem(exit: RunnerExit, announced: RunProblem | undefined, canceled: boolean): RunProblem {
  if (canceled) return { kind: 'canceled' };
  if (announced !== undefined) return announced;
  if (exit.error !== undefined) return { kind: 'runner-failed', reason: exit.error };
  if (/heap out of memory|Reached heap limit|out of memory/.test(exit.stderr)) return { kind: 'out-of-memory' };
  return { kind: 'crashed', code: exit.code, signal: exit.signal, stderr: exit.stderr };
}
