/** "Test connection": the handshake's answer in words. */
import { serverProblemText } from '../run/http/words.ts';
import { serverCommandIds } from '../../../common/protocol/ids.ts';
import type { DevServer } from './dev/contract.ts';
import { examine, greeting } from './health.ts';
import type { RemoteEntry } from './remote/entry.ts';
import { remoteAddress } from './runServers.ts';
import type { Servers } from './service.ts';
import type { ServersSurface } from './surface.ts';

/** Asks the server and says what it answers; offers what helps. */
export async function testConnection(
  surface: ServersSurface,
  servers: Servers,
  { folder, entry }: { readonly folder: string; readonly entry: RemoteEntry },
): Promise<void> {
  const health = await surface.window.withProgress(
    { location: surface.ProgressLocation.Notification, title: `Asking ${entry.name}…`, cancellable: true },
    async (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return examine(await remoteAddress(entry, servers.secrets), controller.signal);
    },
  );
  servers.monitor.learn(entry.id, health);
  if (health.kind === 'unknown' || (health.kind === 'ill' && health.problem.kind === 'canceled')) return;
  if (health.kind === 'well') {
    const use = 'Use for Runs';
    const inUse = servers.folder(folder)?.chosen === entry.id;
    const chosen = await surface.window.showInformationMessage(greeting(entry.name, health), ...(inUse ? [] : [use]));
    if (chosen === use) await servers.choose(folder, entry.id);
    return;
  }
  const [edit, again] = ['Edit', 'Try Again'];
  const chosen = await surface.window.showWarningMessage(serverProblemText(health.problem), edit, again);
  if (chosen === again) return testConnection(surface, servers, { folder, entry });
  const server = servers.folder(folder)?.servers.find(({ id }) => id === entry.id);
  if (chosen === edit && server !== undefined) {
    await surface.commands.executeCommand(serverCommandIds.editServer, { kind: 'server', folder, server });
  }
}

/** True while there is something to stop. */
export function isUp({ state }: DevServer): boolean {
  return state.kind !== 'stopped' && state.kind !== 'failed' && state.kind !== 'stopping';
}
