/**
 * One HTTP request, with nothing behind it that would do more than asked: no `fetch` (it ends a stream that is silent for five
 * minutes), no retry, no redirect followed, a connection of its own (one that was kept may be dead, and a POST must not be sent twice).
 */
import http from 'node:http';
import https from 'node:https';
import type { Json } from '../../../../common/runlog/events.ts';
import { serverName, urlOf } from './address.ts';
import type { ServerAddress, ServerPath } from './address.ts';
import { ServerFailure } from './problem.ts';
import type { ServerProblemBody } from './problem.ts';
import { transportProblem } from './transport.ts';

export interface ServerRequest extends ServerPath {
  readonly method: 'GET' | 'POST';
  readonly body?: Json;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<RequestLimits>;
}

export interface RequestLimits {
  /** Milliseconds until the connection stands, with TLS. */
  readonly connect: number;
  /** Milliseconds from the last sign of life to the next one, until the answer is complete. 0: none. */
  readonly silence: number;
  /** Bytes of an answer that is read as a whole. */
  readonly bytes: number;
}

export const defaultLimits: RequestLimits = { connect: 10_000, silence: 30_000, bytes: 256 * 1024 * 1024 };

/** An answer that is read as a whole. */
export interface ServerAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Where a redirect leads. */
  readonly location: string | undefined;
  readonly text: string;
}

/** Sends and reads the whole answer, whatever its status. Throws ServerFailure when there is none. */
export async function request(address: ServerAddress, asked: ServerRequest): Promise<ServerAnswer> {
  const limits = { ...defaultLimits, ...asked.limits };
  const response = await open(address, asked);
  return readAnswer(address, response, limits);
}

/**
 * Sends and resolves with the answer's head; its body is still to be read, and may take as long as it likes. Aborting `signal`
 * ends it at any time. Throws ServerFailure when no answer comes.
 */
export async function open(address: ServerAddress, asked: ServerRequest): Promise<http.IncomingMessage> {
  const fail = (problem: ServerProblemBody): ServerFailure =>
    new ServerFailure({ ...problem, server: serverName(address) });
  const url = urlOf(address, asked);
  if (url === undefined) throw fail({ kind: 'bad-address' });
  const limits = { ...defaultLimits, ...asked.limits };
  const body = asked.body === undefined ? undefined : Buffer.from(JSON.stringify(asked.body));
  return new Promise((resolve, reject) => {
    let timedOut: ServerProblemBody | undefined;
    let incoming: http.IncomingMessage | undefined;
    let outgoing: http.ClientRequest;
    try {
      outgoing = (url.protocol === 'https:' ? https : http).request(url, {
        method: asked.method,
        agent: agentFor(url, address),
        headers: {
          accept: 'application/json, text/plain',
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
          ...address.headers,
        },
        ...(asked.signal === undefined ? {} : { signal: asked.signal }),
      });
    } catch {
      // A header value that cannot be sent; the value itself must not be told.
      reject(fail({ kind: 'bad-address' }));
      return;
    }
    const end = (problem: ServerProblemBody): void => {
      timedOut = problem;
      incoming?.destroy(fail(problem));
      outgoing.destroy();
    };
    const connecting = setTimeout(() => {
      end({ kind: 'timeout', phase: 'connect', milliseconds: limits.connect });
    }, limits.connect);
    outgoing.on('socket', (socket) => {
      // A peer that is gone without a word (laptop asleep, network changed) is noticed after a few minutes.
      socket.setKeepAlive(true, 30_000);
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
    });
    if (limits.silence > 0) {
      outgoing.setTimeout(limits.silence, () => {
        end({ kind: 'timeout', phase: 'answer', milliseconds: limits.silence });
      });
    }
    outgoing.on('response', (response) => {
      clearTimeout(connecting);
      incoming = response;
      // Whoever reads is told by the reading; without this an error between two reads would end the process.
      response.on('error', () => undefined);
      resolve(response);
    });
    outgoing.on('error', (error) => {
      clearTimeout(connecting);
      if (asked.signal?.aborted === true) reject(fail({ kind: 'canceled' }));
      else reject(fail(timedOut ?? transportProblem(error, url)));
    });
    outgoing.end(body);
  });
}

function agentFor(url: URL, address: ServerAddress): http.Agent {
  if (url.protocol === 'http:') return new http.Agent({ keepAlive: false });
  const { ca, rejectUnauthorized } = address.tls ?? {};
  return new https.Agent({
    keepAlive: false,
    ...(ca === undefined ? {} : { ca }),
    rejectUnauthorized: rejectUnauthorized ?? true,
  });
}

/** Reads the rest of an answer as text. Throws ServerFailure when it breaks off or is larger than asked for. */
export async function readAnswer(
  address: ServerAddress,
  response: http.IncomingMessage,
  limits: Pick<RequestLimits, 'bytes'> = defaultLimits,
): Promise<ServerAnswer> {
  const server = serverName(address);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limits.bytes) throw new ServerFailure({ server, kind: 'too-large', message: undefined });
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ServerFailure) throw error;
    throw new ServerFailure({ server, kind: 'unreachable', code: codeOf(error) });
  }
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'],
    location: response.headers.location,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** `ECONNRESET` and the like. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ECONNRESET';
}
