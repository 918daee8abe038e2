/** Everything about servers in one: which there are, which one runs go to, how they are. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { devOutputChannelName } from '../../../common/protocol/ids.ts';
import type { ServerAddress } from '../run/http/address.ts';
import { findNode } from '../run/node.ts';
import type { RunServer, RunServers } from '../run/servers.ts';
import type { RunTools } from '../run/tools.ts';
import type { ActiveRuns } from './activeRuns.ts';
import { createChoices } from './choice.ts';
import { devAddress, devCredentialsId } from './dev/address.ts';
import { checkSource } from './dev/check.ts';
import { createDevControl } from './dev/control.ts';
import type { DevControl } from './dev/control.ts';
import { createDevServer } from './dev/server.ts';
import type { DevProject, DevServer } from './dev/contract.ts';
import { createInventory } from './inventory.ts';
import { chosenServer, embedded, labelOf } from './list.ts';
import type { FolderServers, HttpServer, ListedServer } from './list.ts';
import { createMonitor } from './monitor.ts';
import type { Monitor, Watched } from './monitor.ts';
import { createCredentialStore, headersOf } from './remote/credentials.ts';
import type { CredentialStore } from './remote/credentials.ts';
import { createRemoteStore } from './remote/store.ts';
import type { RemoteStore } from './remote/store.ts';
import { devRunServer, remoteAddress, remoteRunServer } from './runServers.ts';
import type { ServersSurface } from './surface.ts';

export interface ServersDependencies {
  readonly vscode: ServersSurface;
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly embedded: RunServer;
  readonly tools: RunTools;
  readonly environment: NodeJS.ProcessEnv;
  readonly activeRuns: ActiveRuns;
}

export interface Servers extends RunServers {
  /** As far as they are known; `search` looks for more. */
  folders(): readonly FolderServers[];
  folder(folder: string): FolderServers | undefined;
  /** Looks for projects that `mastra dev` can run in, and for those that somebody else runs already. */
  search(): Promise<void>;
  choose(folder: string, id: string): Promise<void>;
  /** Where it is, with what is secret; starts a `mastra dev`. Undefined when that was given up, which has been said then. */
  reach(server: HttpServer, signal: AbortSignal): Promise<ServerAddress | undefined>;
  readonly control: DevControl;
  readonly monitor: Monitor;
  readonly remotes: RemoteStore;
  readonly secrets: CredentialStore;
  readonly onDidChange: vscode.Event<void>;
  /** Ends what was started here. Resolves when the processes are gone. */
  stop(): Promise<void>;
  dispose(): void;
}

