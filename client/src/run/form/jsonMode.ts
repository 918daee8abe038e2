/** Switching a form to JSON in a tab and back: the value is kept both ways, and a text that is no JSON is not lost. */
import type * as vscode from 'vscode';
import type { FormHostState, FormValues } from '../../../../common/protocol/form.ts';
import { documentOf, documentSchema, parseDocument } from './jsonDocument.ts';
import type { JsonTab, JsonTabs } from './jsonTab.ts';

export interface JsonModeOptions {
  readonly code: Pick<typeof vscode, 'window'>;
  readonly tabs: JsonTabs;
  readonly column: () => vscode.ViewColumn | undefined;
  readonly state: () => FormHostState;
  readonly update: (change: Partial<FormHostState>) => void;
  readonly values: () => FormValues;
  /** Shows other values in the form. */
  readonly replace: (values: FormValues) => void;
  readonly onSubmit: (values: FormValues) => void;
  readonly onCancel: () => void;
  /** The form is edited again. */
  readonly onLeft: () => void;
  /** Runs in the background; failures are logged. */
  readonly later: (work: Promise<void>) => void;
}

export interface JsonMode {
  readonly isOn: () => boolean;
  enter(): Promise<void>;
  leave(): Promise<void>;
  /** Takes the text of a tab that the last window left behind, which is newer than the form. */
  restore(): Promise<void>;
  show(): Promise<void>;
  /** Takes the text, and closes the tab without a word. */
  dispose(): Promise<void>;
}

/** What is there while a text is typed anew, e.g. `{}`, is not what is meant. */
const pauseMilliseconds = 400;

export function createJsonMode(options: JsonModeOptions): JsonMode {
  const { code, tabs, state, update, values, replace, later } = options;
  let tab: JsonTab | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A text that was no JSON when its tab was closed, with the values that the form had then. */
  let broken: { readonly text: string; readonly values: FormValues } | undefined;

  /** Undefined when the text says something. */
  const take = (text: string): string | undefined => {
    const parsed = parseDocument(state().sections ?? [], text);
    if (parsed.kind === 'broken') return parsed.message;
    replace(parsed.values);
    return undefined;
  };
  const onPause = (text: string): void => {
    const wrong = take(text);
    if (wrong !== undefined) {
      update({ notice: { kind: 'warning', message: `The JSON cannot be read, the last values stay: ${wrong}` } });
    } else if (state().notice !== undefined) update({ notice: undefined });
  };
  const keepBroken = (text: string, reason: string): void => {
    broken = { text, values: values() };
    update({
      notice: {
        kind: 'warning',
        message: `The JSON could not be read (${reason}), so these are the last values that could. "Edit as JSON" shows the text again.`,
      },
    });
  };

  const leave = async (): Promise<void> => {
    const open = tab;
    if (open === undefined) return;
    tab = undefined;
    clearTimeout(timer);
    const wrong = take(open.text());
    await open.close();
    update({ editing: 'form', notice: undefined });
    if (wrong !== undefined) keepBroken(open.text(), wrong);
    options.onLeft();
  };

  return {
    isOn: () => tab !== undefined,
    leave,
    async enter() {
      const { sections, title, submitLabel } = state();
      if (sections === undefined || tab !== undefined) return;
      const again = broken !== undefined && JSON.stringify(broken.values) === JSON.stringify(values());
      const text = again && broken !== undefined ? broken.text : documentOf(sections, values());
      update({ editing: 'json', notice: undefined });
      try {
        tab = await tabs.open({
          title,
          submitLabel,
          text,
          schema: documentSchema(sections),
          column: options.column(),
          onChange(changed) {
            clearTimeout(timer);
            timer = setTimeout(() => onPause(changed), pauseMilliseconds);
          },
          onSubmit() {
            const parsed = parseDocument(sections, tab?.text() ?? text);
            if (parsed.kind === 'values') options.onSubmit(parsed.values);
            else void code.window.showErrorMessage(`This is not JSON yet: ${parsed.message}`);
          },
          onBack: () => later(leave()),
          onCancel: options.onCancel,
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        update({ editing: 'form', notice: { kind: 'error', message: `The JSON could not be opened: ${reason}` } });
      }
    },
    async restore() {
      const text = await tabs.leftOver(state().title);
      const wrong = text === undefined ? undefined : take(text);
      if (text !== undefined && wrong !== undefined) keepBroken(text, wrong);
    },
    async show() {
      await tab?.show();
    },
    async dispose() {
      const open = tab;
      tab = undefined;
      clearTimeout(timer);
      if (open === undefined) return;
      take(open.text());
      await open.close();
    },
  };
}
