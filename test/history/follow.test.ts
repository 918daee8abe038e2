import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type * as vscode from 'vscode';
import type { RunEvent } from '../../common/runlog/events.ts';
import type { RunEventBody } from '../../common/runlog/log.ts';
import type { RunDescription } from '../../client/src/run/attempt.ts';
import { recordRuns } from '../../client/src/history/follow.ts';
import { withRecordedRuns } from '../../client/src/history/recorded.ts';
import { consoleLine, finished, runOf, started, stepStarted, testHistory } from './support.ts';
import type { TestHistory } from './support.ts';
import { fakeViewSurface } from './surface.ts';

function descriptionOf(id: string, continues?: string, inputName?: string): RunDescription {
  const { uri, key } = runOf(id).workflow;
  return {
    workflow: { uri, key, id, name: id, exportName: id, description: undefined, line: 0, steps: 1 },
    title: id,
    server: { id: 'embedded', label: 'Embedded', kind: 'embedded' },
    continues,
    inputName,
  };
}

const resumed = (runId: string): RunEventBody => ({
  type: 'run-resumed',
  time: Date.now(),
  runId,
  workflowId: 'order',
  step: ['ask'],
  index: undefined,
  data: true,
});

describe('the runs of a service', () => {
  let test: TestHistory;
  let tell: (run: RunDescription, event: RunEventBody) => void;
  let listener: { dispose(): void };

  beforeEach(() => {
    test = testHistory();
    const { EventEmitter } = fakeViewSurface().surface;
    const told = new EventEmitter<{ readonly run: RunDescription; readonly event: RunEventBody }>();
    tell = (run, event) => told.fire({ run, event });
    listener = recordRuns({ onRunEvent: told.event }, test.history, 0);
  });
  afterEach(async () => {
    listener.dispose();
    await test.history.stop();
    test.dispose();
  });

  const logs = async (): Promise<readonly (readonly string[])[]> => {
    const runs = await test.history.store.list();
    const read = await Promise.all(runs.map(({ id }) => test.history.store.read(id)));
    return read.map((log) => (log.kind === 'log' ? log.events.map(({ type }) => type) : []));
  };
  /** All that was told is written when the last event of a run is. */
  const written = async (count: number): Promise<void> => {
    while ((await logs()).flat().length !== count) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('are each recorded in a log of their own', async () => {
    const [one, two] = [descriptionOf('order'), descriptionOf('order')];
    tell(one, started('r1'));
    tell(two, started('r2'));
    tell(one, stepStarted('pack'));
    tell(two, finished());
    tell(one, finished());
    await written(5);
    assert.deepEqual((await logs()).map(({ length }) => length).toSorted(), [2, 3]);
  });

  it('go on in their log when they are resumed, and when what was suspended is canceled', async () => {
    const run = descriptionOf('order');
    tell(run, started('r1'));
    tell(run, finished('suspended'));
    tell(run, resumed('r1'));
    tell(run, finished('suspended'));
    await written(4);
    // Until the log is closed.
    while (readdirSync(test.folder).some((name) => name.endsWith('.live'))) await new Promise(setImmediate);
    tell(run, finished('canceled'));
    await written(5);
    assert.equal((await logs()).length, 1);
  });

  it('go on in the log of an earlier session', async () => {
    const before = descriptionOf('order');
    tell(before, started('r1'));
    tell(before, finished('suspended'));
    await written(2);
    await test.history.stop();
    tell(descriptionOf('order', 'r1'), resumed('r1'));
    await written(3);
    assert.deepEqual(await logs(), [['run-started', 'run-finished', 'run-resumed']]);
  });

  it('are kept with the name of the saved input that they were given', async () => {
    const run = descriptionOf('order', undefined, 'small');
    tell(run, started('r1'));
    tell(run, finished());
    await written(2);
    const [listed] = await test.history.store.list();
    assert.ok(listed?.kind === 'run' && listed.header.inputName === 'small');
  });

  it('keep what is printed late', async () => {
    const run = descriptionOf('order');
    tell(run, started('r1'));
    tell(run, finished());
    tell(run, consoleLine('late'));
    await written(3);
    const [listed] = await test.history.store.list();
    assert.ok(listed?.kind === 'run' && listed.status === 'success');
  });
});

describe('a recorded run in front of the live one', () => {
  const key = 'k';
  const events = (runId: string): readonly RunEvent[] => [{ ...started(runId), seq: 0 }];
  let live: readonly RunEvent[] | undefined;
  let changed: vscode.EventEmitter<string>;
  let fired: number;
  let runs: ReturnType<typeof withRecordedRuns>;

  beforeEach(() => {
    const { surface } = fakeViewSurface();
    live = events('live');
    fired = 0;
    changed = new surface.EventEmitter<string>();
    runs = withRecordedRuns(
      {
        events: () => live,
        clear: () => void (live = undefined),
        onDidChange: changed.event,
      },
      { EventEmitter: surface.EventEmitter },
    );
    runs.onDidChange(() => void (fired += 1));
  });

  it('is shown until it is cleared', () => {
    runs.showRecorded(key, 'one', events('old'));
    assert.equal(runs.events(key)?.length, 1);
    assert.deepEqual(
      runs.events(key),
      events('old').map((event) => ({ ...event, time: runs.events(key)?.[0]?.time })),
    );
    runs.clear(key);
    assert.equal(runs.events(key), live);
    runs.clear(key);
    assert.equal(runs.events(key), undefined);
  });

  it('stays while the live one goes on, and gives way to a new one', () => {
    const old = events('old');
    runs.showRecorded(key, 'one', old);
    assert.equal(fired, 1);
    changed.fire(key);
    assert.equal(runs.events(key), old);
    assert.equal(runs.recorded(key), 'one');
    assert.equal(fired, 1, 'nothing that is shown has changed');
    live = events('new');
    changed.fire(key);
    assert.equal(runs.events(key), live);
    assert.equal(fired, 2);
    assert.equal(runs.recorded(key), undefined);
  });

  it('is the live one, with all its values, where that is the same run', () => {
    runs.showRecorded(key, 'one', events('live'));
    assert.equal(runs.events(key), live);
  });
});
