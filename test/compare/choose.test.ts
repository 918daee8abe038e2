/** Which two runs are compared: what is selected in the Runs view, what a graph shows, and what is asked for. */
import assert from 'node:assert/strict';
import { chooseRuns } from '../../client/src/compare/choose.ts';
import type { ChooseDependencies } from '../../client/src/compare/choose.ts';
import type { RunSummary } from '../../client/src/history/summary.ts';
import { plainRun, recordedSide } from './samples.ts';

function recorded(id: string, startedAt: number, workflow = 'fulfil-order'): RunSummary {
  const { summary } = recordedSide('a', plainRun);
  const { header } = summary;
  const own = { ...header.workflow, key: `/project/${workflow}.ts#${workflow}`, id: workflow };
  return {
    ...summary,
    id,
    startedAt,
    title: workflow,
    runId: `run of ${id}`,
    header: { ...header, id, workflow: own },
  };
}

const monday = recorded('monday', 1_000);
const tuesday = recorded('tuesday', 2_000);
const wednesday = recorded('wednesday', 3_000);
const refund = recorded('refund', 2_500, 'approve-refund');
const all = [wednesday, refund, tuesday, monday];

const item = ({ id }: RunSummary) => ({ kind: 'run', run: { id } });

/** A window that remembers what it said, and picks the item whose label or order is given. */
function fakeWindow(runs: readonly RunSummary[], picks: readonly number[] = [], button?: string) {
  const said: string[] = [];
  const offered: (readonly string[])[] = [];
  const executed: unknown[][] = [];
  const left = [...picks];
  const dependencies = {
    vscode: {
      window: {
        showInformationMessage(message: string) {
          said.push(message);
          return Promise.resolve(button);
        },
        showQuickPick(items: readonly { readonly label: string; readonly run: RunSummary }[]) {
          offered.push(items.map(({ run }) => run.id));
          const index = left.shift();
          return Promise.resolve(index === undefined ? undefined : items[index]);
        },
      },
      commands: {
        executeCommand(...parameters: unknown[]) {
          executed.push(parameters);
          return Promise.resolve();
        },
      },
    },
    list: () => Promise.resolve(runs),
    selection: () => [],
  } as unknown as ChooseDependencies;
  return { dependencies, said, offered, executed };
}

describe('choosing two runs to compare', () => {
  it('takes the two that are selected, the earlier one as A', async () => {
    const { dependencies, said } = fakeWindow(all);
    const chosen = await chooseRuns(dependencies, item(wednesday), [item(wednesday), item(monday)]);
    assert.deepEqual(chosen, { left: 'monday', right: 'wednesday' });
    assert.deepEqual(said, []);
  });

  it('takes what is selected in the view when it is called from the palette', async () => {
    const { dependencies } = fakeWindow(all);
    const selection = () => [tuesday, monday];
    assert.deepEqual(await chooseRuns({ ...dependencies, selection }, undefined, undefined), {
      left: 'monday',
      right: 'tuesday',
    });
  });

  it('asks for the other one when one is given, among the runs of its workflow', async () => {
    const { dependencies, offered } = fakeWindow(all, [1]);
    assert.deepEqual(await chooseRuns(dependencies, item(tuesday), undefined), { left: 'monday', right: 'tuesday' });
    assert.deepEqual(offered, [['wednesday', 'monday']]);
  });

  it('asks for both when none is given, among those that have a partner', async () => {
    const { dependencies, offered } = fakeWindow(all, [0, 0]);
    assert.deepEqual(await chooseRuns(dependencies, undefined, undefined), { left: 'tuesday', right: 'wednesday' });
    assert.deepEqual(offered, [
      ['wednesday', 'tuesday', 'monday'],
      ['tuesday', 'monday'],
    ]);
  });

  it('finds the run that a graph shows by the id that Mastra gave it', async () => {
    const { dependencies } = fakeWindow(all, [0]);
    assert.deepEqual(await chooseRuns(dependencies, { runId: 'run of monday' }, undefined), {
      left: 'monday',
      right: 'wednesday',
    });
    const unknown = fakeWindow(all);
    assert.equal(await chooseRuns(unknown.dependencies, { runId: 'elsewhere' }, undefined), undefined);
    assert.match(unknown.said[0] ?? '', /^This run is not recorded/);
  });

  it('refuses runs of different workflows, and more than two, with words', async () => {
    const two = fakeWindow(all);
    assert.equal(await chooseRuns(two.dependencies, item(refund), [item(refund), item(monday)]), undefined);
    assert.match(two.said[0] ?? '', /^These are runs of different workflows, fulfil-order and approve-refund/);
    const three = fakeWindow(all);
    const selected = [monday, tuesday, wednesday].map(item);
    assert.equal(await chooseRuns(three.dependencies, selected[0], selected), undefined);
    assert.deepEqual(three.said, ['Two runs can be compared with each other. Select two of them.']);
  });

  it('offers to run again what has no other run', async () => {
    const { dependencies, said, executed } = fakeWindow(all, [], 'Run Again');
    assert.equal(await chooseRuns(dependencies, item(refund), undefined), undefined);
    assert.match(said[0] ?? '', /^There is no other recorded run of approve-refund/);
    assert.deepEqual(executed, [['mastra.rerun', { kind: 'run', run: { id: 'refund' } }]]);
  });

  it('says what to do when there is nothing to compare yet', async () => {
    const { dependencies, said } = fakeWindow([]);
    assert.equal(await chooseRuns(dependencies, undefined, undefined), undefined);
    assert.deepEqual(said, ['No runs are recorded yet. Run a workflow twice to compare the two runs.']);
  });
});
