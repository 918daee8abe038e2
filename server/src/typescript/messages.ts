/** JSON-RPC with the native process: like `vscode-jsonrpc`, without its turn of the event loop for every single message. */
import type { Readable, Writable } from 'node:stream';

/** What the client of the TypeScript API uses of a connection. */
export interface Connection {
  sendRequest(type: { readonly method: string }, params: unknown): Promise<unknown>;
  dispose(): void;
}

/** A connection whose requests all end: answered, refused, or failed. */
export interface WatchedConnection extends Connection {
  /** Rejects all that waits with `error`. */
  fail(error: Error): void;
  /**
   * To be called once a second: the method of a request that has been waiting for more than `seconds` calls. Counts calls
   * and not the clock, so that time in which the computer sleeps does not count.
   */
  overdue(seconds: number): string | undefined;
}

interface Waiting {
  readonly method: string;
  /** The call of `overdue` before which it was sent. */
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `Content-Length: <digits>`, the only header field that is used. */
const header = /Content-Length: *(\d+)/i;
const headerEnd = Buffer.from('\r\n\r\n');

/**
 * Sends requests over `input`, reads answers and requests from `output`; `answer` gives the results of the latter, which
 * must not be undefined. A cold analysis asks thousands of short questions: those of one turn go out in one piece.
 */
export function connect(
  output: Readable,
  input: Writable,
  answer: (method: string, params: unknown) => unknown,
): WatchedConnection {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let seconds = 0;
  let outgoing: Buffer[] = [];
  let chunks: Buffer[] = [];
  let received = 0;
  /** Bytes that are needed before there is a whole message. */
  let needed = 0;

  function send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    if (outgoing.length === 0) setImmediate(flush);
    outgoing.push(Buffer.from(`Content-Length: ${String(body.length)}\r\n\r\n`), body);
  }

  function flush(): void {
    const data = Buffer.concat(outgoing);
    outgoing = [];
    if (input.writable) input.write(data);
  }

  function take(chunk: Buffer): void {
    chunks.push(chunk);
    received += chunk.length;
    if (received < needed) return;
    let data = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (;;) {
      const end = data.indexOf(headerEnd);
      const length = end === -1 ? undefined : header.exec(data.toString('latin1', 0, end))?.[1];
      needed = length === undefined ? 0 : end + headerEnd.length + Number(length);
      if (length === undefined || data.length < needed) break;
      const message: unknown = JSON.parse(data.toString('utf8', end + headerEnd.length, needed));
      data = data.subarray(needed);
      needed = 0;
      if (typeof message === 'object' && message !== null) receive(message);
    }
    chunks = data.length === 0 ? [] : [data];
    received = data.length;
  }

  function receive(message: object): void {
    const { id, method, params, result, error }: Incoming = message;
    if (method !== undefined) {
      respond(id, method, params);
      return;
    }
    const request = typeof id === 'number' ? waiting.get(id) : undefined;
    if (request === undefined) return;
    waiting.delete(Number(id));
    if (error === undefined || error === null) request.resolve(result);
    else request.reject(new Error(String(error.message)));
  }

  function respond(id: unknown, method: string, params: unknown): void {
    try {
      send({ id, result: answer(method, params) });
    } catch (error) {
      send({ id, error: { code: -32603, message: error instanceof Error ? error.message : String(error) } });
    }
  }

  output.on('data', take);
  // Whoever started the process sees it end; what could not be written has no answer then.
  input.on('error', () => undefined);
  return {
    sendRequest({ method }, params) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { method, since: seconds, resolve, reject });
        send({ id, method, params });
      });
    },
    dispose() {
      output.off('data', take);
    },
    fail(error) {
      for (const request of waiting.values()) request.reject(error);
      waiting.clear();
    },
    overdue(limit) {
      seconds += 1;
      // The first is the one that has waited longest.
      const [oldest] = waiting.values();
      return oldest !== undefined && seconds - oldest.since > limit ? oldest.method : undefined;
    },
  };
}

interface Incoming {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: unknown } | null;
}
