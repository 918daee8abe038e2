/** A misbehaving network between us and a real server: cuts connections, loses answers, lets nobody through. */
import { once } from 'node:events';
import net from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Cuts every connection, now. */
  cut(): void;
  /** Until `open`, connections are refused... */
  close(): Promise<void>;
  open(): Promise<void>;
  /** The next requests whose first line fits reach the server, but their answers are lost. */
  loseAnswers(line: RegExp | undefined): void;
  /** First lines of requests, in order. */
  readonly requests: readonly string[];
  dispose(): Promise<void>;
}

export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  const requests: string[] = [];
  let losing: RegExp | undefined;
  const listen = async (port: number): Promise<net.Server> => {
    const server = net.createServer((client) => {
      const upstream = net.connect(target, '127.0.0.1');
      const pair = [client, upstream] as const;
      pairs.add(pair);
      let lost = false;
      client.on('data', (chunk: Buffer) => {
        const line = /^(GET|POST) [^\r]*/.exec(chunk.toString('latin1'))?.[0];
        if (line !== undefined) requests.push(line);
        lost ||= line !== undefined && losing?.test(line) === true;
        upstream.write(chunk);
      });
      upstream.on('data', (chunk) => {
        if (lost) client.destroy();
        else client.write(chunk);
      });
      const end = (): void => {
        pairs.delete(pair);
        client.destroy();
        upstream.destroy();
      };
      for (const socket of pair) socket.on('close', end).on('error', end);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
  };
  let server: net.Server | undefined = await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const { port } = address;
  const close = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    cut();
    if (closing === undefined) return;
    closing.close();
    await once(closing, 'close');
  };
  return {
    port,
    requests,
    cut,
    close,
    async open() {
      server ??= await listen(port);
    },
    loseAnswers(line) {
      losing = line;
    },
    dispose: close,
  };
}
