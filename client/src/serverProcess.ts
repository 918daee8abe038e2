/** The language server's process: how it is started, and what is cleaned up behind it when it dies. */
import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Starts `module` (absolute path of the bundled server), which then talks LSP over its standard streams. It leads a
 * process group of its own (not on Windows, where a process takes its children along), and that group ends with it.
 *
 * Not over Node's channel between processes: the end of that is reported only when everything that holds the error
 * stream has ended, and the native TypeScript process holds it, too.
 */
export function startServerProcess(module: string): ChildProcess {
  const server = spawn(process.execPath, [module, '--stdio', `--clientProcessId=${String(process.pid)}`], {
    detached: process.platform !== 'win32',
    // In the desktop application the program that runs extensions is Electron.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
  });
  server.once('exit', () => {
    endGroup(server);
  });
  return server;
}

/** A native process that waits for a text from a server that is gone would wait for ever. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined || process.platform === 'win32') {
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended by itself, as it should.
  }
}
