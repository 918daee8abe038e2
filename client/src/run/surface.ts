/** The part of VS Code that runs use; tests give a thin fake of it. */
import type * as vscode from 'vscode';

/** The output channel of runs. */
export interface RunOutput {
  append(text: string): void;
  show(preserveFocus?: boolean): void;
}

export interface RunSurface {
  readonly window: Pick<
    typeof vscode.window,
    | 'createInputBox'
    | 'showErrorMessage'
    | 'showInformationMessage'
    | 'showQuickPick'
    | 'showTextDocument'
    | 'showWarningMessage'
    | 'tabGroups'
    | 'withProgress'
  >;
  readonly workspace: Pick<
    typeof vscode.workspace,
    | 'fs'
    | 'getConfiguration'
    | 'getWorkspaceFolder'
    | 'isTrusted'
    | 'onDidChangeTextDocument'
    | 'onDidSaveTextDocument'
    | 'openTextDocument'
    | 'saveAll'
  >;
  readonly commands: Pick<typeof vscode.commands, 'executeCommand' | 'registerCommand'>;
  readonly languages: Pick<typeof vscode.languages, 'registerCodeLensProvider'>;
  readonly Uri: Pick<typeof vscode.Uri, 'file' | 'joinPath' | 'parse'>;
  readonly EventEmitter: typeof vscode.EventEmitter;
  readonly ThemeIcon: typeof vscode.ThemeIcon;
  readonly Range: typeof vscode.Range;
  readonly CodeLens: typeof vscode.CodeLens;
  readonly TabInputWebview: typeof vscode.TabInputWebview;
  readonly TabInputText: typeof vscode.TabInputText;
  readonly ProgressLocation: Pick<typeof vscode.ProgressLocation, 'Notification'>;
  readonly InputBoxValidationSeverity: Pick<typeof vscode.InputBoxValidationSeverity, 'Error' | 'Info'>;
}
