/** `GET /refresh-events` of `mastra dev`: a stream that ends with the server's process, and begins with the id of the next one. */
import type { ServerAddress } from '../../run/http/address.ts';
import { open } from '../../run/http/request.ts';

export interface RefreshListener {
  /** The stream opened; `instance` is another one for every start of the server's process. */
  readonly onConnected: (instance: string) => void;
  /** The stream ended. It is opened again as soon as that is possible. */
  readonly onDropped: () => void;
}

const retryMilliseconds = 500;
const connectMilliseconds = 5_000;

/**
 * Watches until it is disposed of, or the server turns out to have no such stream. `studio` is where Studio is, on this machine:
 * the stream lies below it.
 */
export function watchRefresh(studio: string, listener: RefreshListener): { dispose(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  // `mastra dev --https` makes a certificate of its own; what never leaves the machine needs no authority.
  const address: ServerAddress = { url: studio, apiPrefix: '', headers: {}, tls: { rejectUnauthorized: false } };
  const once = async (): Promise<void> => {
    const seen: string[] = [];
    try {
      const response = await open(address, {
        method: 'GET',
        segments: ['refresh-events'],
        outsideApi: true,
        signal,
        limits: { connect: connectMilliseconds, silence: 0 },
      });
      if (response.statusCode !== 200) {
        response.destroy();
        if (response.statusCode === 404) controller.abort();
        return;
      }
      const read = createIdReader((instance) => {
        seen.push(instance);
        listener.onConnected(instance);
      });
      response.setEncoding('utf8');
      for await (const chunk of response as AsyncIterable<string>) read(chunk);
    } catch {
      // Refused or cut off: both mean that the process is not there (yet).
    }
    if (seen.length > 0 && !signal.aborted) listener.onDropped();
  };
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      await once();
      await pause(retryMilliseconds, signal);
    }
  };
  void watch();
  return { dispose: () => controller.abort() };
}

/** Calls `onId` for every line `id: ...` of a stream of server-sent events, which comes in pieces. */
export function createIdReader(onId: (id: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const id = /^id: ?(.+)$/.exec(line)?.[1];
      if (id !== undefined) onId(id);
    }
  };
}

/** Resolves after a while, at once when `signal` fires. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
