/** Gives a large input in an editor: a JSON file of ours with the lenses "Run" and "Cancel" on top. */
import type * as vscode from 'vscode';
import { check } from './input.ts';
import type { InputAnswer, InputQuestion } from './input.ts';
import { parseInput } from './check.ts';
import { prefillOf } from './prefill.ts';
import type { RunSurface } from './surface.ts';

export interface InputEditor {
  /** Resolves when the author runs or cancels, or closes the tab. */
  edit(question: InputQuestion, text: string): Promise<InputAnswer>;
  dispose(): void;
}

interface Open {
  readonly question: InputQuestion;
  readonly uri: vscode.Uri;
  readonly answer: (answer: InputAnswer) => void;
}

/** Internal commands of the lenses; not in the palette. */
const useCommand = 'mastra.internal.useRunInput';
const dropCommand = 'mastra.internal.dropRunInput';

/** `folder` holds the files, outside of the workspace. */
export function createInputEditor(surface: RunSurface, folder: vscode.Uri): InputEditor {
  const open = new Map<string, Open>();

  const lenses = (document: vscode.TextDocument): vscode.CodeLens[] => {
    const entry = open.get(document.uri.toString());
    if (entry === undefined) return [];
    const top = new surface.Range(0, 0, 0, 0);
    const key = document.uri.toString();
    return [
      new surface.CodeLens(top, { title: `$(play) ${entry.question.title}`, command: useCommand, arguments: [key] }),
      new surface.CodeLens(top, { title: '$(close) Cancel', command: dropCommand, arguments: [key] }),
    ];
  };

  const use = async (key: unknown): Promise<void> => {
    const entry = typeof key === 'string' ? open.get(key) : undefined;
    if (entry === undefined) return;
    const document = await surface.workspace.openTextDocument(entry.uri);
    const text = document.getText();
    const checked = await check(text, entry.question).catch(() => undefined);
    if (checked === undefined) entry.answer({ kind: 'dismissed' });
    else if (checked.kind === 'wrong') await surface.window.showErrorMessage(checked.message);
    else entry.answer({ kind: 'value', value: checked.value, more: false, text: compact(text) });
  };

  const registrations = [
    surface.languages.registerCodeLensProvider({ pattern: '**/*.run-input.json' }, { provideCodeLenses: lenses }),
    surface.commands.registerCommand(useCommand, use),
    surface.commands.registerCommand(dropCommand, (key: unknown) => {
      if (typeof key === 'string') open.get(key)?.answer({ kind: 'dismissed' });
    }),
    surface.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) {
        if (input instanceof surface.TabInputText) open.get(input.uri.toString())?.answer({ kind: 'dismissed' });
      }
    }),
  ];

  return {
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
    async edit(question, text) {
      const name = question.title.replace(/[^\w-]+/g, '-').toLowerCase();
      const uri = surface.Uri.joinPath(folder, `${name}.run-input.json`);
      const content = text.trim() === '' ? await question.schema.then(prefillOf, () => ({})) : pretty(text);
      const shown = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
      await surface.workspace.fs.writeFile(uri, new TextEncoder().encode(`${shown}\n`));
      const answered = new Promise<InputAnswer>((resolve) => {
        open.set(uri.toString(), { question, uri, answer: resolve });
      });
      const document = await surface.workspace.openTextDocument(uri);
      await surface.window.showTextDocument(document, { preview: false });
      const answer = await answered;
      open.delete(uri.toString());
      await closeTab(surface, uri, document);
      return answer;
    },
  };
}

/** Saved first, so that closing asks nothing. */
async function closeTab(surface: RunSurface, uri: vscode.Uri, document: vscode.TextDocument): Promise<void> {
  if (document.isDirty) await document.save();
  const tabs = surface.window.tabGroups.all.flatMap((group) => group.tabs);
  const own = tabs.filter(
    ({ input }) => input instanceof surface.TabInputText && input.uri.toString() === uri.toString(),
  );
  if (own.length > 0) await surface.window.tabGroups.close(own);
}

function pretty(text: string): string {
  const parsed = parseInput(text);
  return parsed.kind === 'value' ? JSON.stringify(parsed.value, null, 2) : text;
}

/** One line, for the box of the next run. */
function compact(text: string): string {
  const parsed = parseInput(text);
  return parsed.kind === 'value' ? JSON.stringify(parsed.value) : text;
}
