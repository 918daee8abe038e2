/**
 * `npm start`: the packed extension in a VS Code that shows the sample project. In the desktop VS Code when there is one
 * (`code` on PATH and a display), else in the VS Code server, in a browser.
 *   --server       the server in any case
 *   --port N       its port, 8711 by default; another one when it is taken
 *   FOLDER         another folder than the sample project
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packedExtension } from './build.ts';
import type { Packed } from './build.ts';
import { projects, relative, vscodeHome } from './paths.ts';
import { main, phase, run } from './process.ts';
import { freePort, installExtension, startServer, workbenchUrl } from './vscode/server.ts';
import { quietSettings, writeSettings } from './vscode/settings.ts';

/** Kept between starts: settings, open editors, trust, installed extensions. */
const profile = path.join(vscodeHome, 'start');

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { server: { type: 'boolean', default: false }, port: { type: 'string', default: '8711' } },
  });
  const folder = path.resolve(positionals[0] ?? path.join(projects, 'orders'));
  const packed = await packedExtension();
  if (!values.server && (await openOnDesktop(packed, folder))) return 0;
  return await serve(packed, folder, Number(values.port));
});

/** False when there is no desktop VS Code that can be used. */
async function openOnDesktop(packed: Packed, folder: string): Promise<boolean> {
  const code = process.env['VSCODE_COMMAND'] ?? 'code';
  const display = ['DISPLAY', 'WAYLAND_DISPLAY', 'VSCODE_IPC_HOOK_CLI'].some((name) => process.env[name] !== undefined);
  if (process.platform === 'linux' && !display) return false;
  const call = async (...args: string[]): Promise<string | undefined> => {
    try {
      const finished = await run(code, args, { show: 'never', shell: process.platform === 'win32' });
      return finished.code === 0 ? finished.output : undefined;
    } catch {
      return undefined; // Not on PATH.
    }
  };
  const version = /^1\.(\d+)\.\d+/m.exec((await call('--version')) ?? '');
  if (version === null) return false;

  const installed = await phase(`Install into VS Code ${version[0]}`, async () => {
    return await call('--install-extension', packed.file, '--force');
  });
  if (installed === undefined || (await call(folder)) === undefined) {
    console.log(`VS Code (${code}) refused; starting the VS Code server instead.`);
    return false;
  }
  console.log(`\nVS Code opens ${relative(folder)}.`);
  return true;
}

/** Serves until Ctrl+C. */
async function serve(packed: Packed, folder: string, port: number): Promise<number> {
  mkdirSync(profile, { recursive: true });
  writeSettings(profile, quietSettings, true);
  const stamp = path.join(profile, 'installed-extension');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== packed.inputs) {
    await phase('Install into the VS Code server', () => installExtension(profile, packed.file));
    writeFileSync(stamp, packed.inputs);
  }
  const token = readToken(path.join(profile, 'token'));
  const server = await startServer({ profile, port: await freePort(port), token });
  const url = workbenchUrl(server.authority, { folder, token });
  console.log(`\nVS Code shows ${relative(folder)} at\n\n    ${url}\n\nCtrl+C ends it.`);

  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.removeAllListeners(signal);
      process.once(signal, resolve);
    }
  });
  const endedByItself = await Promise.race([server.ended.then(() => true), interrupted.then(() => false)]);
  if (endedByItself) {
    console.error(`VS Code ended; see ${relative(server.logFile)}.`);
    return 1;
  }
  await server.stop();
  return 0;
}

/** Whoever may use the workbench may run programs as we do, so the URL carries a secret; it stays the same between starts. */
function readToken(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
