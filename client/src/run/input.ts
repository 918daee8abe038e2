/** Asks for a run's input in a box: JSON on one line, checked by the workflow's own schema while it is typed. */
import type * as vscode from 'vscode';
import type { Json } from '../../../common/runlog/events.ts';
import { issuesText, parseInput } from './check.ts';
import { prefillOf } from './prefill.ts';
import type { InputIssue } from './protocol.ts';
import type { RunSurface } from './surface.ts';

export interface InputQuestion {
  readonly title: string;
  readonly prompt: string;
  /** What was given the last time, as text. */
  readonly remembered: string | undefined;
  /** The schema of the input, once the project is built and loaded. Rejects when it cannot be. */
  readonly schema: Promise<Json | undefined>;
  readonly validate: (value: Json) => Promise<readonly InputIssue[]>;
  /** A button for giving more than this box asks for; `prompt` is that of the box once it was pressed. */
  readonly more?: { readonly tooltip: string; readonly prompt: string };
}

export type InputAnswer =
  /** `more` is true after the button for it. */
  | { readonly kind: 'value'; readonly value: Json; readonly text: string; readonly more: boolean }
  /** Go on in an editor, with this text. */
  | { readonly kind: 'editor'; readonly text: string; readonly more: boolean }
  | { readonly kind: 'dismissed' };

type Checked = { readonly kind: 'fits'; readonly value: Json } | { readonly kind: 'wrong'; readonly message: string };

/**
 * Opens at once, while the project is still being built: Enter then waits for the check. Resolves `dismissed` on Escape and when
 * `schema` rejects; the caller then says why.
 */
export function askInput(surface: RunSurface, question: InputQuestion): Promise<InputAnswer> {
  const box = surface.window.createInputBox();
  const editButton = { iconPath: new surface.ThemeIcon('edit'), tooltip: 'Edit in Editor' };
  const resetButton = { iconPath: new surface.ThemeIcon('discard'), tooltip: 'Start From the Schema' };
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = 'Building the project…';
  box.ignoreFocusOut = true;
  box.busy = true;
  const moreButton = { iconPath: new surface.ThemeIcon('add'), tooltip: question.more?.tooltip ?? '' };
  box.buttons = [editButton, resetButton, ...(question.more === undefined ? [] : [moreButton])];
  if (question.remembered !== undefined) box.value = question.remembered;

  return new Promise((resolve) => {
    let round = 0;
    let answered = false;
    let more = false;
    const answer = (result: InputAnswer): void => {
      // Disposing of the box hides it, which is an answer too.
      if (answered) return;
      answered = true;
      resolve(result);
      box.dispose();
    };
    const fill = async (): Promise<void> => {
      box.value = JSON.stringify(prefillOf(await question.schema));
      await show();
    };
    /** Shows what is wrong with the text as it is now; a check that was overtaken by typing says nothing. */
    const show = async (): Promise<Checked> => {
      const current = (round += 1);
      const checked = await check(box.value, question);
      if (current === round) {
        box.validationMessage =
          checked.kind === 'fits'
            ? undefined
            : { message: checked.message, severity: surface.InputBoxValidationSeverity.Error };
      }
      return checked;
    };
    const accept = async (): Promise<void> => {
      const text = box.value;
      box.busy = true;
      const checked = await show();
      box.busy = false;
      if (checked.kind === 'fits' && box.value === text) answer({ kind: 'value', value: checked.value, text, more });
    };
    const whenLoaded = async (): Promise<void> => {
      await question.schema;
      box.busy = false;
      box.placeholder = 'Input as JSON';
      if (box.value === '' && round === 0) await fill();
      else await show();
    };
    // A rejection of the schema closes the box: without the workflow there is nothing to give input to.
    const guard = (work: Promise<unknown>): void => {
      work.catch(() => answer({ kind: 'dismissed' }));
    };
    box.onDidChangeValue(() => guard(show()));
    box.onDidAccept(() => guard(accept()));
    box.onDidHide(() => answer({ kind: 'dismissed' }));
    box.onDidTriggerButton((button: vscode.QuickInputButton) => {
      if (button === editButton) answer({ kind: 'editor', text: box.value, more });
      else if (button === moreButton) {
        more = !more;
        box.prompt = more ? (question.more?.prompt ?? question.prompt) : question.prompt;
      } else guard(fill());
    });
    box.show();
    guard(whenLoaded());
  });
}

/** Text that is not JSON is said so at once; the rest waits until the workflow is loaded. */
export async function check(text: string, question: Pick<InputQuestion, 'validate'>): Promise<Checked> {
  const parsed = parseInput(text);
  if (parsed.kind === 'broken') return { kind: 'wrong', message: parsed.message };
  const message = issuesText(await question.validate(parsed.value));
  return message === undefined ? { kind: 'fits', value: parsed.value } : { kind: 'wrong', message };
}
