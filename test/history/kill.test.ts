/** The process that records is killed: nothing that it had said to be written is lost, and the rest of the file is whole. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeLine, decodeLog } from '../../common/runlog/file.ts';
import { createRunStore } from '../../client/src/history/store.ts';
import { seededRandom } from '../bench/schemas.ts';
import { record, testHistory } from './support.ts';

const random = seededRandom(42);
const program = path.join(import.meta.dirname, 'dying-recorder.ts');

describe('a recording whose process is killed', function () {
  this.timeout(120_000);
  let root: string;
  beforeEach(() => void (root = mkdtempSync(path.join(os.tmpdir(), 'mastra-history-kill-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Resolves with how many events the child said to be in the file before it died. */
  const recordAndDie = async (folder: string, milliseconds: number): Promise<number> => {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    await once(child.stdout, 'data');
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
    await once(child, 'close');
    // What it was just saying may have no end.
    return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
  };

  it('holds a gapless beginning of the run, at 20 moments', async () => {
    for (let moment = 0; moment < 20; moment += 1) {
      const folder = path.join(root, String(moment));
      const acknowledged = await recordAndDie(folder, random(150));
      const store = createRunStore(folder);
      const [run] = await store.list();
      assert.ok(run?.kind === 'run');
      assert.equal(run.status, 'interrupted');

      const text = await store.text(run.id);
      const log = decodeLog(text);
      assert.ok(log.kind === 'log');
      assert.equal(log.damage.corrupt, 0);
      assert.ok(log.events.length >= acknowledged, `${log.events.length} of at least ${acknowledged}`);
      const numbers = text
        .split('\n')
        .slice(1)
        .map(decodeLine)
        .flatMap((line) => (line.kind === 'event' ? [line.event.seq] : []));
      assert.deepEqual(numbers, [...numbers.keys()]);
      const lines = log.events
        .slice(1)
        .map((event) => (event.type === 'console' ? event.text : event.type === 'step-started' ? event.step[0] : ''));
      for (const [index, line] of lines.entries())
        assert.match(line ?? '', new RegExp(`^(?:line|step) ${index + 1}(?: |$)`));
    }
  });

  it('does not keep the next run from being recorded beside it', async () => {
    const folder = path.join(root, 'next');
    await recordAndDie(folder, 50);
    const test = testHistory({ folder });
    await record(test.history, 'order');
    const runs = await test.history.store.list();
    assert.deepEqual(
      runs.map((run) => run.kind === 'run' && run.status),
      ['success', 'interrupted'],
    );
    await test.history.store.remove(runs.map(({ id }) => id));
    assert.deepEqual(await test.history.store.list(), []);
    test.dispose();
  });

  it('is written by a running process as long as that lives', async () => {
    const folder = path.join(root, 'live');
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const store = createRunStore(folder);
    const [run] = await store.list();
    assert.ok(run?.kind === 'run' && run.status === 'running');
    assert.equal(await store.remove([run.id]), 0, 'a run that is written is not deleted');
    assert.equal(await store.prune({ maxRuns: 1, maxBytes: 1 }), 0);
    assert.ok(readFileSync(path.join(folder, `${run.id}.mastrarun.jsonl`)).length > 0);
    child.kill('SIGKILL');
    await once(child, 'close');
    const [after] = await store.list();
    assert.ok(after?.kind === 'run' && after.status === 'interrupted');
  });
});
