/** What VS Code loads. Thin on purpose: it brings in the real `vscode` and the language client, and hands them over. */
import * as vscode from 'vscode';
import { createExtension, type Extension } from './wiring.ts';

let extension: Extension | undefined;

/** Returns the parts that the client tests look at; nothing is handed to other extensions. */
export function activate(context: vscode.ExtensionContext): Extension | undefined {
  extension = createExtension({
    vscode,
    context,
    loadLanguageClient: () => import('vscode-languageclient/node'),
    loadForms: () => import('./run/form/part.ts'),
    loadOverview: () => import('./overview/part.ts'),
    loadCompare: () => import('./compare/part.ts'),
    loadExport: () => import('./graph/export/part.ts'),
  });
  return context.extensionMode === vscode.ExtensionMode.Test ? extension : undefined;
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
}
