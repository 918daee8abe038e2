/** Which suspended run "Resume Run" is about: those of this window, and those of earlier ones that only the history has. */
import assert from 'node:assert/strict';
import { resumeRun } from '../../client/src/commands/resume.ts';
import type { ResumeDependencies } from '../../client/src/commands/resume.ts';
import type { History } from '../../client/src/history/history.ts';
import type { ResumeRequest, SuspendedRun } from '../../client/src/run/service.ts';
import { runsCommandIds } from '../../common/protocol/ids.ts';
import { finished, record, runOf, started, testHistory } from '../history/support.ts';
import type { TestHistory } from '../history/support.ts';

describe('Resume Run', () => {
  let test: TestHistory;
  let held: SuspendedRun[];
  let said: string[];
  let resumed: ResumeRequest[];
  let executed: [string, unknown][];
  let choice: (labels: readonly string[]) => number;

  beforeEach(() => {
    test = testHistory();
    held = [];
    said = [];
    resumed = [];
    executed = [];
    choice = () => -1;
  });
  afterEach(() => test.dispose());

  const run = async (argument?: unknown): Promise<void> => {
    const window = {
      showInformationMessage: (text: string) => Promise.resolve(void said.push(text)),
      showQuickPick(items: readonly { label: string; description: string }[]) {
        const labels = items.map(({ label, description }) => `${label} ${description.replace(/begun .*/, 'begun')}`);
        said.push(labels.join(' | '));
        return Promise.resolve(items[choice(labels)]);
      },
    };
    const dependencies = {
      vscode: {
        window,
        commands: { executeCommand: (id: string, value: unknown) => Promise.resolve(void executed.push([id, value])) },
      },
      runs: {
        suspended: () => held,
        resume: (request: ResumeRequest) => Promise.resolve(void resumed.push(request)),
      },
      recorded: () => test.history.store.list(),
    };
    // The fake has what ResumeDependencies names and no more than is used of it.
    await resumeRun(dependencies as unknown as ResumeDependencies, argument);
  };
  const keyOf = (id: string): string => runOf(id).workflow.key;
  const hold = (id: string, runId: string): void => {
    const { uri, key } = runOf(id).workflow;
    const workflow = { uri, key, id, name: id, exportName: id, description: undefined, line: 0, steps: 1 };
    const server = { id: 'embedded', label: 'Embedded', kind: 'embedded' } as const;
    held.push({
      runId,
      run: { workflow, title: id, server, continues: undefined, inputName: undefined },
      events: [],
      durable: true,
    });
  };
  const suspend = (history: History, id: string, runId: string): Promise<void> =>
    record(history, id, [started(runId), finished('suspended')]);
  const idOf = async (runId: string): Promise<string | undefined> =>
    (await test.history.store.list()).find((each) => each.kind === 'run' && each.runId === runId)?.id;

  it('lists those of this window and of earlier ones, each once', async () => {
    hold('order', 'r1');
    await suspend(test.history, 'order', 'r1');
    await suspend(test.history, 'refund', 'r2');
    await record(test.history, 'order');
    choice = (labels) => labels.findIndex((label) => label.startsWith('refund'));
    await run();
    assert.deepEqual(said, ['order Embedded | refund Embedded, begun']);
    assert.deepEqual(executed, [[runsCommandIds.resumeRecorded, { kind: 'run', run: { id: await idOf('r2') } }]]);
    choice = () => 0;
    await run();
    assert.deepEqual(
      resumed.map(({ runId }) => runId),
      ['r1'],
    );
  });

  it('goes on at the step that is named, also in a run of an earlier window', async () => {
    await suspend(test.history, 'order', 'r1');
    await suspend(test.history, 'order', 'r2');
    await run({ key: keyOf('order'), runId: 'r1', step: ['a', 'b'], index: 3 });
    assert.deepEqual(executed, [
      [runsCommandIds.resumeRecorded, { kind: 'run', run: { id: await idOf('r1') }, step: ['a', 'b'], index: 3 }],
    ]);
  });

  it('prefers what this window holds of a workflow that is named', async () => {
    hold('order', 'r3');
    await suspend(test.history, 'order', 'r1');
    await run({ key: keyOf('order'), step: ['a'] });
    assert.deepEqual(
      resumed.map(({ runId, step }) => ({ runId, step })),
      [{ runId: 'r3', step: ['a'] }],
    );
  });

  it('says so when nothing waits', async () => {
    await record(test.history, 'order');
    await run();
    assert.deepEqual(said, ['No run waits for an answer: none of this window, and none in the Runs view.']);
    assert.deepEqual([resumed, executed], [[], []]);
  });
});
