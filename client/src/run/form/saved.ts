/** Saved inputs of a workflow: chosen from a list, kept under a name, deleted; in a file of the workspace that can be committed. */
import path from 'node:path';
import type * as vscode from 'vscode';
import type { FormValues } from '../../../../common/protocol/form.ts';
import { editInput, parseInputsFile, sameValues, savedInputs, withEdits } from './inputsFile.ts';
import type { InputsFile, SavedInput } from './inputsFile.ts';
import type { SavedValues } from './question.ts';

/** `file` declares the workflow; `workflow` is its id. Undefined when the file is in no workspace folder. */
export function createSavedInputs(code: typeof vscode, file: vscode.Uri, workflow: string): SavedValues | undefined {
  const folder = code.workspace.getWorkspaceFolder(file);
  if (folder === undefined) return undefined;
  const name = code.workspace.getConfiguration('mastra.run', file).get<string>('inputsFile', '').trim();
  const relative = path.posix.normalize(name === '' ? defaultFile : name.replaceAll('\\', '/'));
  const uri = code.Uri.joinPath(folder.uri, relative);

  /** What the file says now, also what is not saved yet; undefined when there is no file. */
  const read = async (): Promise<string | undefined> => {
    const open = code.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    // What is on disk may be newer than a document that nobody has changed.
    if (open?.isDirty === true) return open.getText();
    try {
      return new TextDecoder().decode(await code.workspace.fs.readFile(uri));
    } catch (error) {
      if (error instanceof code.FileSystemError && error.code === 'FileNotFound') return undefined;
      throw error;
    }
  };

  /** Says why and returns undefined when nothing may be written. */
  const readable = async (): Promise<{ readonly text: string | undefined; readonly file: InputsFile } | undefined> => {
    if (relative.startsWith('../') || path.posix.isAbsolute(relative) || path.win32.isAbsolute(relative)) {
      await complain(
        `The setting mastra.run.inputsFile leads out of the workspace folder: ${name}`,
        'Open Setting',
        () => code.commands.executeCommand('workbench.action.openSettings', 'mastra.run.inputsFile'),
      );
      return undefined;
    }
    const text = await read();
    const parsed = parseInputsFile(text ?? '');
    if (parsed.kind === 'inputs') return { text, file: parsed };
    const line = parsed.line - 1;
    await complain(
      `The saved inputs cannot be read: ${relative}, line ${parsed.line}: ${parsed.reason}. Nothing was changed in it.`,
      'Open File',
      () => code.window.showTextDocument(uri, { selection: new code.Range(line, 0, line, 0) }),
    );
    return undefined;
  };

  const complain = async (message: string, action: string, act: () => Thenable<unknown>): Promise<void> => {
    const chosen = await code.window.showErrorMessage(message, action);
    if (chosen === action) await act();
  };

  /** True when the file says so afterwards. */
  const write = async (input: string, values: FormValues | undefined): Promise<boolean> => {
    const current = await readable();
    if (current === undefined) return false;
    const { text } = current;
    const edits = editInput(text ?? '', workflow, input, values);
    if (text === undefined) {
      await code.workspace.fs.writeFile(uri, new TextEncoder().encode(withEdits('', edits)));
      return true;
    }
    // Through the editor: what is open and not saved is neither lost nor overwritten, and the change can be undone.
    const document = await code.workspace.openTextDocument(uri);
    const change = new code.WorkspaceEdit();
    for (const { offset, length, content } of edits) {
      change.replace(uri, new code.Range(document.positionAt(offset), document.positionAt(offset + length)), content);
    }
    return (await code.workspace.applyEdit(change)) && (await document.save());
  };

  const askName = async (all: readonly SavedInput[], values: FormValues): Promise<string | undefined> => {
    const same = all.find((saved) => sameValues(saved.values, values));
    const given = await code.window.showInputBox({
      title: `Save input of ${workflow}`,
      prompt: `A name for it in ${relative}`,
      value: same?.name ?? '',
      ignoreFocusOut: true,
      validateInput: (text) => {
        if (text.trim() === '') return { message: 'Give it a name.', severity: code.InputBoxValidationSeverity.Error };
        const taken = all.some((saved) => saved.name === text.trim());
        return taken
          ? { message: `There is a ${text.trim()} already.`, severity: code.InputBoxValidationSeverity.Info }
          : undefined;
      },
    });
    return given?.trim();
  };

  return {
    async count() {
      return savedInputs(parseInputsFile((await read()) ?? ''), workflow).length;
    },
    async nameOf(values) {
      const all = savedInputs(parseInputsFile((await read()) ?? ''), workflow);
      return all.find((saved) => sameValues(saved.values, values))?.name;
    },
    async save(values) {
      const current = await readable();
      if (current === undefined) return false;
      const all = savedInputs(current.file, workflow);
      const chosen = await askName(all, values);
      if (chosen === undefined) return false;
      const taken = all.find((saved) => saved.name === chosen);
      if (taken !== undefined && !sameValues(taken.values, values)) {
        const overwrite = 'Overwrite';
        const answer = await code.window.showWarningMessage(
          `There is a saved input ${chosen} of ${workflow} already.`,
          { modal: true, detail: 'Its values are replaced by those of the form.' },
          overwrite,
        );
        if (answer !== overwrite) return false;
      }
      return write(chosen, values);
    },
    async pick() {
      const current = await readable();
      if (current === undefined) return undefined;
      return pickInput(code, workflow, relative, savedInputs(current.file, workflow), (name) => write(name, undefined));
    },
  };
}

export const defaultFile = '.vscode/mastra-inputs.json';

interface InputItem extends vscode.QuickPickItem {
  readonly saved: SavedInput;
}

/** The list, with a button to delete each; deleting asks, and leaves the list open. */
function pickInput(
  code: typeof vscode,
  workflow: string,
  file: string,
  all: readonly SavedInput[],
  remove: (name: string) => Promise<boolean>,
): Promise<FormValues | undefined> {
  const list = code.window.createQuickPick<InputItem>();
  const trash = { iconPath: new code.ThemeIcon('trash'), tooltip: 'Delete' };
  const itemOf = (saved: SavedInput): InputItem => ({
    label: saved.name,
    description: summaryOf(saved.values),
    buttons: [trash],
    saved,
  });
  list.title = `Saved inputs of ${workflow}`;
  list.placeholder = `Select an input of ${file}`;
  list.matchOnDescription = true;
  list.items = all.map(itemOf);
  return new Promise((resolve) => {
    let asking = false;
    const ask = async (saved: SavedInput): Promise<void> => {
      asking = true;
      const yes = 'Delete';
      const message = `Delete the saved input ${saved.name} of ${workflow}?`;
      const answer = await code.window.showWarningMessage(message, { modal: true }, yes);
      if (answer === yes && (await remove(saved.name))) {
        list.items = list.items.filter((item) => item.saved.name !== saved.name);
      }
      asking = false;
      if (list.items.length > 0) list.show();
      else list.dispose();
    };
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.saved.values);
      list.dispose();
    });
    list.onDidTriggerItemButton(({ item }) => {
      ask(item.saved).then(undefined, () => list.dispose());
    });
    list.onDidHide(() => {
      // A question in front of the list hides it.
      if (asking) return;
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** Enough of the values to tell them apart. */
function summaryOf(values: FormValues): string {
  const text = JSON.stringify(values.input ?? values);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
