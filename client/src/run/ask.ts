/** Asks the author for what a run needs: its input, its initial state, the answer that a suspended step waits for. */
import type * as vscode from 'vscode';
import type { Json } from '../../../common/runlog/events.ts';
import type { Attempt } from './attempt.ts';
import type { RunInputs, SuspendedStep } from './connection.ts';
import type { RunForms } from './form/ask.ts';
import { answerFormId } from './form/ids.ts';
import { parseInput } from './check.ts';
import { askInput } from './input.ts';
import type { InputQuestion } from './input.ts';
import type { InputEditor } from './inputEditor.ts';
import { payloadText, stepLabel } from './resume/choose.ts';
import type { RunSurface } from './surface.ts';

export interface AskDependencies {
  readonly vscode: RunSurface;
  readonly editor: InputEditor;
  /** Without it, or where the setting says so, an input box asks. */
  readonly forms: RunForms | undefined;
  /** Remembers what was given the last time. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
}

/**
 * Everything that goes into a run, or what is missing beside the `given` input; undefined when the author gave up. Rejects with
 * RunFailure when the workflow cannot be loaded.
 */
export async function askInputs(
  dependencies: AskDependencies,
  attempt: Attempt,
  given?: Json,
): Promise<RunInputs | undefined> {
  const { connection, request, title } = attempt;
  const { loaded } = connection;
  const forms = formsOf(dependencies, request.uri);
  if (forms !== undefined) {
    const input = given ?? request.suggestedInput;
    return forms.askInputs({
      uri: request.uri,
      key: request.workflow.key,
      title,
      loaded,
      initial: input === undefined ? undefined : { input, state: undefined, requestContext: undefined },
      validate: (part, value) => connection.validate(part, value),
    });
  }
  const input = given ?? (await askPart(dependencies, attempt, 'input'));
  if (input === undefined) return undefined;
  const { needsState } = await loaded;
  const state = needsState ? await askPart(dependencies, attempt, 'state') : undefined;
  return needsState && state === undefined ? undefined : { input, state, requestContext: undefined };
}

/** Undefined where a box asks. */
function formsOf({ vscode: surface, forms }: AskDependencies, uri: string): RunForms | undefined {
  const inputAs = surface.workspace.getConfiguration('mastra.run', surface.Uri.parse(uri)).get<string>('inputAs');
  return inputAs === 'box' ? undefined : forms;
}

/** The input or the initial state of a run; undefined when the author gave up. Rejects with RunFailure when the workflow cannot be loaded. */
export function askPart(
  dependencies: AskDependencies,
  attempt: Attempt,
  part: 'input' | 'state',
): Promise<Json | undefined> {
  const { connection, request, title } = attempt;
  return answered(dependencies, `mastra.run.${part}:${request.workflow.key}`, {
    title: `Run ${title}`,
    prompt: part === 'input' ? 'Input as JSON. Press Enter to run.' : 'Initial state as JSON. Press Enter to run.',
    schema: connection.loaded.then((loaded) => (part === 'input' ? loaded.inputSchema : loaded.stateSchema)),
    validate: (value) => connection.validate(part, value),
    suggested: part === 'input' ? request.suggestedInput : undefined,
  });
}

/** The answer to one suspended step; undefined when the author gave up. */
export async function askAnswer(
  dependencies: AskDependencies,
  attempt: Attempt,
  waiting: SuspendedStep,
): Promise<Json | undefined> {
  const { connection, request, title } = attempt;
  const payload = payloadText(waiting);
  const remember = `mastra.run.resume:${request.workflow.key}:${waiting.step.join('.')}`;
  const forms = formsOf(dependencies, request.uri);
  if (forms !== undefined) {
    const value = await forms.askValue({
      id: answerFormId(request.workflow.key),
      // The answer is for one step of one run: another window asks for what waits by then.
      reopen: undefined,
      title: `Resume ${title} at ${stepLabel(waiting)}`,
      description: payload === undefined ? undefined : `The step says: ${payload}`,
      submitLabel: 'Resume',
      schema: waiting.resumeSchema,
      remembered: jsonOf(dependencies.memory.get<unknown>(remember)),
      validate: (given) => connection.validate({ resume: waiting.step }, given),
    });
    if (value !== undefined) await dependencies.memory.update(remember, JSON.stringify(value));
    return value;
  }
  const said = payload === undefined ? '' : `${stepLabel(waiting)} says ${payload}. `;
  return answered(dependencies, remember, {
    title: `Resume ${title} at ${stepLabel(waiting)}`,
    prompt: `${said}Answer as JSON. Press Enter to resume.`,
    schema: Promise.resolve(waiting.resumeSchema),
    validate: (value) => connection.validate({ resume: waiting.step }, value),
  });
}

async function answered(
  { vscode: surface, editor, memory }: AskDependencies,
  remember: string,
  { suggested, ...asked }: Omit<InputQuestion, 'remembered'> & { readonly suggested?: Json | undefined },
): Promise<Json | undefined> {
  const remembered = suggested === undefined ? memory.get<string>(remember) : JSON.stringify(suggested);
  const question: InputQuestion = { ...asked, remembered };
  const boxed = await askInput(surface, question);
  const answer = boxed.kind === 'editor' ? await editor.edit(question, boxed.text) : boxed;
  if (answer.kind !== 'value') return undefined;
  await memory.update(remember, answer.text);
  return answer.value;
}

/** What was remembered may be text of the box that was never JSON. */
function jsonOf(text: unknown): Json | undefined {
  const parsed = typeof text === 'string' ? parseInput(text) : undefined;
  return parsed?.kind === 'value' ? parsed.value : undefined;
}
