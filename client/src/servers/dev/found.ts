/** Finds a `mastra dev` that already runs in a folder, whoever started it. */
import { execFile } from 'node:child_process';
import { defaultApiPrefix } from '../../run/http/address.ts';
import { ServerFailure } from '../../run/http/problem.ts';
import { connectServer } from '../../run/http/server.ts';
import { devAddress } from './address.ts';
import { isAlive, lockOrigin, readDevLock } from './lock.ts';
import type { DevLock } from './lock.ts';
import type { DevAddress } from './state.ts';

export type FoundDev =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly pid: number; readonly address: DevAddress }
  /** The process lives, but no Mastra server answers: it starts, its server died, or the number belongs to something else by now. */
  | { readonly kind: 'silent'; readonly pid: number; readonly command: string | undefined };

/** Asks the processes of this machine and the server that the lock names. A lock without a living process counts as none. */
export async function findRunningDev(root: string): Promise<FoundDev> {
  const lock = await readDevLock(root);
  if (lock === undefined || !isAlive(lock.pid)) return { kind: 'none' };
  const origin = lockOrigin(lock);
  const address = origin === undefined ? undefined : await askDev(origin, defaultApiPrefix);
  if (address !== undefined) return { kind: 'running', pid: lock.pid, address };
  const command = await commandOf(lock);
  // A process that is certainly something else: the number was given away again.
  if (command !== undefined && !/\b(mastra|node|bun)\b/.test(command)) return { kind: 'none' };
  return { kind: 'silent', pid: lock.pid, command };
}

const limits = { connect: 1_500, silence: 8_000 };

/** Where the API of a `mastra dev` at `origin` is; undefined when something else, or nothing, answers there. */
export async function askDev(origin: string, apiPrefix: string, signal?: AbortSignal): Promise<DevAddress | undefined> {
  const found = (prefix: string): DevAddress => ({ origin, apiPrefix: prefix, studio: origin });
  try {
    const facts = await connectServer(devAddress({ origin, apiPrefix }), {
      limits,
      ...(signal === undefined ? {} : { signal }),
    });
    return facts.isDev ? found(apiPrefix) : undefined;
  } catch (error) {
    if (!(error instanceof ServerFailure)) throw error;
    const { problem } = error;
    // It is there; that it wants a token, or has another version than we know, is told where a run is started.
    if (problem.kind === 'unauthorized' || problem.kind === 'forbidden' || problem.kind === 'version')
      return found(apiPrefix);
    if (problem.kind !== 'wrong-prefix' || problem.answering === undefined) return undefined;
    return askDev(origin, problem.answering, signal);
  }
}

/** The command line of a process, where the system tells; undefined on Windows and for processes of others. */
function commandOf({ pid }: DevLock): Promise<string | undefined> {
  if (process.platform === 'win32') return Promise.resolve(undefined);
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'command=', '-p', String(pid)], { timeout: 3_000 }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : undefined);
    });
  });
}