export function createServers(dependencies: ServersDependencies): Servers {
  const { vscode: surface, context, log, environment, tools } = dependencies;
  const changed = new surface.EventEmitter<void>();
  const choices = createChoices(context.workspaceState);
  const remotes = createRemoteStore(surface);
  const secrets = createCredentialStore(context.secrets);
  const output = surface.window.createOutputChannel(devOutputChannelName);
  const change = (): void => changed.fire();

  const createDev = (project: DevProject): DevServer => {
    const settings = (): vscode.WorkspaceConfiguration =>
      surface.workspace.getConfiguration('mastra.run', surface.Uri.file(project.root));
    const server: DevServer = createDevServer({
      project,
      inherited: environment,
      findNode: () =>
        findNode({
          setting: settings().get<string>('nodePath'),
          environment,
          own: { path: process.execPath, version: process.versions.node },
        }),
      check: (signal) => checkSource(project.root, project.entry, tools.esbuild, signal),
      print: (line) => output.appendLine(prefixOf(project) + line),
      notify: (notice) => {
        void control.notice(server, labelOfDev(project), notice).catch((error: unknown) => log.error(String(error)));
      },
      log: (message) => log.info(message),
      onDidChange: change,
    });
    return server;
  };

  const inventory = createInventory({ vscode: surface, choices, remotes, createDev });

  /** Output of several servers in one channel says whose it is. */
  const prefixOf = (project: DevProject): string =>
    inventory.devs.size > 1 ? `[${path.basename(project.root)}] ` : '';

  const listed = (root: string): { readonly folder: string; readonly server: ListedServer } | undefined => {
    for (const { folder, servers } of inventory.folders()) {
      const server = servers.find((each) => each.kind === 'dev' && each.server.project.root === root);
      if (server !== undefined) return { folder, server };
    }
    return undefined;
  };

  const labelOfDev = (project: DevProject): string => {
    const found = listed(project.root);
    return found === undefined ? 'mastra dev' : labelOf(found.server);
  };

  const choose = async (folder: string, id: string): Promise<void> => {
    await choices.set(folder, id);
    change();
  };

  const control = createDevControl({
    vscode: surface,
    output,
    activeRuns: dependencies.activeRuns,
    async runEmbedded({ project }) {
      const found = listed(project.root);
      if (found === undefined) return;
      await choose(found.folder, embedded.id);
      await surface.window.showInformationMessage(`Runs of ${path.basename(found.folder)} are embedded again.`);
    },
  });

  const watched = (): readonly Watched[] => {
    if (!surface.workspace.isTrusted) return [];
    const servers = inventory.folders().flatMap((folder) => folder.servers);
    return servers.flatMap((server): readonly Watched[] => {
      switch (server.kind) {
        case 'embedded':
          return [];
        case 'dev': {
          const { state } = server.server;
          if (state.kind !== 'running') return [];
          const id = devCredentialsId(server.server.project.root);
          return [
            {
              id: healthId(server),
              address: async () => devAddress(state.address, headersOf(await secrets.read(id))),
            },
          ];
        }
        case 'remote':
          return [{ id: server.id, address: () => remoteAddress(server.entry, secrets) }];
      }
    });
  };
  const monitor = createMonitor(watched, change);

  const reach = async (server: HttpServer, signal: AbortSignal): Promise<ServerAddress | undefined> => {
    if (server.kind === 'remote') return remoteAddress(server.entry, secrets);
    const address = await control.start(server.server, labelOf(server), signal);
    if (address === undefined) return undefined;
    return devAddress(address, headersOf(await secrets.read(devCredentialsId(server.server.project.root))));
  };

  const runServer = (server: ListedServer): RunServer => {
    const identity = { id: server.id, label: labelOf(server) };
    switch (server.kind) {
      case 'embedded':
        return dependencies.embedded;
      case 'dev':
        return devRunServer(identity, server.server, secrets, (signal) =>
          control.start(server.server, identity.label, signal),
        );
      case 'remote':
        return remoteRunServer(identity, server.entry, secrets);
    }
  };

  const search = async (): Promise<void> => {
    await inventory.search();
    if (surface.workspace.isTrusted) await Promise.all([...inventory.devs.values()].map((dev) => dev.look()));
    change();
  };

  const listeners = [
    surface.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mastra.servers')) {
        change();
        void monitor.refresh();
      }
    }),
    surface.workspace.onDidChangeWorkspaceFolders(() => void search()),
    surface.workspace.onDidGrantWorkspaceTrust(() => void search().then(() => monitor.refresh())),
    surface.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.scheme !== 'file') return;
      for (const dev of inventory.devs.values()) if (concerns(dev.project, uri.fsPath)) dev.saved(uri.fsPath);
    }),
  ];

  return {
    current(folder) {
      const servers = inventory.folder(folder);
      return servers === undefined ? dependencies.embedded : runServer(chosenServer(servers));
    },
    find(folder, id) {
      if (id === embedded.id) return dependencies.embedded;
      const server = inventory.find(folder, id);
      return server === undefined ? undefined : runServer(server);
    },
    folders: () => inventory.folders(),
    folder: (folder) => inventory.folder(folder),
    search,
    choose,
    reach,
    control,
    monitor,
    remotes,
    secrets,
    onDidChange: changed.event,
    async stop() {
      await Promise.all([...inventory.devs.values()].map((dev) => dev.stop()));
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      for (const dev of inventory.devs.values()) dev.dispose();
      monitor.dispose();
      output.dispose();
      changed.dispose();
    },
  };
}

/** The health of a `mastra dev` is that of its process: a new one is asked anew. */
export function healthId(server: ListedServer): string {
  if (server.kind !== 'dev' || server.server.state.kind !== 'running') return server.id;
  return `${server.id}@${server.server.state.address.origin}`;
}

const sources = /(?:\.[cm]?[jt]sx?|\.json|\.md|(?:^|[\\/])\.env(?:\.\w+)?)$/;

/** Sources of the project, and of packages beside it that it may use. Whether a file is part of it is found out later. */
function concerns(project: DevProject, file: string): boolean {
  if (!sources.test(file)) return false;
  return !path
    .relative(path.dirname(project.root), file)
    .split(path.sep)
    .some((part) => part === '..' || part === 'node_modules' || part === '.mastra');
}
