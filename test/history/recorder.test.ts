import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { appendFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { decodeLog } from '../../common/runlog/file.ts';
import type { DecodedLog } from '../../common/runlog/file.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { runFiles } from '../../client/src/history/files.ts';
import { recordingProblemText } from '../../client/src/history/problem.ts';
import { createRecording } from '../../client/src/history/recorder.ts';
import { createCleaner } from '../../client/src/history/values.ts';
import { everything, everythingKey } from '../graph/samples.ts';
import { modelOf } from '../graph/graph-of.ts';
import { anyEvents } from './arbitrary.ts';
import { consoleLine, finished, record, runOf, started, stepStarted, testHistory } from './support.ts';
import type { TestHistory } from './support.ts';

type Log = Extract<DecodedLog, { kind: 'log' }>;

describe('recording a run', () => {
  let test: TestHistory;
  beforeEach(() => void (test = testHistory()));
  afterEach(() => test.dispose());

  const logs = (): readonly string[] =>
    readdirSync(test.folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => path.join(test.folder, name));
  const read = (file = logs()[0]): Log => {
    assert.ok(file !== undefined);
    const decoded = decodeLog(readFileSync(file, 'utf8'));
    assert.ok(decoded.kind === 'log');
    return decoded;
  };
  const types = (events: readonly RunEvent[]): readonly string[] => events.map(({ type }) => type);

  it('leaves no file before the first event', async () => {
    const recording = test.history.begin(runOf('order'));
    await recording.flushed();
    assert.equal(existsSync(test.folder), false);
    await recording.end();
    assert.equal(existsSync(test.folder), false);
  });

  it('writes what ran, where, and every event', async () => {
    const events = [started('r1', 1_000), stepStarted('pack', 1_100), finished('success', 1_200)];
    await record(test.history, 'order', events);
    const { header, events: read1, damage } = read();
    assert.equal(header.workflow.id, 'order');
    assert.deepEqual(header.server, { id: 'embedded', kind: 'embedded', name: 'Embedded' });
    assert.equal(header.startedAt, 1_000);
    assert.deepEqual(
      read1,
      events.map((event, seq) => ({ ...event, seq })),
    );
    assert.deepEqual(damage, { corrupt: 0, unknown: 0, partial: false });
    assert.deepEqual(readdirSync(test.folder).length, 1, 'no marker stays');
  });

  it('keeps any events as they are', async () => {
    test.settings = { ...test.settings, redact: [] };
    await fc.assert(
      fc.asyncProperty(anyEvents, async (events) => {
        fc.pre(events.length > 0 && events[0]?.type !== 'run-resumed');
        rmSync(test.folder, { recursive: true, force: true });
        await record(test.history, 'any', events);
        assert.deepEqual(read().events, events);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps the drawing as it was', async () => {
    const graph = modelOf(everything, everythingKey, []);
    const drawn = testHistory({ source: () => Promise.resolve({ graph, mastraVersion: '1.71.0' }) });
    await record(drawn.history, 'order');
    const [run] = await drawn.history.store.list();
    const log = await drawn.history.store.read(run?.id ?? '');
    assert.ok(log.kind === 'log');
    assert.equal(log.header.graph?.nodes.length, graph.nodes.length);
    assert.equal(log.header.mastraVersion, '1.71.0');
    drawn.dispose();
  });

  it('has each event in the file as soon as it is flushed', async () => {
    const recording = test.history.begin(runOf('order'));
    recording.append(started('r1'));
    await recording.flushed();
    assert.deepEqual(types(read().events), ['run-started']);
    recording.append(stepStarted('pack'));
    await recording.flushed();
    assert.deepEqual(types(read().events), ['run-started', 'step-started']);
    await recording.end();
  });

  it('keeps 100,000 lines that a step prints', async () => {
    const lines = Array.from({ length: 100_000 }, (_, line) => consoleLine(`line ${line}`));
    await record(test.history, 'order', [started('r1'), ...lines, finished()]);
    const { events } = read();
    assert.equal(events.length, 100_002);
    assert.equal(events[100_000]?.type === 'console' && events[100_000].text, 'line 99999');
  });

  it('keeps secrets out of the file', async () => {
    const input = { user: { Password: 'hunter2', name: 'Ada' }, api_key: 'sk-1' };
    await record(test.history, 'order', [
      started('r1', 1, input),
      { type: 'step-suspended', time: 2, step: ['ask'], payload: { token: 't-1' } },
      { type: 'run-finished', time: 3, status: 'success', output: { authorization: 'Bearer b-1' }, error: undefined },
    ]);
    const text = readFileSync(logs()[0] ?? '', 'utf8');
    assert.doesNotMatch(text, /hunter2|sk-1|t-1|b-1/);
    assert.match(text, /"Password":"\[redacted\]","name":"Ada"/);
    assert.deepEqual(input.user.Password, 'hunter2', 'what is live stays as it is');
  });

  it('writes nothing when it is switched off', async () => {
    test.settings = { ...test.settings, enabled: false };
    await record(test.history, 'order');
    assert.equal(existsSync(test.folder), false);
  });

  it('goes on in the same log when a suspended run is resumed', async () => {
    const resumed = (runId: string) =>
      ({
        type: 'run-resumed',
        time: 5,
        runId,
        workflowId: 'order',
        step: ['ask'],
        index: undefined,
        data: true,
      }) as const;
    await record(test.history, 'order', [started('r1'), finished('suspended')]);
    await record(test.history, 'order', [started('r2'), finished('suspended')]);
    await record(test.history, 'order', [resumed('r1'), finished()]);
    assert.equal(logs().length, 2);
    const runs = await test.history.store.list();
    const first = runs.find((run) => run.kind === 'run' && run.runId === 'r1');
    const log = await test.history.store.read(first?.id ?? '');
    assert.ok(log.kind === 'log');
    assert.deepEqual(types(log.events), ['run-started', 'run-finished', 'run-resumed', 'run-finished']);
    const raw = (await test.history.store.text(first?.id ?? '')).trim().split('\n').slice(1);
    assert.deepEqual(
      raw.map((line) => (JSON.parse(line) as RunEvent).seq),
      [0, 1, 2, 3],
    );

    await record(test.history, 'order', [resumed('r9'), finished()]);
    assert.equal(logs().length, 3, 'a run that is not recorded gets a log of its own');
  });

  it('goes on behind a line that broke off when the process died', async () => {
    await record(test.history, 'order', [started('r1'), finished('suspended')]);
    const [file = ''] = logs();
    await appendFile(file, '{"seq":2,"type":"step-sta');
    const recording = test.history.begin({ ...runOf('order'), runId: 'r1' });
    recording.append(finished('canceled'));
    await recording.end();
    assert.deepEqual(types(read().events), ['run-started', 'run-finished', 'run-finished']);
    assert.deepEqual(read().damage, { corrupt: 0, unknown: 0, partial: false });

    const { length } = readFileSync(file);
    await truncate(file, length - 1);
    await record(test.history, 'order', [
      { type: 'run-resumed', time: 5, runId: 'r1', workflowId: 'order', step: [], index: undefined, data: 1 },
    ]);
    assert.deepEqual(types(read().events), ['run-started', 'run-finished', 'run-finished', 'run-resumed']);
    assert.deepEqual(read().damage, { corrupt: 0, unknown: 0, partial: false });
  });

  describe('when it cannot', () => {
    const anything = [started('r1'), stepStarted('pack'), consoleLine('on'), finished()];

    it('says once that the disk is full, and the run goes on', async function () {
      // The device on which every write fails for want of space.
      if (!existsSync('/dev/full')) this.skip();
      mkdirSync(test.folder, { recursive: true });
      const files = runFiles(test.folder, 'full');
      symlinkSync('/dev/full', files.log);
      const problems: string[] = [];
      const recording = createRecording({
        place: () => Promise.resolve({ kind: 'continued', files }),
        cleaner: createCleaner([]),
        limit: 1_000_000,
        onProblem: (problem) => void problems.push(recordingProblemText(problem, 'order')),
      });
      for (const event of anything) recording.append(event);
      await recording.flushed();
      for (const event of anything) recording.append(event);
      await recording.end();
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /^The disk is full\. The run of order goes on/);
    });

    it('says that the folder is in the way', async () => {
      mkdirSync(path.dirname(test.folder), { recursive: true });
      writeFileSync(test.folder, 'a file');
      await record(test.history, 'order', anything);
      assert.equal(test.warnings.length, 1);
      assert.match(test.warnings[0] ?? '', /run history cannot be written/);
    });

    it('says that the folder is not writable', async function () {
      if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
      mkdirSync(test.folder, { recursive: true });
      chmodSync(test.folder, 0o500);
      await record(test.history, 'order', anything);
      chmodSync(test.folder, 0o700);
      assert.equal(test.warnings.length, 1);
      assert.match(test.warnings[0] ?? '', /Make the folder writable/);
    });

    it('says that the folder was removed', async () => {
      const recording = test.history.begin(runOf('order'));
      recording.append(started('r1'));
      await recording.flushed();
      rmSync(test.folder, { recursive: true });
      recording.append(stepStarted('pack'));
      await recording.end();
      assert.equal(test.warnings.length, 1);
      assert.match(test.warnings[0] ?? '', /deleted while it was written/);
      await record(test.history, 'order', [started('r2'), finished()]);
      assert.equal((await test.history.store.list()).length, 1, 'the next run is recorded');
    });

    it('stops at the size of the whole history, and still says how the run ended', async () => {
      test.settings = { ...test.settings, maxBytes: 10_000 };
      const lines = Array.from({ length: 1_000 }, (_, line) => consoleLine(`line ${line}`));
      const recording = test.history.begin(runOf('order'));
      for (const event of [started('r1'), ...lines, finished()]) recording.append(event);
      await recording.flushed();
      const { events } = read();
      assert.equal(test.warnings.length, 1);
      assert.match(test.warnings[0] ?? '', /Raise mastra\.history\.maxSizeMB/);
      assert.deepEqual(types(events).slice(-2), ['console', 'run-finished']);
      const note = events.at(-2);
      const kept = events.length - 3;
      assert.equal(
        note?.type === 'console' && note.text,
        `[${1_000 - kept} events are not recorded: the log of this run is full]`,
      );
      await recording.end();
    });
  });
});
