/** The command "Import Runs from Server…", of the Servers view, the Runs view and the palette. */
import type * as vscode from 'vscode';
import { runsViewId, storedRunsCommandIds } from '../../../common/protocol/ids.ts';
import type { Servers } from '../servers/service.ts';
import type { ServersSurface } from '../servers/surface.ts';
import { trusted } from '../servers/trust.ts';
import { rowOf } from '../servers/view.ts';
import type { ImportDependencies } from './flow.ts';

export interface ImportCommandDependencies extends Omit<ImportDependencies, 'servers' | 'reveal'> {
  readonly vscode: ImportDependencies['vscode'] & Pick<ServersSurface, 'commands' | 'window' | 'workspace'>;
  readonly servers: Pick<Servers, 'folders' | 'search' | 'reach'>;
  readonly view: { reveal(id: string): Promise<void> };
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

export function registerStoredRuns(dependencies: ImportCommandDependencies): vscode.Disposable {
  const { vscode: surface, servers, view, log } = dependencies;
  return surface.commands.registerCommand(storedRunsCommandIds.importServerRuns, async (argument: unknown) => {
    try {
      if (!(await trusted(surface))) return;
      const clicked = rowOf(argument);
      const choice =
        clicked === undefined || clicked.server.kind === 'embedded'
          ? undefined
          : { folder: clicked.folder, server: clicked.server };
      const { importFromServer } = await import('./flow.ts');
      await importFromServer(
        {
          ...dependencies,
          servers: {
            folders: () => servers.folders(),
            search: () => servers.search(),
            reach: ({ server }, signal) => servers.reach(server, signal),
          },
          async reveal(id) {
            await surface.commands.executeCommand(`${runsViewId}.focus`);
            await view.reveal(id);
          },
        },
        choice,
      );
    } catch (error) {
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      const message = error instanceof Error ? error.message : String(error);
      await surface.window.showErrorMessage(`Runs could not be imported: ${message}`);
    }
  });
}
