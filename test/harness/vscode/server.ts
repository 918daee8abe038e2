/** Starts the VS Code server on a profile folder and builds the URLs of its workbench. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { killGroup, run } from '../process.ts';
import { installVSCode } from './install.ts';

export interface ServerOptions {
  /** The profile: settings, state, logs and installed extensions. */
  readonly profile: string;
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  /** Without one every program of this machine may connect: for tests only. */
  readonly token?: string;
}

export interface VSCodeServer {
  /** `127.0.0.1:<port>` */
  readonly authority: string;
  readonly profile: string;
  readonly logFile: string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server; resolves when it answers. */
export async function startServer(options: ServerOptions): Promise<VSCodeServer> {
  const program = await installVSCode();
  const port = options.port ?? (await freePort());
  mkdirSync(extensionsFolder(options.profile), { recursive: true });
  const logFile = path.join(options.profile, 'server.log');
  const log = openSync(logFile, 'w');
  // The server leaves sockets behind, and their paths must stay under 108 bytes.
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'vsc-'));
  const args = [
    ...['--host', '127.0.0.1', '--port', String(port), '--accept-server-license-terms'],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    ...['--server-data-dir', options.profile, '--extensions-dir', extensionsFolder(options.profile)],
    ...['--telemetry-level', 'off', '--disable-getting-started-override'],
    // Else PATH comes from a login shell and not from us.
    '--force-disable-user-env',
    ...(options.args ?? []),
  ];
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', log, log],
    // A process group of its own: the extension host, the terminals and the watchers end with it.
    detached: true,
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', TMPDIR: temporary, ...options.env },
  });
  closeSync(log);
  const ended = once(child, 'exit').then(() => {
    killGroup(child);
    rmSync(temporary, { recursive: true, force: true });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => killGroup(child), 5000);
    await ended;
    clearTimeout(timer);
  };

  const authority = `127.0.0.1:${port}`;
  const giveUp = Date.now() + 60_000;
  while (!(await answers(authority))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`VS Code ended at once:\n${readFileSync(logFile, 'utf8')}`);
    if (Date.now() > giveUp) {
      await stop();
      throw new Error(`VS Code did not answer within a minute:\n${readFileSync(logFile, 'utf8')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { authority, profile: options.profile, logFile, ended, stop };
}

/** Installs a packed extension into a profile, as a user does with "Install from VSIX...". */
export async function installExtension(profile: string, vsix: string): Promise<void> {
  const program = await installVSCode();
  const { code, output } = await run(
    process.execPath,
    [
      ...[program, '--install-extension', vsix, '--force', '--accept-server-license-terms'],
      ...['--server-data-dir', profile, '--extensions-dir', extensionsFolder(profile)],
    ],
    { show: 'on-failure', env: { EXTENSIONS_GALLERY: '{}' } },
  );
  if (code !== 0 || !output.includes('was successfully installed'))
    throw new Error(`VS Code did not install ${vsix}:\n${output}`);
}

/** The workbench with `folder` open. `payload` is VS Code's own list of options, e.g. for extension tests. */
export function workbenchUrl(
  authority: string,
  options: {
    readonly folder: string;
    readonly token?: string;
    readonly payload?: readonly (readonly [string, string])[];
  },
): string {
  const url = new URL(`http://${authority}/`);
  if (options.token !== undefined) url.searchParams.set('tkn', options.token);
  url.searchParams.set('folder', options.folder);
  if (options.payload !== undefined) url.searchParams.set('payload', JSON.stringify(options.payload));
  return url.href;
}

/** A file of the server's machine, as the workbench names it. */
export function remoteUri(authority: string, file: string): string {
  return `vscode-remote://${authority}${file.split(path.sep).map(encodeURIComponent).join('/')}`;
}

/** `preferred` when nobody listens on it, else a port that the system chooses. */
export async function freePort(preferred = 0): Promise<number> {
  const probe = net.createServer();
  try {
    probe.listen(preferred, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  } catch (error) {
    if (preferred === 0) throw error;
    return await freePort();
  } finally {
    probe.close();
  }
}

function extensionsFolder(profile: string): string {
  return path.join(profile, 'extensions');
}

async function answers(authority: string): Promise<boolean> {
  try {
    return (await fetch(`http://${authority}/version`)).ok;
  } catch {
    return false;
  }
}
