/** The commands about servers: of the view's rows, of its title, of the palette. */
import type * as vscode from 'vscode';
import { serverCommandIds } from '../../../common/protocol/ids.ts';
import { askFolder, chooseServer } from './choose.ts';
import { isUp, testConnection } from './connectionTest.ts';
import { labelOf } from './list.ts';
import type { ListedServer } from './list.ts';
import { devCredentialsId } from './dev/address.ts';
import { askCredentials, askRemote } from './remote/edit.ts';
import { isEmpty } from './remote/credentials.ts';
import { isOpenToOthers } from './remote/entry.ts';
import type { Servers } from './service.ts';
import type { ServersSurface } from './surface.ts';
import { trusted } from './trust.ts';
import { rowOf } from './view.ts';

export interface ServerCommandOptions {
  readonly vscode: ServersSurface;
  readonly servers: Servers;
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

type DevRow = Extract<ListedServer, { kind: 'dev' }>;
type Row<S extends ListedServer = ListedServer> = { readonly folder: string; readonly server: S };

export function registerServerCommands(options: ServerCommandOptions): { dispose(): void } {
  const { vscode: surface, servers } = options;

  /** What was clicked, else the only `mastra dev` that fits, else the one that is chosen from a list. */
  const devOf = async (
    argument: unknown,
    title: string,
    fits: (server: DevRow) => boolean,
  ): Promise<Row<DevRow> | undefined> => {
    const clicked = rowOf(argument);
    if (clicked !== undefined)
      return clicked.server.kind === 'dev' ? { folder: clicked.folder, server: clicked.server } : undefined;
    await servers.search();
    const rows = servers
      .folders()
      .flatMap(({ folder, servers: listed }) => listed.map((server) => ({ folder, server })))
      .filter((row): row is Row<DevRow> => row.server.kind === 'dev' && fits(row.server));
    if (rows.length === 0) {
      await surface.window.showInformationMessage(`${title}: there is no mastra dev that this could be done with.`);
      return undefined;
    }
    if (rows.length === 1) return rows[0];
    const chosen = await surface.window.showQuickPick(
      rows.map((row) => ({ label: labelOf(row.server), description: row.server.server.project.root, row })),
      { title, placeHolder: 'Which project?' },
    );
    return chosen?.row;
  };

  const onDev =
    (title: string, fits: (server: DevRow) => boolean, act: (row: Row<DevRow>) => Promise<unknown>) =>
    async (argument: unknown): Promise<void> => {
      if (!(await trusted(surface))) return;
      const row = await devOf(argument, title, fits);
      if (row !== undefined) await act(row);
    };

  const onRow =
    (act: (row: Row) => Promise<unknown>) =>
    async (argument: unknown): Promise<void> => {
      const row = rowOf(argument);
      if (row !== undefined) await act(row);
    };

  const saveRemote = async (folder: string, edited: Row['server'] | undefined): Promise<void> => {
    const remote = edited?.kind === 'remote' ? edited : undefined;
    const uri = surface.Uri.file(folder);
    const answer = await askRemote(surface, {
      edited:
        remote === undefined
          ? undefined
          : { entry: remote.entry, place: remote.place, credentials: await servers.secrets.read(remote.id) },
      hasWorkspace: (surface.workspace.workspaceFolders ?? []).length > 0,
    });
    if (answer === undefined) return;
    const { entry, credentials, place } = answer;
    if (credentials !== undefined && !isEmpty(credentials) && !(await maySendOpenly(options, entry.url))) return;
    if (remote !== undefined && remote.id !== entry.id) await servers.secrets.forget(remote.id);
    if (credentials !== undefined) await servers.secrets.write(entry.id, credentials);
    const chosen = remote !== undefined && servers.folder(folder)?.chosen === remote.id;
    await servers.remotes.save(uri, place, entry, remote?.id);
    if (chosen) await servers.choose(folder, entry.id);
    if (await trusted(surface)) await testConnection(surface, servers, { folder, entry });
  };

  const handlers: Record<keyof typeof serverCommandIds, (argument: unknown) => Promise<unknown>> = {
    chooseServer: () => chooseServer(surface, servers, (folder) => saveRemote(folder, undefined)),
    addServer: async () => {
      const folder = await askFolder(surface, servers);
      if (folder !== undefined) await saveRemote(folder.folder, undefined);
    },
    editServer: onRow(({ folder, server }) => saveRemote(folder, server)),
    setDevToken: onRow(async ({ server }) => {
      if (server.kind !== 'dev') return;
      const id = devCredentialsId(server.server.project.root);
      const credentials = await askCredentials(surface, `Token of ${labelOf(server)}`, await servers.secrets.read(id));
      if (credentials === undefined) return;
      await servers.secrets.write(id, credentials);
      await servers.monitor.refresh();
    }),
    removeServer: onRow(async ({ folder, server }) => {
      if (server.kind !== 'remote') return;
      const remove = 'Remove';
      const chosen = await surface.window.showWarningMessage(
        `Remove ${server.entry.name} from the list of servers?`,
        { modal: true, detail: 'Its token is deleted too. The server itself goes on.' },
        remove,
      );
      if (chosen !== remove) return;
      await servers.remotes.remove(surface.Uri.file(folder), server.place, server.id);
      await servers.secrets.forget(server.id);
    }),
    testServer: onRow(async ({ folder, server }) => {
      if (server.kind === 'remote' && (await trusted(surface))) {
        await testConnection(surface, servers, { folder, entry: server.entry });
      }
    }),
    useServer: onRow(({ folder, server }) => servers.choose(folder, server.id)),
    startDev: onDev(
      'Start mastra dev',
      ({ server }) => !isUp(server),
      async (row) => {
        const address = await servers.control.start(row.server.server, labelOf(row.server));
        if (address !== undefined) await sayReady(surface, servers, row);
      },
    ),
    stopDev: onDev(
      'Stop mastra dev',
      ({ server }) => isUp(server),
      ({ server }) => servers.control.stop(server.server, labelOf(server)),
    ),
    restartDev: onDev(
      'Restart mastra dev',
      ({ server }) => isUp(server),
      ({ server }) => servers.control.restart(server.server, labelOf(server)),
    ),
    showDevOutput: () => {
      servers.control.showOutput();
      return Promise.resolve();
    },
    openStudio: onDev(
      'Open Studio',
      ({ server }) => server.state.kind === 'running',
      ({ server }) => openStudio(surface, server),
    ),
    copyServerUrl: onRow(async ({ server }) => {
      const url = urlOf(server);
      if (url !== undefined) await surface.env.clipboard.writeText(url);
    }),
    refreshServers: async () => {
      await servers.search();
      await servers.monitor.refresh();
    },
  };
  const registrations = Object.entries(serverCommandIds).map(([name, id]) =>
    surface.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await handlers[name as keyof typeof serverCommandIds](argument);
      } catch (error) {
        options.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        await surface.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    }),
  );
  return {
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}

