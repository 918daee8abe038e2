/** The view "Servers": where runs can go, how each of them is, and what can be done with it. */
import type * as vscode from 'vscode';
import { serversViewId } from '../../../common/protocol/ids.ts';
import type { InvalidEntry } from './remote/entry.ts';
import type { FolderServers, ListedServer } from './list.ts';
import { folderDescription, serverRow } from './rows.ts';
import type { RowColour, ServerRow } from './rows.ts';
import { healthId } from './service.ts';
import type { Servers } from './service.ts';
import type { ServersSurface } from './surface.ts';

export type ServerNode =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'server'; readonly folder: string; readonly server: ListedServer }
  | { readonly kind: 'invalid'; readonly folder: string; readonly invalid: InvalidEntry };

/** Shows the view. Servers are asked how they are while it is visible, and not otherwise. */
export function showServersView(surface: ServersSurface, servers: Servers): { dispose(): void } {
  const changed = new surface.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<ServerNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => childrenOf(servers, node),
    getTreeItem: (node) => itemOf(surface, servers, node),
  };
  const view = surface.window.createTreeView(serversViewId, { treeDataProvider: provider, showCollapseAll: false });
  let timer: NodeJS.Timeout | undefined;
  // Many things may change at once: one drawing for all.
  const draw = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire(undefined);
    }, 50);
  };
  const look = (visible: boolean): void => {
    servers.monitor.watch(visible);
    if (visible) void servers.search().then(() => servers.monitor.refresh());
  };
  const listeners = [servers.onDidChange(draw), view.onDidChangeVisibility(({ visible }) => look(visible)), view];
  if (view.visible) look(true);
  return {
    dispose() {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      changed.dispose();
    },
  };
}

/** One folder needs no row of its own. */
function childrenOf(servers: Servers, node: ServerNode | undefined): ServerNode[] {
  const folders = servers.folders();
  if (node === undefined) {
    const [only] = folders;
    if (only === undefined) return [];
    return folders.length === 1 ? nodesOf(only) : folders.map(({ folder }) => ({ kind: 'folder', folder }));
  }
  const folder = node.kind === 'folder' ? servers.folder(node.folder) : undefined;
  return folder === undefined ? [] : nodesOf(folder);
}

function nodesOf({ folder, servers, invalid }: FolderServers): ServerNode[] {
  return [
    ...servers.map((server): ServerNode => ({ kind: 'server', folder, server })),
    ...invalid.map((each): ServerNode => ({ kind: 'invalid', folder, invalid: each })),
  ];
}

function itemOf(surface: ServersSurface, servers: Servers, node: ServerNode): vscode.TreeItem {
  switch (node.kind) {
    case 'folder': {
      const folder = servers.folder(node.folder);
      const item = new surface.TreeItem(folder?.name ?? node.folder, surface.TreeItemCollapsibleState.Expanded);
      item.id = node.folder;
      item.iconPath = new surface.ThemeIcon('root-folder');
      item.description = folder === undefined ? '' : folderDescription(folder);
      return item;
    }
    case 'server': {
      const row = rowFor(surface, servers, node);
      const item = new surface.TreeItem(row.label);
      item.id = `${node.folder} ${node.server.id}`;
      item.description = row.description;
      item.tooltip = row.tooltip;
      item.iconPath = iconOf(surface, row.icon);
      item.contextValue = ['server', ...row.abilities].join(' ');
      item.accessibilityInformation = { label: `${row.label}, ${row.description}` };
      return item;
    }
    case 'invalid': {
      const item = new surface.TreeItem(node.invalid.label);
      item.description = 'not usable';
      item.tooltip = node.invalid.reason;
      item.iconPath = iconOf(surface, { id: 'warning', colour: 'warning' });
      item.contextValue = 'invalid';
      item.command = {
        title: 'Open Settings',
        command: 'workbench.action.openSettings',
        arguments: ['mastra.servers'],
      };
      return item;
    }
  }
}

/** Rows of the view are passed to their commands as they are. */
export function rowOf(argument: unknown): { readonly folder: string; readonly server: ListedServer } | undefined {
  const isNode = typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === 'server';
  if (!isNode) return undefined;
  const { folder, server } = argument as Extract<ServerNode, { kind: 'server' }>;
  return { folder, server };
}

export function rowFor(
  surface: Pick<ServersSurface, 'workspace'>,
  servers: Servers,
  { folder, server }: Extract<ServerNode, { kind: 'server' }>,
): ServerRow {
  return serverRow(server, {
    chosen: servers.folder(folder)?.chosen === server.id,
    health: servers.monitor.health(healthId(server)),
    trusted: surface.workspace.isTrusted,
  });
}

const colours: Readonly<Record<RowColour, string>> = {
  well: 'testing.iconPassed',
  warning: 'list.warningForeground',
  ill: 'list.errorForeground',
};

function iconOf(surface: ServersSurface, { id, colour }: ServerRow['icon']): vscode.ThemeIcon {
  return new surface.ThemeIcon(id, colour === undefined ? undefined : new surface.ThemeColor(colours[colour]));
}
