/** The quick pick "Choose Server": where runs of a folder go. */
import type * as vscode from 'vscode';
import { labelOf } from './list.ts';
import type { FolderServers, ListedServer } from './list.ts';
import type { Servers } from './service.ts';
import type { ServersSurface } from './surface.ts';
import { rowFor } from './view.ts';

interface ServerItem extends vscode.QuickPickItem {
  readonly action: { readonly kind: 'server'; readonly server: ListedServer } | { readonly kind: 'add' } | undefined;
}

/** The folder that a command is about: that of the editor in front, the only one, or one that is asked for. */
export async function askFolder(surface: ServersSurface, servers: Servers): Promise<FolderServers | undefined> {
  const folders = servers.folders();
  const active = surface.window.activeTextEditor?.document.uri;
  const front = active === undefined ? undefined : surface.workspace.getWorkspaceFolder(active);
  const inFront = folders.find(({ folder }) => folder === front?.uri.fsPath);
  if (inFront !== undefined || folders.length <= 1) return inFront ?? folders[0];
  const chosen = await surface.window.showQuickPick(
    folders.map((folder) => ({ label: folder.name, description: folder.folder, folder })),
    { title: 'Choose Server', placeHolder: 'For which folder?' },
  );
  return chosen?.folder;
}

/** Lets a person choose, at once with what is known; what is found while the list is open is added to it. */
export async function chooseServer(
  surface: ServersSurface,
  servers: Servers,
  add: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await askFolder(surface, servers);
  if (folder === undefined) {
    await surface.window.showInformationMessage(
      'Open a folder first: a server is chosen for the workflows of a folder.',
    );
    return;
  }
  const { folder: path } = folder;
  const pick = surface.window.createQuickPick<ServerItem>();
  pick.title = 'Choose Server';
  pick.placeholder = `Where shall workflows of ${folder.name} run?`;
  pick.matchOnDescription = true;
  const fill = (): void => {
    const now = servers.folder(path) ?? folder;
    const [active] = pick.activeItems;
    pick.items = itemsOf(surface, servers, now);
    const focus = active === undefined ? now.chosen : idOf(active);
    pick.activeItems = pick.items.filter((item) => idOf(item) === focus);
  };
  fill();
  pick.busy = true;
  const listener = servers.onDidChange(fill);
  servers
    .search()
    .catch(() => undefined)
    .finally(() => {
      pick.busy = false;
    });
  const chosen = await new Promise<ServerItem | undefined>((resolve) => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  listener.dispose();
  pick.dispose();
  switch (chosen?.action?.kind) {
    case undefined:
      return;
    case 'add':
      return add(path);
    case 'server':
      return servers.choose(path, chosen.action.server.id);
  }
}

function itemsOf(surface: ServersSurface, servers: Servers, folder: FolderServers): readonly ServerItem[] {
  return [
    ...folder.servers.map((server): ServerItem => {
      const row = rowFor(surface, servers, { kind: 'server', folder: folder.folder, server });
      return {
        label: `$(${row.icon.id}) ${labelOf(server)}`,
        description: row.description,
        action: { kind: 'server', server },
      };
    }),
    { label: '', kind: surface.QuickPickItemKind.Separator, action: undefined },
    { label: '$(add) Add Remote Server…', action: { kind: 'add' } },
  ];
}

function idOf({ action }: ServerItem): string | undefined {
  return action?.kind === 'server' ? action.server.id : undefined;
}