/** A start takes a while, so its end is told; also that there was nothing to start. */
async function sayReady(surface: ServersSurface, servers: Servers, { folder, server }: Row<DevRow>): Promise<void> {
  const { state, pid } = server.server;
  if (state.kind !== 'running') return;
  const [use, studio] = ['Use for Runs', 'Open Studio'];
  const inUse = servers.folder(folder)?.chosen === server.id;
  const how = state.owned ? 'is ready' : `runs already, started outside of this window as process ${pid ?? 'unknown'}`;
  const chosen = await surface.window.showInformationMessage(
    `${labelOf(server)} ${how}: ${state.address.origin}.`,
    ...(inUse ? [] : [use]),
    studio,
  );
  if (chosen === use) await servers.choose(folder, server.id);
  if (chosen === studio) await openStudio(surface, server);
}

async function openStudio(surface: ServersSurface, { server }: DevRow): Promise<void> {
  const { state } = server;
  if (state.kind !== 'running') return;
  // Where the window is not on the machine of the server, VS Code forwards the port.
  await surface.env.openExternal(await surface.env.asExternalUri(surface.Uri.parse(state.address.studio)));
}

function urlOf(server: ListedServer): string | undefined {
  switch (server.kind) {
    case 'embedded':
      return undefined;
    case 'remote':
      return server.entry.url;
    case 'dev':
      return server.server.state.kind === 'running' ? server.server.state.address.origin : undefined;
  }
}

const warned = 'mastra.servers.sentOpenly';

/** Asked once for each URL. */
async function maySendOpenly({ vscode: surface, memory }: ServerCommandOptions, url: string): Promise<boolean> {
  if (!isOpenToOthers(url)) return true;
  const known = memory.get<readonly string[]>(warned) ?? [];
  if (known.includes(url)) return true;
  const anyway = 'Send It Anyway';
  const chosen = await surface.window.showWarningMessage(
    `${url} is not encrypted: everybody on the way can read the token.`,
    { modal: true, detail: 'Use https:// where that is possible.' },
    anyway,
  );
  if (chosen !== anyway) return false;
  await memory.update(warned, [...known, url]);
  return true;
}
