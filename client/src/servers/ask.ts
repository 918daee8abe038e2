/** A question of several steps in quick input: with a way back, and answers that are checked while they are typed. */
import type * as vscode from 'vscode';
import type { ServersSurface } from './surface.ts';

export type Answer<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'gone' };

export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

export interface TextQuestion extends StepPlace {
  readonly value: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** What is wrong with a text; undefined when nothing is. */
  readonly problem: (text: string) => string | undefined;
}

export type AskSurface = Pick<ServersSurface, 'QuickInputButtons'> & {
  readonly window: Pick<ServersSurface['window'], 'createInputBox' | 'createQuickPick'>;
};

/** Stays open when the focus goes elsewhere: a token is copied from somewhere. */
export function askText(surface: AskSurface, question: TextQuestion): Promise<Answer<string>> {
  const box = surface.window.createInputBox();
  place(surface, box, question);
  box.value = question.value;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder ?? '';
  box.password = question.password ?? false;
  return answered<string>(surface, box, (give) => {
    // What is wrong shows up when one goes on, and from then on while typing.
    let tried = false;
    box.onDidChangeValue((text) => {
      if (tried) box.validationMessage = question.problem(text);
    });
    box.onDidAccept(() => {
      tried = true;
      const problem = question.problem(box.value);
      box.validationMessage = problem;
      if (problem === undefined) give(box.value);
    });
  });
}

export interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface ChoiceQuestion<T> extends StepPlace {
  readonly placeholder: string;
  readonly items: readonly ChoiceItem<T>[];
  readonly active: T | undefined;
}

export function askChoice<T>(surface: AskSurface, question: ChoiceQuestion<T>): Promise<Answer<T>> {
  const pick = surface.window.createQuickPick<ChoiceItem<T>>();
  place(surface, pick, question);
  pick.placeholder = question.placeholder;
  pick.items = question.items;
  pick.activeItems = question.items.filter(({ value }) => value === question.active);
  return answered<T>(surface, pick, (give) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) give(chosen.value);
    });
  });
}

function place(
  surface: AskSurface,
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  at: StepPlace,
): void {
  input.title = at.title;
  input.step = at.step;
  input.totalSteps = at.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = at.step > 1 ? [surface.QuickInputButtons.Back] : [];
}

function answered<T>(
  surface: AskSurface,
  input: vscode.InputBox | vscode.QuickPick<ChoiceItem<T>>,
  listen: (give: (value: T) => void) => void,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    let ended = false;
    const end = (answer: Answer<T>): void => {
      // Disposing of it hides it, which is told as well.
      if (ended) return;
      ended = true;
      resolve(answer);
      input.dispose();
    };
    input.onDidTriggerButton((button) => {
      if (button === surface.QuickInputButtons.Back) end({ kind: 'back' });
    });
    input.onDidHide(() => end({ kind: 'gone' }));
    listen((value) => end({ kind: 'value', value }));
    input.show();
  });
}
