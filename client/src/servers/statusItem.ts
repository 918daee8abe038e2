/** In the status bar, while a Mastra file is in front and its runs do not go to the embedded runner: where they go. */
import type * as vscode from 'vscode';
import { serverCommandIds } from '../../../common/protocol/ids.ts';
import { devStateLines, devStateText } from './dev/words.ts';
import { chosenServer, labelOf } from './list.ts';
import type { ListedServer } from './list.ts';
import type { Servers } from './service.ts';
import type { ServersSurface } from './surface.ts';

export interface ServerStatusOptions {
  readonly vscode: ServersSurface;
  readonly servers: Servers;
  /** True for files that have to do with Mastra. */
  readonly isRelevant: (document: vscode.TextDocument) => boolean;
  /** The relevant files were determined anew. */
  readonly onFilesChanged: vscode.Event<void>;
}

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly warning: boolean;
}

/** Undefined for the embedded runner: what is usual needs no words. */
export function statusText(server: ListedServer): StatusText | undefined {
  const label = labelOf(server);
  switch (server.kind) {
    case 'embedded':
      return undefined;
    case 'remote':
      return { text: `$(cloud) ${label}`, tooltip: `Mastra: runs go to ${label}, ${server.entry.url}`, warning: false };
    case 'dev': {
      const { state } = server.server;
      const bad =
        state.kind === 'died' ||
        state.kind === 'failed' ||
        (state.kind === 'running' && (state.freshness.kind === 'broken' || state.freshness.kind === 'stuck'));
      const busy = state.kind === 'starting' || state.kind === 'reloading' || state.kind === 'stopping';
      const icon = bad ? 'warning' : busy ? 'loading~spin' : 'server-process';
      const extra = bad || state.kind === 'stopped' ? `: ${devStateText(state)}` : '';
      return {
        text: `$(${icon}) ${label}${extra}`,
        tooltip: ['Mastra: runs go to mastra dev', ...devStateLines(state)].join('\n'),
        warning: bad,
      };
    }
  }
}

export function showServerStatus({ vscode: surface, servers, isRelevant, onFilesChanged }: ServerStatusOptions): {
  dispose(): void;
} {
  const item = surface.window.createStatusBarItem('mastra.server', surface.StatusBarAlignment.Right, 90);
  item.name = 'Mastra Server';
  item.command = serverCommandIds.chooseServer;
  const update = (): void => {
    const document = surface.window.activeTextEditor?.document;
    const relevant = document !== undefined && isRelevant(document);
    const folder = relevant ? surface.workspace.getWorkspaceFolder(document.uri) : undefined;
    const listed = folder === undefined ? undefined : servers.folder(folder.uri.fsPath);
    const text = listed === undefined ? undefined : statusText(chosenServer(listed));
    if (text === undefined) {
      item.hide();
      return;
    }
    item.text = text.text;
    item.tooltip = text.tooltip;
    item.backgroundColor = text.warning ? new surface.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  const listeners = [
    servers.onDidChange(update),
    onFilesChanged(update),
    surface.window.onDidChangeActiveTextEditor(update),
    item,
  ];
  update();
  return {
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}
