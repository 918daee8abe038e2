import type * as vscode from 'vscode';

/** True for the author's files: below a workspace folder, and not of a package. */
export function isOwn(code: Pick<typeof vscode, 'workspace' | 'Uri'>, file: string): boolean {
  return !/[\\/]node_modules[\\/]/.test(file) && code.workspace.getWorkspaceFolder(code.Uri.file(file)) !== undefined;
}
