/** What `mastra dev` gets from us: local only, quiet, and a port of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseEnv } from 'node:util';

/**
 * What VS Code itself has, without its own variables; bound to this machine, telemetry and all look-ups off, no colours.
 * `port` is left out where the project's own files name one. Variables of a project's .env files are read by `mastra dev` itself;
 * what is given here wins over them.
 */
export function devEnvironment(inherited: NodeJS.ProcessEnv, port: number | undefined): NodeJS.ProcessEnv {
  const own = Object.entries(inherited).filter(([name]) => !/^(VSCODE_|ELECTRON_|FORCE_COLOR$|PORT$)/.test(name));
  return {
    ...Object.fromEntries(own),
    // Without it the server listens on all interfaces, for anybody, without a password.
    MASTRA_HOST: '127.0.0.1',
    // What the command line itself uses to reach its server, and prints.
    HOST: '127.0.0.1',
    MASTRA_TELEMETRY_DISABLED: '1',
    MASTRA_OFFLINE: '1',
    MASTRA_SKIP_PEERDEP_CHECK: '1',
    NO_UPDATE_NOTIFIER: '1',
    NO_COLOR: '1',
    ...(port === undefined ? {} : { PORT: String(port) }),
  };
}

/** The files that `mastra dev` reads; later ones win. */
const environmentFiles = ['.env', '.env.local', '.env.development'];

/** True for what `mastra dev` reads anew when it is saved. */
export function isEnvironmentFile(root: string, file: string): boolean {
  return path.dirname(file) === root && environmentFiles.includes(path.basename(file));
}

/** `PORT` in the project's .env files; undefined when none names one. */
export function projectPort(root: string): number | undefined {
  let port: string | undefined;
  for (const name of environmentFiles) {
    const file = path.join(root, name);
    if (existsSync(file)) port = parseEnv(readFileSync(file, 'utf8'))['PORT'] ?? port;
  }
  const number = Number(port);
  return port !== undefined && Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined;
}

/** The ports that `mastra dev` would try. */
const usualPorts = Array.from({ length: 21 }, (_, index) => 4111 + index);

/** A port that nothing on this machine listens on: one of those people know, else any. */
export async function freePort(): Promise<number> {
  for (const port of usualPorts) if (await isFree(port)) return port;
  return listenOnce(0, '127.0.0.1');
}

/** True when nothing listens on `port`, neither on the loopback interface nor on all. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const free = await listenOnce(port, host).then(
      () => true,
      () => false,
    );
    if (!free) return false;
  }
  return true;
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
