/** Nothing is started or contacted before the workspace is trusted. */
import type { ServersSurface } from './surface.ts';

/** True where that is allowed; otherwise says that it is not, and why. */
export async function trusted(surface: Pick<ServersSurface, 'commands' | 'window' | 'workspace'>): Promise<boolean> {
  if (surface.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const chosen = await surface.window.showWarningMessage(
    'Servers are started and contacted in trusted workspaces only. Trust the workspace to go on.',
    manage,
  );
  if (chosen === manage) await surface.commands.executeCommand('workbench.trust.manage');
  return false;
}
