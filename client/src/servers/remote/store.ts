/** The list of remote servers: the setting `mastra.servers` of the user, the workspace and its folders, in one. */
import type * as vscode from 'vscode';
import { readEntries, settingOf } from './entry.ts';
import type { InvalidEntry, RemoteEntry } from './entry.ts';

/** Where an entry is written. */
export type RemotePlace = 'user' | 'workspace' | 'folder';

export interface ListedRemote {
  readonly entry: RemoteEntry;
  readonly place: RemotePlace;
}

export interface RemoteList {
  readonly remotes: readonly ListedRemote[];
  readonly invalid: readonly InvalidEntry[];
}

export interface RemoteStore {
  /** The servers for a workspace folder; without one, those of the window. */
  list(folder: vscode.Uri | undefined): RemoteList;
  /** Puts `entry` in the place of the one with the id `replaced`, else at the end. Rejects when the setting cannot be written. */
  save(
    folder: vscode.Uri | undefined,
    place: RemotePlace,
    entry: RemoteEntry,
    replaced: string | undefined,
  ): Promise<void>;
  /** Rejects when the setting cannot be written. */
  remove(folder: vscode.Uri | undefined, place: RemotePlace, id: string): Promise<void>;
}

export interface RemoteStoreSurface {
  readonly workspace: Pick<typeof vscode.workspace, 'getConfiguration'>;
  readonly ConfigurationTarget: Pick<typeof vscode.ConfigurationTarget, 'Global' | 'Workspace' | 'WorkspaceFolder'>;
}

type Inspected = ReturnType<vscode.WorkspaceConfiguration['inspect']>;

const places: readonly RemotePlace[] = ['user', 'workspace', 'folder'];

export function createRemoteStore(surface: RemoteStoreSurface): RemoteStore {
  const configuration = (folder: vscode.Uri | undefined): vscode.WorkspaceConfiguration =>
    surface.workspace.getConfiguration('mastra', folder ?? null);

  const written = (folder: vscode.Uri | undefined, place: RemotePlace): readonly unknown[] => {
    const value = valueAt(configuration(folder).inspect('servers'), place);
    return Array.isArray(value) ? value : [];
  };

  const write = async (
    folder: vscode.Uri | undefined,
    place: RemotePlace,
    values: readonly unknown[],
  ): Promise<void> => {
    await configuration(folder).update('servers', values.length === 0 ? undefined : values, target(surface, place));
  };

  const isEntry = (value: unknown, id: string): boolean =>
    readEntries([value]).some((read) => read.kind === 'entry' && read.entry.id === id);

  return {
    list(folder) {
      const inspected = configuration(folder).inspect('servers');
      const remotes = new Map<string, ListedRemote>();
      const invalid: InvalidEntry[] = [];
      for (const place of places) {
        for (const read of readEntries(valueAt(inspected, place))) {
          if (read.kind === 'invalid') invalid.push(read.invalid);
          else remotes.set(read.entry.id, { entry: read.entry, place });
        }
      }
      return { remotes: [...remotes.values()], invalid };
    },
    async save(folder, place, entry, replaced) {
      const values = written(folder, place);
      const setting = settingOf(entry);
      const index = values.findIndex((value) => isEntry(value, replaced ?? entry.id));
      await write(folder, place, index === -1 ? [...values, setting] : values.with(index, setting));
    },
    async remove(folder, place, id) {
      await write(
        folder,
        place,
        written(folder, place).filter((value) => !isEntry(value, id)),
      );
    },
  };
}

function valueAt(inspected: Inspected, place: RemotePlace): unknown {
  switch (place) {
    case 'user':
      return inspected?.globalValue;
    case 'workspace':
      return inspected?.workspaceValue;
    case 'folder':
      return inspected?.workspaceFolderValue;
  }
}

function target(surface: RemoteStoreSurface, place: RemotePlace): vscode.ConfigurationTarget {
  switch (place) {
    case 'user':
      return surface.ConfigurationTarget.Global;
    case 'workspace':
      return surface.ConfigurationTarget.Workspace;
    case 'folder':
      return surface.ConfigurationTarget.WorkspaceFolder;
  }
}
