import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEvent } from '../../common/runlog/events.ts';
import { runsCommandIds as ids } from '../../common/protocol/ids.ts';
import type { WorkflowSummary } from '../../common/protocol/messages.ts';
import { registerRunsCommands } from '../../client/src/history/view/commands.ts';
import { createRunsView } from '../../client/src/history/view/view.ts';
import type { RunsView } from '../../client/src/history/view/view.ts';
import { finished, record, runOf, started, stepStarted, testHistory } from './support.ts';
import type { TestHistory } from './support.ts';
import { fakeViewSurface } from './surface.ts';
import type { FakeViewSurface } from './surface.ts';

const minute = 60_000;

describe('the Runs view', () => {
  let test: TestHistory;
  let fake: FakeViewSurface;
  let view: RunsView;
  let memory: Map<string, unknown>;
  let workflows: WorkflowSummary[];
  let requests: unknown[];
  let shown: { readonly key: string; readonly events: readonly RunEvent[] }[];
  let files: string;
  let commands: { dispose(): void };

  const open = (): void => {
    const remembered = {
      get: (name: string): unknown => memory.get(name),
      update: (name: string, value: unknown) => Promise.resolve(void memory.set(name, value)),
    } as never;
    const { history } = test;
    view = createRunsView({
      vscode: fake.surface,
      history,
      memory: remembered,
      log: (message) => assert.fail(message),
    });
    commands = registerRunsCommands({
      vscode: fake.surface,
      history,
      view,
      memory: remembered,
      log: (message) => assert.fail(message),
      workflows: () => Promise.resolve(workflows),
      runs: {
        run: (request) => Promise.resolve(void requests.push(request)),
        resume: (request) => Promise.resolve(void requests.push(request)),
        follow: (request) => Promise.resolve(void requests.push(request)),
      },
      graph: {
        show: ({ key }) => Promise.resolve(void fake.executed.push(`graph ${key}`)),
        showRecorded: (key, _id, events) => void shown.push({ key, events }),
      },
    });
  };

  beforeEach(() => {
    test = testHistory();
    fake = fakeViewSurface();
    memory = new Map();
    requests = [];
    shown = [];
    files = mkdtempSync(path.join(os.tmpdir(), 'mastra-exports-'));
    workflows = ['order', 'refund'].map((id) => {
      const { uri, key } = runOf(id).workflow;
      const name = { id, name: id, exportName: id, description: undefined };
      return { uri, key, ...name, line: 0, steps: 1 };
    });
    open();
  });
  afterEach(() => {
    commands.dispose();
    view.dispose();
    test.dispose();
    rmSync(files, { recursive: true });
  });

  /** Three runs: `order` succeeded an hour ago, `refund` failed, `order` waits since a minute. */
  const three = async (): Promise<void> => {
    const now = Date.now();
    const at = (ago: number): number => now - ago * minute;
    await record(test.history, 'order', [started('r1', at(60)), finished('success', at(60) + 1_500)]);
    await record(test.history, 'refund', [started('r2', at(30), { orderId: 'B-7' }), finished('failed', at(30) + 20)]);
    await record(test.history, 'order', [
      started('r3', at(1)),
      stepStarted('ask', at(1)),
      finished('suspended', at(1) + 10),
    ]);
  };
  const labels = async (): Promise<readonly string[]> =>
    (await fake.lines()).map((line) => line.replace(/\d+:\d+:\d+(?:\s[AP]M)?|\w+ \d+, .*?[AP]M/u, 'TIME'));
  const nodeOf = async (title: string): Promise<unknown> => {
    const run = (await test.history.store.list()).find((each) => each.kind === 'run' && each.title === title);
    return { kind: 'run', run };
  };

  it('groups runs by workflow, newest first', async () => {
    await three();
    assert.deepEqual(await labels(), [
      'type-hierarchy-sub order 2',
      '  debug-pause TIME 10 ms · 1 min ago',
      '  pass TIME 1.5 s · 1 h ago',
      'type-hierarchy-sub refund 1',
      '  error TIME 20 ms · 30 min ago',
    ]);
  });

  it('groups them otherwise, and remembers how', async () => {
    await three();
    fake.answer = (_, offered) => offered.find((label) => label.includes('Status'));
    await fake.run(ids.groupRuns);
    assert.deepEqual(await labels(), [
      'debug-pause Suspended 1',
      '  debug-pause order 10 ms · 1 min ago',
      'error Failed 1',
      '  error refund 20 ms · 30 min ago',
      'pass Succeeded 1',
      '  pass order 1.5 s · 1 h ago',
    ]);
    commands.dispose();
    view.dispose();
    open();
    assert.equal(view.grouping, 'status');
    view.setGrouping('server');
    assert.equal((await fake.lines())[0], 'server-environment Embedded 3');
    view.setGrouping('none');
    assert.equal((await fake.lines()).length, 3);
    view.setGrouping('day');
    assert.match((await fake.lines())[0] ?? '', /^calendar (?:Today|Yesterday) \d$/);
  });

  it('shows what matches a filter, and says so', async () => {
    await three();
    fake.pick = (box) => {
      assert.deepEqual(
        box.items.map(({ label }) => label),
        ['Status', 'Suspended', 'Failed', 'Succeeded', 'Server', 'Embedded'],
      );
      box.value = 'b-7 REF';
      box.selectedItems = box.items.filter(({ label }) => label === 'Failed' || label === 'Suspended');
      return true;
    };
    await fake.run(ids.filterRuns);
    assert.equal((await fake.lines()).length, 2);
    assert.equal(fake.tree.message, 'Filtered by “b-7 REF”, Suspended or Failed: 1 of 3 runs.');
    assert.equal(fake.context.get('mastra.runs.filtered'), true);
    fake.pick = (box) => {
      assert.equal(box.value, 'b-7 REF', 'what was chosen is there to be changed');
      assert.deepEqual(
        box.selectedItems.map(({ label }) => label),
        ['Suspended', 'Failed'],
      );
      return false;
    };
    await fake.run(ids.filterRuns);
    assert.equal((await fake.lines()).length, 2);
    await fake.run(ids.clearRunFilter);
    assert.equal((await fake.lines()).length, 5);
    assert.equal(fake.tree.message, undefined);
    assert.equal(fake.context.get('mastra.runs.filtered'), false);
  });

  it('tells more in a tooltip, in which nothing of the author is Markdown', async () => {
    await record(test.history, 'order', [
      started('r1', 1_000, { text: '```\n# no heading' }),
      {
        type: 'run-finished',
        time: 2_000,
        status: 'failed',
        output: undefined,
        error: { name: 'E', message: 'no *stock* <b>', stack: undefined, cause: undefined },
      },
    ]);
    const [node] = await view.nodes();
    assert.ok(node?.kind === 'group');
    const item = new fake.surface.TreeItem('order');
    const [run] = node.runs;
    assert.ok(run);
    await fake.tree.treeDataProvider.resolveTreeItem?.(item, { kind: 'run', run }, undefined as never);
    const text = (item.tooltip as unknown as { value: string }).value;
    assert.match(text, /^\*\*order\*\* · Failed\n\nno \\\*stock\\\* \\<b\\>\n\nStarted .* · 1\.0 s\n\nEmbedded\n\n/);
    assert.match(text, /````json\n[^]*\n````/, 'the fence is longer than any in the text');
    assert.match(text, /2 events · \d+ bytes · Run r1$/);
  });

  it('shows a run on the graph', async () => {
    await three();
    await fake.run(ids.showRun, await nodeOf('refund'));
    assert.deepEqual(fake.executed, [`graph ${runOf('refund').workflow.key}`]);
    assert.deepEqual(
      shown[0]?.events.map(({ type }) => type),
      ['run-started', 'run-finished'],
    );
  });

  it('shows an interrupted run as one in which nothing goes on', async () => {
    const recording = test.history.begin(runOf('order'));
    recording.append(started('r1'));
    recording.append(stepStarted('pack'));
    await recording.end();
    assert.match((await fake.lines())[1] ?? '', /debug-disconnect/);
    await fake.run(ids.showRun, await nodeOf('order'));
    const last = shown[0]?.events.at(-1);
    assert.ok(last?.type === 'run-finished');
    assert.match(last.error?.message ?? '', /ended before the run did/);
  });

  it('finds the workflow of a run from another machine by its id, and says when there is none', async () => {
    await three();
    workflows = workflows.map((workflow) => ({ ...workflow, key: `/elsewhere${workflow.key}` }));
    await fake.run(ids.showRun, await nodeOf('refund'));
    assert.match(shown[0]?.key ?? '', /^\/elsewhere/);
    workflows = [];
    fake.answer = (_, [action]) => action;
    await fake.run(ids.showRun, await nodeOf('refund'));
    assert.match(
      fake.said.at(-1) ?? '',
      /^info: The workflow refund is not in this workspace any more.* \[Open Recording\]$/,
    );
    assert.match(fake.executed.at(-1) ?? '', /^vscode\.open .*\.mastrarun\.jsonl$/);
  });

  it('runs again with the input of a run', async () => {
    await three();
    await fake.run(ids.rerun, await nodeOf('refund'));
    await fake.run(ids.rerunEdited, await nodeOf('refund'));
    const workflow = workflows[1];
    const where = { uri: workflow?.uri, workflow, server: 'embedded', serverName: 'Embedded' };
    assert.deepEqual(requests, [
      { ...where, input: { orderId: 'B-7' }, inputName: undefined },
      { ...where, suggestedInput: { orderId: 'B-7' } },
    ]);
  });

  it('does not run with what was redacted', async () => {
    await record(test.history, 'order', [started('r1', 1, { password: 'x', id: 1 }), finished()]);
    await fake.run(ids.rerun, await nodeOf('order'));
    assert.match(fake.said[0] ?? '', /^warning: Some values of the input of order .* \[Edit Input…\]$/);
    assert.deepEqual(requests, []);
    fake.answer = (_, [action]) => action;
    await fake.run(ids.rerun, await nodeOf('order'));
    assert.deepEqual(
      requests.map((request) => (request as { suggestedInput: unknown }).suggestedInput),
      [{ password: '[redacted]', id: 1 }],
    );
  });

  it('resumes a suspended run where it began', async () => {
    await three();
    await fake.run(ids.resumeRecorded, await nodeOf('order'));
    const [request] = requests as { readonly runId: string; readonly server: string; readonly events: unknown[] }[];
    assert.equal(request?.runId, 'r3');
    assert.equal(request.server, 'embedded');
    assert.equal(request.events.length, 3);
  });

  it('resumes the step that was clicked, and its item', async () => {
    await three();
    const node = Object.assign({}, await nodeOf('order'), { step: ['ask'], index: 2 });
    await fake.run(ids.resumeRecorded, node);
    const [request] = requests as { readonly step?: unknown; readonly index?: unknown }[];
    assert.deepEqual([request?.step, request?.index], [['ask'], 2]);
  });

  it('pins and unpins', async () => {
    await three();
    const node = await nodeOf('refund');
    await fake.run(ids.pinRun, node);
    assert.match((await labels()).find((line) => line.includes('30 min')) ?? '', /pinned · 20 ms/);
    const group = (await view.nodes())[1];
    assert.ok(group?.kind === 'group' && group.runs[0]);
    const item = await fake.tree.treeDataProvider.getTreeItem({ kind: 'run', run: group.runs[0] });
    assert.equal(item.contextValue, 'run failed pinned');
    await fake.run(ids.unpinRun, node);
    assert.doesNotMatch((await fake.lines()).join('\n'), /pinned/);
  });

  describe('deletes', () => {
    beforeEach(three);
    const left = async (): Promise<number> => (await test.history.store.list()).length;

    it('one run, after asking', async () => {
      await fake.run(ids.deleteRun, await nodeOf('refund'));
      assert.match(
        fake.said[0] ?? '',
        /^warning: Delete the run of refund at .*\? \(This cannot be undone\. .*\) \[Delete\]$/,
      );
      assert.equal(await left(), 3);
      fake.answer = (_, [action]) => action;
      await fake.run(ids.deleteRun, await nodeOf('refund'));
      assert.equal(await left(), 2);
    });

    it('what is selected, groups with all their runs', async () => {
      fake.tree.selection = (await view.nodes()).filter((node) => node.kind === 'group' && node.label === 'order');
      fake.answer = (_, [action]) => action;
      await fake.run(ids.deleteRun);
      assert.match(fake.said[0] ?? '', /^warning: Delete 2 runs\?/);
      assert.equal(await left(), 1);
    });

    it('all, naming how many, and that some are pinned', async () => {
      await fake.run(ids.pinRun, await nodeOf('refund'));
      await fake.run(ids.deleteAllRuns);
      assert.match(
        fake.said[0] ?? '',
        /^warning: Delete all 3 recorded runs\? \(1 of them is pinned\. .*\) \[Delete All\]$/,
      );
      assert.equal(await left(), 3);
      fake.answer = (_, [action]) => action;
      await fake.run(ids.deleteAllRuns);
      assert.equal(await left(), 0);
      await fake.run(ids.deleteAllRuns);
      assert.equal(fake.said.at(-1), 'info: There are no recorded runs.');
    });

    it('no run that goes on', async () => {
      const recording = test.history.begin(runOf('live'));
      recording.append(started('r9'));
      await recording.flushed();
      await fake.run(ids.deleteRun, await nodeOf('live'));
      assert.match(fake.said[0] ?? '', /^info: This run is still going on/);
      fake.answer = (_, [action]) => action;
      await fake.run(ids.deleteAllRuns);
      assert.match(fake.said[1] ?? '', /Delete all 3 recorded runs\? \(Runs that are still going on stay\./);
      assert.equal(await left(), 1);
      await recording.end();
    });
  });

  describe('as files', () => {
    beforeEach(three);

    it('exports one run, and imports it where it is not', async () => {
      const target = path.join(files, 'refund.mastrarun.jsonl');
      fake.files = [target];
      await fake.run(ids.exportRun, await nodeOf('refund'));
      assert.match(fake.said[0] ?? '', /^save: refund-\d+T\d+\.mastrarun\.jsonl$/);
      const [, refund] = await test.history.store.list();
      assert.equal(readFileSync(target, 'utf8'), await test.history.store.text(refund?.id ?? ''));

      await fake.run(ids.importRun);
      assert.equal(fake.said.at(-1), 'warning: refund.mastrarun.jsonl is in the list already.');
      await test.history.store.remove([refund?.id ?? '']);
      await fake.run(ids.importRun);
      assert.equal(fake.said.at(-1), 'info: 1 run imported.');
      const [selected] = fake.tree.selection;
      assert.ok(selected?.kind === 'run' && selected.run.kind === 'run');
      assert.equal(selected.run.header.imported?.from, 'refund.mastrarun.jsonl');
      assert.match((await fake.lines()).join('\n'), /imported/);
    });

    it('exports several into a folder', async () => {
      fake.files = [files];
      fake.tree.selection = await view.nodes();
      await fake.run(ids.exportRun);
      assert.equal(readdirSync(files).length, 3);
      assert.match(fake.said.at(-1) ?? '', /^info: 3 runs were exported to /);
    });

    it('says of each file what is wrong with it', async () => {
      const write = (name: string, text: string): string => {
        const file = path.join(files, name);
        writeFileSync(file, text);
        return file;
      };
      const [run] = await test.history.store.list();
      const text = await test.history.store.text(run?.id ?? '');
      await test.history.store.remove([run?.id ?? '']);
      fake.files = [
        write('notes.jsonl', 'hello'),
        write('broken.jsonl', text.slice(0, -20)),
        write('newer.jsonl', text.replace('"version":1', '"version":7')),
        path.join(files, 'missing.jsonl'),
      ];
      await fake.run(ids.importRun);
      const said = fake.said.at(-1) ?? '';
      assert.match(said, /^warning: 1 run imported\. notes\.jsonl was not imported\. It is not the log of a run/);
      assert.match(said, /broken\.jsonl was imported, but it is damaged\. The last line breaks off\./);
      assert.match(said, /newer\.jsonl was not imported\. It was written by a newer version/);
      assert.match(said, /missing\.jsonl was not imported\. ENOENT/);
    });
  });
});
