/** All servers of the window, by workspace folder. */
import path from 'node:path';
import type * as vscode from 'vscode';
import type { Choices } from './choice.ts';
import { devProjectOf, findDevProjects } from './dev/projects.ts';
import type { DevProject, DevServer } from './dev/contract.ts';
import { devId, embedded, relativePath } from './list.ts';
import type { FolderServers, ListedServer } from './list.ts';
import type { RemoteStore } from './remote/store.ts';
import type { ServersSurface } from './surface.ts';

export interface Inventory {
  /** As far as projects were looked for. */
  folders(): readonly FolderServers[];
  /** Undefined for what lies outside of every folder. */
  folder(folder: string): FolderServers | undefined;
  /** The server with this id, also when its project was not looked for yet. */
  find(folder: string, id: string): ListedServer | undefined;
  /** Looks for projects. */
  search(): Promise<void>;
  readonly devs: ReadonlyMap<string, DevServer>;
}

export interface InventoryOptions {
  readonly vscode: Pick<ServersSurface, 'workspace' | 'RelativePattern' | 'Uri'>;
  readonly choices: Choices;
  readonly remotes: RemoteStore;
  readonly createDev: (project: DevProject) => DevServer;
}

export function createInventory(options: InventoryOptions): Inventory {
  const { vscode: surface, choices, remotes } = options;
  const devs = new Map<string, DevServer>();
  /** Roots of projects by folder. */
  const found = new Map<string, readonly string[]>();

  const devOf = (project: DevProject): DevServer => {
    const known = devs.get(project.root);
    if (known !== undefined) return known;
    const made = options.createDev(project);
    devs.set(project.root, made);
    return made;
  };

  const listedDev = (folder: string, server: DevServer): ListedServer => ({
    kind: 'dev',
    id: devId(folder, server.project.root),
    server,
    path: relativePath(folder, server.project.root),
  });

  const describe = (folder: vscode.WorkspaceFolder): FolderServers => {
    const { fsPath } = folder.uri;
    const { remotes: listed, invalid } = remotes.list(folder.uri);
    const chosen = choices.get(fsPath);
    const roots = new Set(found.get(fsPath));
    // One that is chosen or runs is listed, wherever it came from.
    const wanted = projectOfId(fsPath, chosen);
    if (wanted !== undefined) roots.add(devOf(wanted).project.root);
    const servers: readonly ListedServer[] = [
      embedded,
      ...[...roots].flatMap((root) => devs.get(root) ?? []).map((server) => listedDev(fsPath, server)),
      ...listed.map(({ entry, place }): ListedServer => ({ kind: 'remote', id: entry.id, entry, place })),
    ];
    return {
      folder: fsPath,
      name: folder.name,
      servers,
      invalid,
      chosen: servers.some(({ id }) => id === chosen) ? chosen : embedded.id,
    };
  };

  const projectOfId = (folder: string, id: string): DevProject | undefined => {
    if (!id.startsWith('dev:')) return undefined;
    const root = path.resolve(folder, id.slice('dev:'.length));
    const setting = surface.workspace.getConfiguration('mastra.run', surface.Uri.file(folder)).get<string>('entry');
    return devProjectOf(path.join(root, 'package.json'), folder, setting);
  };

  const local = (): readonly vscode.WorkspaceFolder[] =>
    (surface.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');

  return {
    devs,
    folders: () => local().map(describe),
    folder(folder) {
      const listed = local().find(({ uri }) => uri.fsPath === folder);
      return listed === undefined ? undefined : describe(listed);
    },
    find(folder, id) {
      const listed = this.folder(folder)?.servers.find((server) => server.id === id);
      if (listed !== undefined) return listed;
      const project = projectOfId(folder, id);
      return project === undefined ? undefined : listedDev(folder, devOf(project));
    },
    async search() {
      for (const folder of local()) {
        const projects = await findDevProjects(surface, folder);
        for (const project of projects) devOf(project);
        found.set(
          folder.uri.fsPath,
          projects.map(({ root }) => root),
        );
      }
    },
  };
}
