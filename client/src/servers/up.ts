/** Whether the server of a recorded run is there, without starting it. */
import type * as vscode from 'vscode';
import type { RunSummary } from '../history/summary.ts';
import type { Servers } from './service.ts';

/** A remote server counts as there: who asks finds out. */
export function isUp(
  surface: {
    readonly workspace: Pick<typeof vscode.workspace, 'getWorkspaceFolder'>;
    readonly Uri: Pick<typeof vscode.Uri, 'file'>;
  },
  servers: Pick<Servers, 'folder' | 'search'>,
): (run: Pick<RunSummary, 'header'>) => Promise<boolean> {
  return async ({ header }) => {
    const { server, workflow } = header;
    const folder = surface.workspace.getWorkspaceFolder(surface.Uri.file(workflow.file))?.uri.fsPath;
    if (folder === undefined) return false;
    // Finds a mastra dev that somebody else runs.
    if (server.kind === 'dev') await servers.search();
    const listed = servers.folder(folder)?.servers.find(({ id }) => id === server.id);
    return listed?.kind === 'remote' || (listed?.kind === 'dev' && listed.server.state.kind === 'running');
  };
}
