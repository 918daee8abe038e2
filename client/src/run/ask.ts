/** Asks the author for what a run needs: its input, its initial state, the answer that a suspended step waits for. */
import type * as vscode from 'vscode';
import type { Json } from '../../../common/runlog/events.ts';
import type { Attempt } from './attempt.ts';
import type { SuspendedStep } from './connection.ts';
import { askInput } from './input.ts';
import type { InputQuestion } from './input.ts';
import type { InputEditor } from './inputEditor.ts';
import { payloadText, stepLabel } from './resume/choose.ts';
import type { RunSurface } from './surface.ts';

export interface AskDependencies {
  readonly vscode: RunSurface;
  readonly editor: InputEditor;
  /** Remembers what was given the last time. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
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
export function askAnswer(
  dependencies: AskDependencies,
  attempt: Attempt,
  waiting: SuspendedStep,
): Promise<Json | undefined> {
  const { connection, request, title } = attempt;
  const payload = payloadText(waiting);
  const said = payload === undefined ? '' : `${stepLabel(waiting)} says ${payload}. `;
  return answered(dependencies, `mastra.run.resume:${request.workflow.key}:${waiting.step.join('.')}`, {
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
