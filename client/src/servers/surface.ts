/** The part of VS Code that servers use; tests give a thin fake of it. */
import type * as vscode from 'vscode';

export interface ServersSurface {
  readonly window: Pick<
    typeof vscode.window,
    | 'activeTextEditor'
    | 'createInputBox'
    | 'createOutputChannel'
    | 'createQuickPick'
    | 'createStatusBarItem'
    | 'createTreeView'
    | 'onDidChangeActiveTextEditor'
    | 'showErrorMessage'
    | 'showInformationMessage'
    | 'showQuickPick'
    | 'showTextDocument'
    | 'showWarningMessage'
    | 'withProgress'
  >;
  readonly workspace: Pick<
    typeof vscode.workspace,
    | 'findFiles'
    | 'getConfiguration'
    | 'getWorkspaceFolder'
    | 'isTrusted'
    | 'onDidChangeConfiguration'
    | 'onDidChangeWorkspaceFolders'
    | 'onDidGrantWorkspaceTrust'
    | 'onDidSaveTextDocument'
    | 'openTextDocument'
    | 'workspaceFolders'
  >;
  readonly commands: Pick<typeof vscode.commands, 'executeCommand' | 'registerCommand'>;
  readonly env: Pick<typeof vscode.env, 'asExternalUri' | 'clipboard' | 'openExternal'>;
  readonly ConfigurationTarget: Pick<typeof vscode.ConfigurationTarget, 'Global' | 'Workspace' | 'WorkspaceFolder'>;
  readonly EventEmitter: typeof vscode.EventEmitter;
  readonly ProgressLocation: Pick<typeof vscode.ProgressLocation, 'Notification'>;
  readonly QuickInputButtons: typeof vscode.QuickInputButtons;
  readonly QuickPickItemKind: Pick<typeof vscode.QuickPickItemKind, 'Separator'>;
  readonly Range: typeof vscode.Range;
  readonly RelativePattern: typeof vscode.RelativePattern;
  readonly StatusBarAlignment: Pick<typeof vscode.StatusBarAlignment, 'Left' | 'Right'>;
  readonly ThemeColor: typeof vscode.ThemeColor;
  readonly ThemeIcon: typeof vscode.ThemeIcon;
  readonly TreeItem: typeof vscode.TreeItem;
  readonly TreeItemCollapsibleState: typeof vscode.TreeItemCollapsibleState;
  readonly Uri: Pick<typeof vscode.Uri, 'file' | 'joinPath' | 'parse'>;
}
