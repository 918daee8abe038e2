/** A fake of a Mastra server: answers the handshake and nothing else, with or without asking for a token. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeMastra {
  readonly url: string;
  /** `GET /api/workflows?...` with the Authorization header that came along, in order. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

export interface FakeMastraOptions {
  readonly token?: string;
  readonly prefix?: string;
  readonly engine?: string;
  /** Says that it is `mastra dev`. */
  readonly isDev?: boolean;
}

export async function fakeMastra({
  token,
  prefix = '/api',
  engine,
  isDev = false,
}: FakeMastraOptions = {}): Promise<FakeMastra> {
  const requests: { line: string; authorization: string | undefined }[] = [];
  const packages = [
    { name: '@mastra/core', version: '1.71.0' },
    ...(engine === undefined ? [] : [{ name: `@mastra/${engine}`, version: '1.0.0' }]),
  ];
  const workflow = { name: 'place-order', description: 'Takes an order', stepGraph: [] };
  const answers: Readonly<Record<string, unknown>> = {
    '/health': { success: true },
    [`${prefix}/auth/capabilities`]:
      token === undefined
        ? { enabled: false, login: null }
        : { enabled: true, login: { type: 'credentials', signUpEnabled: false } },
    [`${prefix}/system/packages`]: { packages, isDev, storageType: 'PostgresStore' },
    [`${prefix}/workflows`]: { placeOrder: workflow },
  };
  const server = http.createServer(({ method = '', url = '', headers }, response) => {
    requests.push({ line: `${method} ${url}`, authorization: headers.authorization });
    const pathname = url.replace(/\?.*/, '');
    const open = pathname === '/health' || pathname.endsWith('/auth/capabilities');
    const allowed = open || token === undefined || headers.authorization === `Bearer ${token}`;
    const answer = answers[pathname];
    response.statusCode = answer === undefined ? 404 : allowed ? 200 : 401;
    if (answer === undefined) {
      if (pathname.startsWith(`${prefix}/workflows/`)) {
        response.setHeader('content-type', 'application/json');
        response.end('{"error":"Workflow not found"}');
      } else response.end('404 Not Found');
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(allowed ? answer : { error: 'Invalid or expired token' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
