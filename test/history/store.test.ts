import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeHeader } from '../../common/runlog/file.ts';
import { findRecording } from '../../client/src/history/shown.ts';
import { createRunStore } from '../../client/src/history/store.ts';
import { markLive, runFiles } from '../../client/src/history/files.ts';
import type { RecordedRun } from '../../client/src/history/summary.ts';
import { consoleLine, finished, record, runOf, started, stepStarted, testHistory } from './support.ts';
import type { TestHistory } from './support.ts';

describe('the folder of recorded runs', () => {
  let test: TestHistory;
  beforeEach(() => void (test = testHistory()));
  afterEach(() => test.dispose());

  const list = (): Promise<readonly RecordedRun[]> => test.history.store.list();
  const titles = async (): Promise<readonly string[]> =>
    (await list()).map((run) => (run.kind === 'run' ? run.title : 'unreadable'));
  const only = async (): Promise<Extract<RecordedRun, { kind: 'run' }>> => {
    const [run] = await list();
    assert.ok(run?.kind === 'run');
    return run;
  };

  it('is empty before the first run', async () => {
    assert.deepEqual(await list(), []);
    assert.equal(await test.history.store.prune(test.settings), 0);
  });

  it('says of each run how it went, newest first', async () => {
    await record(test.history, 'old', [started('r1', 1_000), finished('failed', 3_500)]);
    await record(test.history, 'new', [
      started('r2', 5_000, { orderId: 'B-2' }),
      stepStarted('pack'),
      finished('success', 6_000),
    ]);
    const [newest, oldest] = await list();
    assert.ok(newest?.kind === 'run' && oldest?.kind === 'run');
    assert.equal(newest.title, 'new');
    assert.equal(newest.status, 'success');
    assert.equal(newest.startedAt, 5_000);
    assert.equal(newest.finishedAt, 6_000);
    assert.equal(newest.events, 3);
    assert.equal(newest.input, '{\n  "orderId": "B-2"\n}');
    assert.equal(newest.runId, 'r2');
    assert.equal(oldest.status, 'failed');
    assert.equal(oldest.error, 'no stock');
  });

  it('reads the ends of long logs and of long lines', async () => {
    const large = 'x'.repeat(300_000);
    const lines = Array.from({ length: 50 }, (_, n) => consoleLine(`${n}${'y'.repeat(5_000)}`));
    await record(test.history, 'order', [
      started('r1', 1_000, { large }),
      ...lines,
      { type: 'run-finished', time: 9_000, status: 'success', output: { large }, error: undefined },
      ...lines,
    ]);
    const run = await only();
    assert.equal(run.status, 'success');
    assert.equal(run.finishedAt, 9_000);
    assert.equal(run.events, 102);
    assert.ok((run.input?.length ?? 0) < 2_100);
  });

  it('tells a run that goes on from one whose process died', async () => {
    const recording = test.history.begin(runOf('order'));
    recording.append(started('r1', 1_000));
    recording.append(stepStarted('pack', 2_000));
    await recording.flushed();
    const running = await only();
    assert.equal(running.status, 'running');
    assert.equal(running.finishedAt, undefined);

    const { live } = runFiles(test.folder, running.id);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(live, longAgo, longAgo);
    assert.equal((await only()).status, 'interrupted');
    assert.equal((await only()).finishedAt, 2_000);

    // Process 2^22 is beyond what Linux and macOS give out by default.
    writeFileSync(live, JSON.stringify({ process: 2 ** 22 + 1, host: os.hostname() }));
    assert.equal((await only()).status, 'interrupted');
    writeFileSync(live, JSON.stringify({ process: 2 ** 22 + 1, host: 'another machine' }));
    assert.equal((await only()).status, 'running', 'whose process cannot be seen from here');
    await recording.end();
    assert.equal((await only()).status, 'interrupted');
  });

  it('finds the recording of a run that a graph kept, by the id of the run', async () => {
    await record(test.history, 'order', [started('kept', 1_000), stepStarted('pack', 2_000)]);
    await record(test.history, 'order', [started('other', 3_000), finished('success', 4_000)]);
    const found = await findRecording(test.history.store, 'kept');
    // It broke off: nothing seems to go on in it.
    assert.deepEqual(
      found?.events.map(({ type }) => type),
      ['run-started', 'step-started', 'run-finished'],
    );
    assert.equal(await findRecording(test.history.store, 'never'), undefined);
    await test.history.store.remove([found.id]);
    assert.equal(await findRecording(test.history.store, 'kept'), undefined);
  });

  it('drops the oldest runs beyond the caps, but none that is pinned or being written', async () => {
    for (const time of [1, 2, 3, 4, 5])
      await record(test.history, `run-${time}`, [started(`r${time}`, time), finished()]);
    const oldest = (await list()).at(-1);
    await test.history.store.pin(oldest?.id ?? '', true);
    await markLive(runFiles(test.folder, 'x'));
    const live = test.history.begin(runOf('live'));
    live.append(started('r0', 0));
    await live.flushed();
    test.settings = { ...test.settings, maxRuns: 4 };
    await test.history.prune();
    assert.deepEqual(await titles(), ['run-5', 'run-4', 'run-1', 'live']);
    test.settings = { ...test.settings, maxRuns: 200, maxBytes: 1 };
    await test.history.prune();
    assert.deepEqual(await titles(), ['run-1', 'live']);
    await live.end();
    assert.deepEqual(await titles(), ['run-1']);
    await test.history.store.pin(oldest?.id ?? '', false);
    await test.history.prune();
    assert.deepEqual(await titles(), []);
  });

  it('prunes by itself when a run ends', async () => {
    test.settings = { ...test.settings, maxRuns: 2 };
    for (const time of [1, 2, 3]) await record(test.history, `run-${time}`, [started(`r${time}`, time), finished()]);
    assert.deepEqual(await titles(), ['run-3', 'run-2']);
  });

  it('is shared by several windows', async () => {
    const other = testHistory({ folder: test.folder });
    await Promise.all([
      ...[1, 2, 3].map((run) => record(test.history, `here-${run}`)),
      ...[1, 2, 3].map((run) => record(other.history, `there-${run}`)),
    ]);
    const mine = await list();
    assert.equal(mine.length, 6);
    assert.deepEqual(await other.history.store.list(), mine);
    const ids = mine.map(({ id }) => id);
    const counts = await Promise.all([test.history.store.remove(ids), other.history.store.remove(ids)]);
    assert.ok(
      counts.some((count) => count > 0),
      'the faster one does not make the other fail',
    );
    assert.deepEqual(readdirSync(test.folder), []);
    other.dispose();
  });

  it('lists what it cannot read, with the reason, and deletes it', async () => {
    mkdirSync(test.folder, { recursive: true });
    const header = encodeHeader({
      id: 'newer',
      workflow: { key: 'k', id: undefined, name: undefined, file: 'f' },
      server: { id: 'embedded', kind: 'embedded', name: 'Embedded' },
      mastraVersion: undefined,
      startedAt: 1,
      inputName: undefined,
      imported: undefined,
      graph: undefined,
    });
    writeFileSync(runFiles(test.folder, 'newer').log, header.replace('"version":1', '"version":9'));
    writeFileSync(runFiles(test.folder, 'other').log, '\0\0\0');
    writeFileSync(path.join(test.folder, 'notes.txt'), 'not ours');
    const runs = await list();
    assert.deepEqual(
      runs.map(({ kind }) => kind),
      ['unreadable', 'unreadable'],
    );
    assert.ok(runs.some((run) => run.kind === 'unreadable' && run.reason.includes('newer version')));
    await test.history.store.remove(runs.map(({ id }) => id));
    assert.deepEqual(readdirSync(test.folder), ['notes.txt']);
  });

  it('tells when runs come, end and go', async () => {
    let changes = 0;
    const listener = test.history.onDidChange(() => void (changes += 1));
    const recording = test.history.begin(runOf('order'));
    recording.append(started('r1'));
    await recording.flushed();
    await Promise.resolve();
    assert.equal(changes, 1);
    recording.append(finished());
    await recording.end();
    assert.equal(changes, 2);
    listener.dispose();
    await record(test.history, 'order');
    assert.equal(changes, 2);
  });

  it('writes all that is open when the editor closes', async () => {
    const recording = test.history.begin(runOf('order'));
    recording.append(started('r1'));
    recording.append(stepStarted('pack'));
    await test.history.stop();
    assert.equal((await only()).events, 2);
    assert.equal((await only()).status, 'interrupted');
  });

  describe('takes over a log', () => {
    const exported = async (): Promise<string> => {
      await record(test.history, 'order');
      const { id } = await only();
      return test.history.store.text(id);
    };

    it('that was exported elsewhere, and marks it', async () => {
      const text = await exported();
      const other = testHistory();
      const newer = `${text}{"seq":3,"type":"step-dreamt","time":1}\n`;
      const imported = await other.history.store.import(newer, 'order.mastrarun.jsonl');
      assert.equal(imported.kind, 'imported');
      const [run] = await other.history.store.list();
      assert.ok(run?.kind === 'run');
      assert.equal(run.header.imported?.from, 'order.mastrarun.jsonl');
      assert.equal(run.status, 'success');
      assert.match(await other.history.store.text(run.id), /step-dreamt/, 'what this version does not know stays');
      other.dispose();
    });

    it('only once', async () => {
      const text = await exported();
      const { id } = await only();
      assert.deepEqual(await test.history.store.import(text, 'a file'), { kind: 'present', id });
      assert.equal((await list()).length, 1);
    });

    it('not when it is none, nor when its id leads out of the folder', async () => {
      const refused = await test.history.store.import('{"name":"x"}', 'a file');
      assert.ok(refused.kind === 'refused');
      for (const id of ['../../evil', 'a/b', 'a\\b', '.', 'C:x', 'x\0']) {
        const text = (await exported()).replace(/"id":"[^"]*"/, () => `"id":${JSON.stringify(id)}`);
        const result = await test.history.store.import(text, 'a file');
        assert.equal(result.kind, 'refused', id);
      }
    });
  });

  it('takes a run from the storage of a server', async () => {
    const id = await test.history.importRun(
      {
        workflow: { key: 'k', id: 'order', name: undefined, file: '' },
        server: { id: 'remote-1', kind: 'remote', name: 'Staging' },
        mastraVersion: '1.71.0',
        startedAt: 1_000,
        inputName: undefined,
        imported: { at: 2_000, from: 'Staging' },
        graph: undefined,
      },
      [started('r1', 1_000), finished('success', 1_500)],
    );
    const run = await only();
    assert.equal(run.id, id);
    assert.equal(run.header.server.name, 'Staging');
    assert.equal(run.events, 2);
    assert.equal((await createRunStore(test.folder).read(id)).kind, 'log');
  });
});
