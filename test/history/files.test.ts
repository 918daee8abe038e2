/** Files of recorded runs, whose writer may die at any time. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeWhole } from '../../client/src/history/files.ts';

describe('a file that is written as a whole', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'whole-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is never there in part, also when its writer is killed', async () => {
    const module = pathToFileURL(path.join(import.meta.dirname, '../../client/src/history/files.ts')).href;
    const script = `
      import { writeWhole } from ${JSON.stringify(module)};
      for (let number = 0; ; number += 1) {
        await writeWhole(process.argv[1] + '/' + number + '.log', 'the whole text\\n');
        if (number === 50) console.log('under way');
      }`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(writer, 'close');
    await once(writer.stdout, 'data');
    writer.kill('SIGKILL');
    await closed;
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
    assert.ok(logs.length > 50);
    assert.deepEqual(
      [...new Set(logs.map((name) => readFileSync(path.join(folder, name), 'utf8')))],
      ['the whole text\n'],
    );
  });

  it('leaves nothing behind where it cannot be written', async () => {
    const taken = path.join(folder, 'taken');
    mkdirSync(taken);
    await assert.rejects(writeWhole(taken, 'text'));
    assert.deepEqual(readdirSync(folder), ['taken']);
  });
});
