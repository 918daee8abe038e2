import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startServerProcess } from '../../client/src/serverProcess.ts';

/** Starts a process that holds its error stream and never ends, as a hanging native process does. */
const server = `
const { spawn } = require('node:child_process');
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['pipe', 'pipe', 'inherit'] });
console.log('started');
setInterval(() => {}, 1000);
`;

describe("the language server's process", () => {
  it('leaves nothing behind when it is killed, and its end is noticed at once', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mastra-server-'));
    try {
      const module = path.join(folder, 'server.cjs');
      writeFileSync(module, server);
      const started = startServerProcess(module);
      assert.ok(started.stdout && started.pid !== undefined);
      await once(started.stdout, 'data');
      const noticed = once(started.stdout, 'close');
      // Comes when nobody holds a stream of the server any more: only after the process that it started has ended.
      const nothingLeft = once(started, 'close');
      process.kill(started.pid, 'SIGKILL');
      await noticed;
      await nothingLeft;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
