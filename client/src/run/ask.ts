/** Asks the author for what a run needs: its input, its initial state, the answer that a suspended step waits for. */
import type * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/ids.ts';
import type { Json } from '../../../common/runlog/events.ts';
import type { Attempt } from './attempt.ts';
import type { RunInputs, SuspendedStep } from './connection.ts';
import type { RunForms } from './form/ask.ts';
import { answerFormId } from './form/ids.ts';
import { parseInput } from './check.ts';
import { needsContext } from './context.ts';
import { askInput } from './input.ts';
import type { InputQuestion } from './input.ts';
import type { InputEditor } from './inputEditor.ts';
import type { InputPart, LoadedWorkflow } from './protocol.ts';
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

/** Everything that goes into a run. */
export interface GivenInputs extends RunInputs {
  /** Of the saved input that has the same values. */
  readonly inputName: string | undefined;
}

/**
 * Everything that goes into a run, or what is missing beside the `given` input; undefined when the author gave up. Rejects with
 * RunFailure when the workflow cannot be loaded.
 */
export async function askInputs(
  dependencies: AskDependencies,
  attempt: Attempt,
  given?: Json,
): Promise<GivenInputs | undefined> {
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
  const asked = given === undefined ? await askPart(dependencies, attempt, 'input') : { value: given, more: false };
  if (asked === undefined) return undefined;
  const workflow = await loaded;
  const state = workflow.needsState ? await askPart(dependencies, attempt, 'state') : undefined;
  if (workflow.needsState && state === undefined) return undefined;
  const wantsContext = asked.more || needsContext(workflow);
  const context = wantsContext ? await askPart(dependencies, attempt, 'requestContext') : undefined;
  if (wantsContext && context === undefined) return undefined;
  return { input: asked.value, state: state?.value, requestContext: context?.value, inputName: undefined };
}

/** Undefined where a box asks. */
function formsOf({ vscode: surface, forms }: AskDependencies, uri: string): RunForms | undefined {
  const inputAs = surface.workspace.getConfiguration('mastra.run', surface.Uri.parse(uri)).get<string>('inputAs');
  return inputAs === 'box' ? undefined : forms;
}

const prompts: Readonly<Record<InputPart, string>> = {
  input: 'Input as JSON. Press Enter to run.',
  state: 'Initial state as JSON. Press Enter to run.',
  requestContext: 'Request context as JSON, an object of the entries that steps read. Press Enter to run.',
};

/** One part of what goes into a run; undefined when the author gave up. Rejects with RunFailure when the workflow cannot be loaded. */
export function askPart(
  dependencies: AskDependencies,
  attempt: Attempt,
  part: InputPart,
): Promise<BoxedAnswer | undefined> {
  const { connection, request, title } = attempt;
  return answered(dependencies, `mastra.run.${part}:${request.workflow.key}`, {
    title: `Run ${title}`,
    prompt: prompts[part],
    schema: connection.loaded.then((workflow) => schemaOf(workflow, part)),
    validate: (value) => connection.validate(part, value),
    suggested: part === 'input' ? request.suggestedInput : undefined,
    ...(part === 'input' && {
      more: {
        tooltip: 'Also Give a Request Context',
        prompt: 'Input as JSON. Press Enter to go on to the request context.',
      },
    }),
  });
}

function schemaOf(
  { inputSchema, stateSchema, requestContextSchema }: LoadedWorkflow,
  part: InputPart,
): Json | undefined {
  switch (part) {
    case 'input':
      return inputSchema;
    case 'state':
      return stateSchema;
    case 'requestContext':
      return requestContextSchema;
  }
}

/** The answer to one suspended step; undefined when the author gave up. */
export async function askAnswer(
  dependencies: AskDependencies,
  attempt: Attempt,
  waiting: SuspendedStep,
  runId: string,
): Promise<Json | undefined> {
  const { connection, request, title } = attempt;
  const payload = payloadText(waiting);
  const remember = `mastra.run.resume:${request.workflow.key}:${waiting.step.join('.')}`;
  const forms = formsOf(dependencies, request.uri);
  if (forms !== undefined) {
    const value = await forms.askValue({
      workflow: request.workflow.key,
      step: waiting.step,
      id: answerFormId(request.workflow.key),
      // After a reload of the window: the same step of the same run, from the history.
      reopen: { command: commandIds.resumeRun, argument: reopened(request.workflow.key, runId, waiting) },
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
  const boxed = await answered(dependencies, remember, {
    title: `Resume ${title} at ${stepLabel(waiting)}`,
    prompt: `${said}Answer as JSON. Press Enter to resume.`,
    schema: Promise.resolve(waiting.resumeSchema),
    validate: (value) => connection.validate({ resume: waiting.step }, value),
  });
  return boxed?.value;
}

function reopened(key: string, runId: string, { step, index }: SuspendedStep): Json {
  return { key, runId, step, ...(index !== undefined && { index }) };
}

interface BoxedAnswer {
  readonly value: Json;
  /** True when the author wants to give more than was asked for. */
  readonly more: boolean;
}

async function answered(
  { vscode: surface, editor, memory }: AskDependencies,
  remember: string,
  { suggested, ...asked }: Omit<InputQuestion, 'remembered'> & { readonly suggested?: Json | undefined },
): Promise<BoxedAnswer | undefined> {
  const remembered = suggested === undefined ? memory.get<string>(remember) : JSON.stringify(suggested);
  const question: InputQuestion = { ...asked, remembered };
  const boxed = await askInput(surface, question);
  const answer = boxed.kind === 'editor' ? await editor.edit(question, boxed.text) : boxed;
  if (answer.kind !== 'value') return undefined;
  await memory.update(remember, answer.text);
  return { value: answer.value, more: boxed.kind !== 'dismissed' && boxed.more };
}

/** What was remembered may be text of the box that was never JSON. */
function jsonOf(text: unknown): Json | undefined {
  const parsed = typeof text === 'string' ? parseInput(text) : undefined;
  return parsed?.kind === 'value' ? parsed.value : undefined;
}
