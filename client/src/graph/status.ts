/** Which status of the language server is about a file. */
import type * as vscode from 'vscode';
import type { ServerStatus } from '../../../common/protocol/messages.ts';

/** The status of the innermost folder that holds `uri`; folders are named by URI or by path. */
export function statusOf(statuses: ReadonlyMap<string, ServerStatus>, uri: vscode.Uri): ServerStatus | undefined {
  const names = [uri.toString(), uri.fsPath, uri.path];
  return [...statuses]
    .filter(([folder]) => names.some((name) => name === folder || name.startsWith(`${folder.replace(/\/$/, '')}/`)))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];
}
