/** A small real HTTP server that answers as a test wants, also badly: it breaks off, stays silent, sends pages, asks for tokens. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import type { ServerAddress } from '../../../client/src/run/http/address.ts';

export interface MisbehavingServer {
  readonly address: ServerAddress;
  /** Requests that arrived: `POST /api/workflows/a/stream?runId=1`. */
  readonly requests: readonly ArrivedRequest[];
  close(): Promise<void>;
}

export interface ArrivedRequest {
  readonly line: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: http.ServerResponse, request: ArrivedRequest) => void | Promise<void>;

/** `answers`: by the beginning of `GET /path`, the longest one decides. Everything else is 404 as a server without routes has it. */
export async function misbehave(
  answers: Readonly<Record<string, Answer>>,
  options: { readonly certificate?: string; readonly host?: string } = {},
): Promise<MisbehavingServer> {
  const requests: ArrivedRequest[] = [];
  const listener: http.RequestListener = (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const line = `${incoming.method ?? ''} ${incoming.url ?? ''}`;
      const request = { line, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(request);
      const [route] = Object.keys(answers)
        .filter((each) => line.startsWith(each))
        .toSorted((a, b) => b.length - a.length);
      const answer = route === undefined ? undefined : answers[route];
      void (answer ?? plain(404, '404 Not Found'))(response, request);
    });
  };
  const { certificate, host = '127.0.0.1' } = options;
  const server =
    certificate === undefined
      ? http.createServer(listener)
      : https.createServer({ cert: pem(certificate), key: pem('key') }, listener);
  const port = await listen(server);
  return {
    address: {
      url: `${certificate === undefined ? 'http' : 'https'}://${host}:${port}`,
      apiPrefix: '/api',
      headers: {},
    },
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function pem(name: string): string {
  return readFileSync(path.join(import.meta.dirname, `certificates/${name}.pem`), 'utf8');
}

/** A server that takes connections and says nothing at all. */
export async function listenSilently(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  const port = await listen(server);
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const silent = await listenSilently();
  await silent.close();
  return silent.port;
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

export function json(value: unknown, status = 200): Answer {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export function page(text = '<!doctype html><title>Studio</title>', status = 200): Answer {
  return (response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(text);
}

export function plain(status: number, text: string): Answer {
  return (response) => void response.writeHead(status, { 'content-type': 'text/plain; charset=UTF-8' }).end(text);
}

export function recordText(record: unknown): string {
  return `${JSON.stringify(record)}\u001e`;
}

/** Streams records and ends as a server should. */
export function stream(records: readonly unknown[]): Answer {
  return (response) =>
    void response.writeHead(200, { 'content-type': 'text/plain' }).end(records.map(recordText).join(''));
}

/** Streams records and breaks off. */
export function broken(records: readonly unknown[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write(records.map(recordText).join(''), () => setTimeout(() => response.destroy(), 20));
  };
}

/** One after the other for each request; the last one stays. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let next = 0;
  return (response, request) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    return answer?.(response, request);
  };
}
