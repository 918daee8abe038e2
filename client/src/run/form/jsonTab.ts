/** The value of a form as JSON in an editor tab, with the lenses "Run", "Back to Form" and "Cancel" on top. */
import type * as vscode from 'vscode';
import type { Json } from '../../../../common/runlog/events.ts';
import { createFormSchemas, formFolder, schemaSlots } from './schemas.ts';
import type { SchemaSlot } from './schemas.ts';

export interface JsonTabOptions {
  readonly title: string;
  readonly submitLabel: string;
  readonly text: string;
  readonly schema: Json;
  /** Where the tab goes. */
  readonly column: vscode.ViewColumn | undefined;
  onChange(text: string): void;
  onSubmit(): void;
  /** The lens, or the tab was closed. */
  onBack(): void;
  onCancel(): void;
}

export interface JsonTab {
  text(): string;
  show(): Promise<void>;
  /** Closes the tab without asking, and forgets the file. */
  close(): Promise<void>;
}

export interface JsonTabs {
  open(options: JsonTabOptions): Promise<JsonTab>;
  /** The text of a tab with this title that was open when the window was closed; the tab itself goes. */
  leftOver(title: string): Promise<string | undefined>;
  dispose(): void;
}

interface Open {
  readonly options: JsonTabOptions;
  text: string;
}

/** Internal command of the lenses; not in the palette. */
const lensCommand = 'mastra.internal.formJson';
type LensAction = 'submit' | 'back' | 'cancel';

/** `storage` is a folder outside of the workspace. */
export function createJsonTabs(code: typeof vscode, storage: vscode.Uri): JsonTabs {
  const open = new Map<string, Open>();
  const schemas = createFormSchemas(code);
  const folderOf = (slot: SchemaSlot | undefined): vscode.Uri =>
    code.Uri.joinPath(storage, formFolder, slot === undefined ? 'more' : String(slot.number));

  const act = (key: unknown, action: unknown): void => {
    const options = typeof key === 'string' ? open.get(key)?.options : undefined;
    if (options === undefined) return;
    if (action === 'submit') options.onSubmit();
    else if (action === 'back') options.onBack();
    else options.onCancel();
  };

  const registrations = [
    schemas,
    code.commands.registerCommand(lensCommand, act),
    code.languages.registerCodeLensProvider(
      { pattern: `**/${formFolder}/*/*.json` },
      {
        provideCodeLenses({ uri }) {
          const key = uri.toString();
          const entry = open.get(key);
          if (entry === undefined) return [];
          const lens = (title: string, action: LensAction): vscode.CodeLens =>
            new code.CodeLens(new code.Range(0, 0, 0, 0), { title, command: lensCommand, arguments: [key, action] });
          return [
            lens(`$(play) ${entry.options.submitLabel}`, 'submit'),
            lens('$(list-flat) Back to Form', 'back'),
            lens('$(close) Cancel', 'cancel'),
          ];
        },
      },
    ),
    code.workspace.onDidChangeTextDocument(({ document }) => {
      const entry = open.get(document.uri.toString());
      const text = document.getText();
      if (entry === undefined || entry.text === text) return;
      entry.text = text;
      entry.options.onChange(text);
    }),
    code.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) {
        if (input instanceof code.TabInputText) open.get(input.uri.toString())?.options.onBack();
      }
    }),
  ];

  const tabsOf = (fits: (uri: vscode.Uri) => boolean): readonly vscode.Tab[] =>
    code.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof code.TabInputText && fits(input.uri));

  const remove = async (uri: vscode.Uri): Promise<void> => {
    const document = code.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    // Saved first, so that closing asks nothing.
    if (document?.isDirty === true) await document.save();
    const tabs = tabsOf((each) => each.toString() === uri.toString());
    if (tabs.length > 0) await code.window.tabGroups.close(tabs);
    await code.workspace.fs.delete(uri).then(undefined, () => undefined);
  };

  return {
    async open(options) {
      const slot = schemas.take(options.schema);
      const uri = code.Uri.joinPath(folderOf(slot), fileName(options.title));
      const key = uri.toString();
      await code.workspace.fs.writeFile(uri, new TextEncoder().encode(options.text));
      const entry: Open = { options, text: options.text };
      open.set(key, entry);
      const show = async (): Promise<void> => {
        const document = await code.workspace.openTextDocument(uri);
        const column = options.column;
        await code.window.showTextDocument(document, {
          preview: false,
          ...(column !== undefined && { viewColumn: column }),
        });
      };
      try {
        await show();
      } catch (error) {
        open.delete(key);
        slot?.free();
        throw error;
      }
      return {
        text: () => entry.text,
        show,
        async close() {
          // From here on nobody is told that the tab closes.
          if (!open.delete(key)) return;
          await remove(uri);
          slot?.free();
        },
      };
    },
    async leftOver(title) {
      const numbers = ['more', ...Array.from({ length: schemaSlots }, (_, index) => String(index + 1))];
      const places = new Set(
        numbers.map((number) => code.Uri.joinPath(storage, formFolder, number, fileName(title)).toString()),
      );
      const [tab] = tabsOf((uri) => places.has(uri.toString()) && !open.has(uri.toString()));
      if (!(tab?.input instanceof code.TabInputText)) return undefined;
      const document = await code.workspace.openTextDocument(tab.input.uri);
      const text = document.getText();
      await remove(tab.input.uri);
      return text;
    },
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}

function fileName(title: string): string {
  return `${title.replace(/[^\w-]+/g, '-').toLowerCase()}.json`;
}
