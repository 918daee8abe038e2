/** `mastra dev` and remote servers as places where runs go. */
import type { RunConnection, RunListener } from '../run/connection.ts';
import type { ServerAddress } from '../run/http/address.ts';
import { RunFailure } from '../run/problem.ts';
import type { RunServer, RunTarget } from '../run/servers.ts';
import { deferConnection } from './deferred.ts';
import { devAddress, devCredentialsId } from './dev/address.ts';
import type { DevAddress } from './dev/state.ts';
import type { DevServer } from './dev/contract.ts';
import { headersOf } from './remote/credentials.ts';
import type { CredentialStore } from './remote/credentials.ts';
import type { RemoteEntry } from './remote/entry.ts';

export interface ServerIdentity {
  readonly id: string;
  readonly label: string;
}

export function devRunServer(
  { id, label }: ServerIdentity,
  server: DevServer,
  secrets: CredentialStore,
  /** The address once it answers; undefined when it does not come to that, which has been said then. */
  ready: (signal: AbortSignal) => Promise<DevAddress | undefined>,
): RunServer {
  return {
    id,
    label,
    kind: 'dev',
    open: (target, listener) =>
      deferConnection(async (signal) => {
        const address = await ready(signal);
        // Whatever kept it from starting has been said.
        if (address === undefined || signal.aborted) throw new RunFailure({ kind: 'canceled' });
        await upToDate(server, listener, signal);
        const credentials = await secrets.read(devCredentialsId(server.project.root));
        return connect(devAddress(address, headersOf(credentials)), target, listener);
      }),
  };
}

/** What runs is what is on disk: a run waits for the reload that a save has set off. Throws RunFailure when there will be none. */
async function upToDate(server: DevServer, listener: RunListener, signal: AbortSignal): Promise<void> {
  const { state } = server;
  const late = state.kind === 'reloading' || (state.kind === 'running' && state.freshness.kind === 'behind');
  if (late) listener.log('waiting for mastra dev to reload.');
  const now = await server.caughtUp(signal);
  if (signal.aborted) throw new RunFailure({ kind: 'canceled' });
  if (now.kind === 'running' && now.freshness.kind === 'broken')
    throw new RunFailure({ kind: 'build-failed', errors: now.freshness.errors, output: '' });
}

export function remoteRunServer(
  { id, label }: ServerIdentity,
  entry: RemoteEntry,
  secrets: CredentialStore,
): RunServer {
  return {
    id,
    label,
    kind: 'remote',
    open: (target, listener) =>
      deferConnection(async () => connect(await remoteAddress(entry, secrets), target, listener)),
  };
}

/** With what is secret in it: not to be kept, shown or logged. */
export async function remoteAddress(entry: RemoteEntry, secrets: CredentialStore): Promise<ServerAddress> {
  const { url, apiPrefix } = entry;
  return { url, apiPrefix, headers: headersOf(await secrets.read(entry.id)) };
}

/** A part of its own, `dist/http.cjs`: most runs are embedded. */
const loadConnection = () => import('../run/http/connection.ts');

async function connect(address: ServerAddress, target: RunTarget, listener: RunListener): Promise<RunConnection> {
  const { openHttpConnection } = await loadConnection();
  return openHttpConnection({ ...listener, address, workflow: target.workflow });
}
