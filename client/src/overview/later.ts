/** **Show All Workflows**: one page for the window, whose code is loaded when it is first shown. */
import type * as vscode from 'vscode';
import { overviewCommandId, overviewViewType } from '../../../common/protocol/ids.ts';
import type { OverviewDependencies } from './page.ts';
import type * as part from './part.ts';

export interface LaterOverviewDependencies extends OverviewDependencies {
  readonly load: () => Promise<typeof part>;
}

/** Registers the command, and goes on with the page of an earlier window. */
export function registerOverview(dependencies: LaterOverviewDependencies): { dispose(): void } {
  const { vscode: code, load } = dependencies;
  let open: vscode.WebviewPanel | undefined;

  const start = async (panel: vscode.WebviewPanel): Promise<void> => {
    open = panel;
    panel.onDidDispose(() => {
      if (open === panel) open = undefined;
    });
    const { showOverview } = await load();
    if (open === panel) showOverview(dependencies, panel);
  };

  const serializer = code.window.registerWebviewPanelSerializer(overviewViewType, {
    async deserializeWebviewPanel(panel) {
      if (open === undefined) await start(panel);
      else panel.dispose();
    },
  });

  const command = code.commands.registerCommand(overviewCommandId, async () => {
    if (open !== undefined) {
      open.reveal(open.viewColumn);
      return;
    }
    const options = { viewColumn: code.ViewColumn.Active };
    await start(code.window.createWebviewPanel(overviewViewType, 'Mastra: Workflows', options));
  });

  return {
    dispose() {
      command.dispose();
      serializer.dispose();
      open?.dispose();
    },
  };
}
