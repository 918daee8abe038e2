/** Mastra's own servers as child processes. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { ServerAddress } from '../../client/src/run/http/address.ts';
import { serverModules } from './project.ts';
import type { ServedProject } from './project.ts';

export interface RunningServer {
  readonly address: ServerAddress;
  readonly process: ChildProcess;
  /** Everything it printed. */
  readonly output: () => string;
  /** Ends it with its whole group, with no time to say goodbye. */
  kill(): Promise<void>;
}

const cli = path.join(serverModules, 'mastra/dist/index.js');

/** As `mastra dev` serves, without the long way there: the project bundled by esbuild, and the server of `@mastra/deployer`. */
export async function startQuickly(
  project: ServedProject,
  port: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningServer> {
  const bundle = path.join(project.root, '.quick/entry.mjs');
  await build({
    entryPoints: [path.join(project.root, 'src/mastra/index.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  project.write(
    '.quick/serve.mjs',
    "import { mastra } from './entry.mjs';\nimport { createNodeServer } from '@mastra/deployer/server';\n" +
      'await createNodeServer(mastra, { studio: false, isDev: true, tools: {} });\n',
  );
  return serve(project, [path.join(project.root, '.quick/serve.mjs')], port, { MASTRA_DEV: 'true', ...environment });
}

/** `mastra <args>` that serves. */
export function startMastra(
  project: ServedProject,
  args: readonly string[],
  port: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningServer> {
  return serve(project, [cli, ...args], port, environment);
}

/** `mastra <args>` that ends. Rejects with its output when it fails. */
export async function runMastra(project: ServedProject, args: readonly string[]): Promise<string> {
  const { process: child, output } = launch(project, [cli, ...args], {});
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`mastra ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${output()}`);
  return output();
}

async function serve(
  project: ServedProject,
  args: readonly string[],
  port: number,
  environment: NodeJS.ProcessEnv,
): Promise<RunningServer> {
  const { process: child, output } = launch(project, args, { PORT: String(port), ...environment });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'exit');
    killGroup(child);
    await closed;
  };
  // Rather than leave it behind when the tests themselves are killed.
  process.on('exit', () => killGroup(child));
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address: { url: `http://127.0.0.1:${port}`, apiPrefix: '/api', headers: {} }, process: child, output, kill };
}

function launch(
  project: ServedProject,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): { readonly process: ChildProcess; readonly output: () => string } {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: project.root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: `file:${project.database}`,
      MASTRA_HOST: '127.0.0.1',
      MASTRA_OFFLINE: '1',
      MASTRA_TELEMETRY_DISABLED: '1',
      MASTRA_SKIP_PEERDEP_CHECK: '1',
      ...environment,
    },
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { process: child, output: () => text };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false;
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
