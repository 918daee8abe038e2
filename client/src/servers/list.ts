/** What runs can go to, as data: the embedded runner, `mastra dev` of each project, the remote servers. */
import path from 'node:path';
import { embeddedServerId } from '../run/embedded.ts';
import type { DevServer } from './dev/contract.ts';
import type { InvalidEntry, RemoteEntry } from './remote/entry.ts';
import type { RemotePlace } from './remote/store.ts';

export type ListedServer =
  | { readonly kind: 'embedded'; readonly id: string }
  | {
      readonly kind: 'dev';
      readonly id: string;
      readonly server: DevServer;
      /** Of its project in the workspace folder, with slashes; empty for the folder itself. */
      readonly path: string;
    }
  | { readonly kind: 'remote'; readonly id: string; readonly entry: RemoteEntry; readonly place: RemotePlace };

/** Those that are spoken to over HTTP. */
export type HttpServer = Exclude<ListedServer, { kind: 'embedded' }>;

/** What a workspace folder offers. */
export interface FolderServers {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly servers: readonly ListedServer[];
  readonly invalid: readonly InvalidEntry[];
  /** Id of the one that runs go to. */
  readonly chosen: string;
}

export const embedded: ListedServer = { kind: 'embedded', id: embeddedServerId };

/** `dev:` for the project in the folder itself, `dev:packages/app` for one below. */
export function devId(folder: string, root: string): string {
  return `dev:${relativePath(folder, root)}`;
}

export function relativePath(folder: string, root: string): string {
  return path.relative(folder, root).split(path.sep).join('/');
}

export function labelOf(server: ListedServer): string {
  switch (server.kind) {
    case 'embedded':
      return 'Embedded';
    case 'dev':
      return server.path === '' ? 'mastra dev' : `mastra dev (${server.path})`;
    case 'remote':
      return server.entry.name;
  }
}

/** The chosen server; Embedded when the one that was chosen is not there any more. */
export function chosenServer(servers: FolderServers): ListedServer {
  return servers.servers.find(({ id }) => id === servers.chosen) ?? embedded;
}
