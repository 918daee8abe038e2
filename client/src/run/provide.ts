/** What goes into a run or a resumption: what the caller gave, when it fits, else what the author is asked for. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { askAnswer, askInputs } from './ask.ts';
import type { AskDependencies, GivenInputs } from './ask.ts';
import type { Attempt } from './attempt.ts';
import type { Resumption } from './connection.ts';
import type { ResumeRequest } from './contract.ts';
import { checkGiven } from './given.ts';
import { withProgress } from './progress.ts';
import type { CheckedPart } from './protocol.ts';
import { answeredStep } from './resume/choose.ts';

export interface ProvideDependencies extends AskDependencies {
  readonly onDidChange: vscode.Event<WorkflowKey>;
  readonly say: (severity: 'error' | 'warning', text: string) => void;
}

/** Undefined when the author gave up, or what was given does not fit, which has been said then. Rejects like the connection. */
export async function provideInputs(
  dependencies: ProvideDependencies,
  attempt: Attempt,
): Promise<GivenInputs | undefined> {
  const { input: asked, inputName } = attempt.request;
  if (asked === undefined) return askInputs(dependencies, attempt);
  const checking = given(dependencies, attempt, 'input', asked);
  const input = await withProgress(dependencies.vscode, attempt, dependencies.onDidChange, checking);
  if (input === undefined) return undefined;
  const { needsState } = await attempt.connection.loaded;
  if (needsState) return askInputs(dependencies, attempt, input);
  return { input, state: undefined, requestContext: undefined, inputName };
}

export type Provided =
  | { readonly kind: 'resumption'; readonly resumption: Resumption }
  /** It was said; `nothing` when no step of the run waits any more. */
  | { readonly kind: 'gone'; readonly nothing: boolean }
  | { readonly kind: 'dismissed' };

/** Rejects like the connection. */
export async function provideAnswer(
  dependencies: ProvideDependencies,
  attempt: Attempt,
  request: ResumeRequest,
): Promise<Provided> {
  const { connection, title } = attempt;
  const { vscode: surface } = dependencies;
  const { runId } = request;
  const steps = await withProgress(surface, attempt, dependencies.onDidChange, connection.suspended(runId));
  const answer = await answeredStep(surface, title, steps, request);
  if (answer.kind === 'gone') dependencies.say('warning', answer.text);
  if (answer.kind !== 'step') return answer.kind === 'gone' ? { kind: 'gone', nothing: steps.length === 0 } : answer;
  const { step } = answer;
  const data =
    request.data === undefined
      ? await askAnswer(dependencies, attempt, step, runId)
      : await given(dependencies, attempt, { resume: step.step }, request.data);
  if (data === undefined) return { kind: 'dismissed' };
  return { kind: 'resumption', resumption: { runId, step: step.step, index: step.index, data } };
}

/** A value that the caller gave, when the workflow's own schema takes it. */
async function given(
  { say }: ProvideDependencies,
  attempt: Attempt,
  part: CheckedPart,
  value: unknown,
): Promise<Json | undefined> {
  const checked = await checkGiven(attempt, part, value);
  if (checked.kind === 'value') return checked.value;
  say('error', checked.message);
  return undefined;
}
