/** Inputs and outputs of a run as read-only JSON documents. */
import type * as vscode from 'vscode';
import type { Json } from '../../../../common/runlog/events.ts';

export const valueScheme = 'mastra-run';

/** So many are kept; a tab that is older and opened again says so. */
const maxDocuments = 50;

export interface ValueDocuments {
  /** Opens a value in a tab. `name` becomes the name of the tab, without extension. */
  show(name: string, value: Json): Promise<void>;
  dispose(): void;
}

export function registerValueDocuments(code: typeof vscode): ValueDocuments {
  const texts = new Map<string, string>();
  let next = 0;
  const provider = code.workspace.registerTextDocumentContentProvider(valueScheme, {
    provideTextDocumentContent: (uri) =>
      texts.get(uri.toString()) ?? '// This value is not kept any more: run again.\n',
  });
  return {
    async show(name, value) {
      next += 1;
      const path = `/${name.replace(/[\\/:?#]/g, '-')}.json`;
      const uri = code.Uri.from({ scheme: valueScheme, path, query: String(next) });
      texts.set(uri.toString(), `${JSON.stringify(value, null, 2)}\n`);
      for (const old of [...texts.keys()].slice(0, -maxDocuments)) texts.delete(old);
      const document = await code.workspace.openTextDocument(uri);
      await code.window.showTextDocument(document, { preview: true });
    },
    dispose() {
      provider.dispose();
    },
  };
}
