/** Asks servers how they are, while somebody looks. Nothing is asked otherwise. */
import type { ServerAddress } from '../run/http/address.ts';
import { examine } from './health.ts';
import type { Health } from './health.ts';

export interface Watched {
  readonly id: string;
  /** Reads what is secret at the last moment. */
  address(): Promise<ServerAddress>;
}

export interface Monitor {
  health(id: string): Health;
  /** Starts to ask, at once and then now and again, or stops. */
  watch(visible: boolean): void;
  /** Asks all of them now. Resolves when all have answered, or have not. Does nothing while nobody looks. */
  refresh(): Promise<void>;
  /** What was heard otherwise, e.g. when a connection was tested. */
  learn(id: string, health: Health): void;
  dispose(): void;
}

const everyMilliseconds = 15_000;

/** `watched` says whom to ask: nobody in a workspace that is not trusted. */
export function createMonitor(watched: () => readonly Watched[], onDidChange: () => void): Monitor {
  const known = new Map<string, Health>();
  const asking = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let controller: AbortController | undefined;

  const learn = (id: string, health: Health): void => {
    known.set(id, health);
    onDidChange();
  };

  const ask = (server: Watched, signal: AbortSignal): Promise<void> => {
    const under = asking.get(server.id);
    if (under !== undefined) return under;
    const asked = server
      .address()
      .then((address) => examine(address, signal))
      .then((health) => {
        if (!signal.aborted) learn(server.id, health);
      })
      .catch(() => undefined)
      .finally(() => asking.delete(server.id));
    asking.set(server.id, asked);
    return asked;
  };

  const refresh = async (): Promise<void> => {
    const signal = controller?.signal;
    if (signal === undefined) return;
    const servers = watched();
    const ids = new Set(servers.map(({ id }) => id));
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    await Promise.all(servers.map((server) => ask(server, signal)));
  };

  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    controller?.abort();
    controller = undefined;
  };

  return {
    health: (id) => known.get(id) ?? { kind: 'unknown' },
    watch(visible) {
      if (!visible) {
        stop();
        return;
      }
      if (controller !== undefined) return;
      controller = new AbortController();
      timer = setInterval(() => void refresh(), everyMilliseconds);
      timer.unref();
      void refresh();
    },
    refresh,
    learn,
    dispose: stop,
  };
}
