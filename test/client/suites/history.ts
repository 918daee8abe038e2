import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { commandIds, runsCommandIds } from '../../../common/protocol/index.ts';
import { decodeLog } from '../../../common/runlog/file.ts';
import type { History } from '../../../client/src/history/history.ts';
import type { RunSummary } from '../../../client/src/history/summary.ts';
import type { Extension } from '../../../client/src/wiring.ts';
import { closeGraphs, extensionParts, graphTabs, until, workflowWithId } from '../support.ts';

describe('the run history', function () {
  this.timeout(120_000);
  let parts: Extension;
  let history: History;

  before(async () => {
    parts = await extensionParts();
    ({ history } = parts);
    const runs = await history.store.list();
    await history.store.remove(runs.map(({ id }) => id));
  });
  after(closeGraphs);

  const recorded = async (): Promise<readonly RunSummary[]> =>
    (await history.store.list()).filter((run) => run.kind === 'run');

  const only = async (): Promise<RunSummary> => {
    const [run] = await recorded();
    assert.ok(run);
    return run;
  };

  it('has a run that took place, with its drawing, in the view', async () => {
    const { uri, key } = await workflowWithId('quote-shipping');
    const input = { country: 'NL', weightGrams: 2500 };
    await vscode.commands.executeCommand(commandIds.runWorkflow, { uri, key, input });
    await until('the run is recorded', async () => (await recorded())[0]?.status === 'success');
    const run = await only();
    assert.equal(run.title, 'quote-shipping');
    assert.equal(run.header.server.kind, 'embedded');
    assert.match(run.header.mastraVersion ?? '', /^\d+\.\d+\.\d+/);
    const nodes = await parts.runsView.nodes();
    assert.deepEqual(
      nodes.map((node) => node.kind === 'group' && [node.label, node.runs.length]),
      [['quote-shipping', 1]],
    );
    const log = await history.store.read(run.id);
    assert.ok(log.kind === 'log');
    assert.ok((log.header.graph?.nodes.length ?? 0) > 2);
    assert.deepEqual(
      log.events.map(({ type, seq }) => ({ type, seq })),
      parts.runs.events(key)?.map(({ type, seq }) => ({ type, seq })),
    );
  });

  it('shows it on the graph again, and as the live one afterwards', async () => {
    const run = await only();
    const { key } = await workflowWithId('quote-shipping');
    parts.runs.clear(key);
    assert.equal(parts.runs.events(key), undefined);
    await vscode.commands.executeCommand(runsCommandIds.showRun, { kind: 'run', run });
    await until('a panel shows the workflow', () =>
      graphTabs().some(({ label }) => label === 'Mastra: quote-shipping'),
    );
  });

  it('runs it again with the same input', async () => {
    await vscode.commands.executeCommand(runsCommandIds.rerun, { kind: 'run', run: await only() });
    await until('two runs have ended', async () => {
      const runs = await recorded();
      return runs.length === 2 && runs.every(({ status }) => status === 'success');
    });
    const [again, first] = await recorded();
    assert.equal(again?.input, first?.input);
    assert.notEqual(again?.runId, first?.runId);
  });

  it('pins, and keeps the log as a file that can be read', async () => {
    const run = await only();
    await vscode.commands.executeCommand(runsCommandIds.pinRun, { kind: 'run', run });
    assert.equal((await only()).pinned, true);
    await vscode.commands.executeCommand(runsCommandIds.unpinRun, { kind: 'run', run });
    assert.equal((await only()).pinned, false);
    const text = await history.store.text(run.id);
    assert.equal(decodeLog(text).kind, 'log');
    await history.store.remove([run.id]);
    assert.equal((await history.store.import(text, 'quote-shipping.mastrarun.jsonl')).kind, 'imported');
    assert.equal((await recorded()).filter(({ header }) => header.imported !== undefined).length, 1);
  });

  it('follows a suspended run', async () => {
    const { uri, key } = await workflowWithId('approve-refund');
    await vscode.commands.executeCommand(commandIds.runWorkflow, {
      uri,
      key,
      input: { orderId: '1001', amountCents: 2980 },
    });
    await until('it waits', async () => (await recorded()).some(({ status }) => status === 'suspended'));
    await vscode.commands.executeCommand(commandIds.cancelRun, { uri, key });
    const canceled = await until('it is canceled', async () =>
      (await recorded()).find((run) => run.title === 'approve-refund' && run.status === 'canceled'),
    );
    const log = await history.store.read(canceled.id);
    assert.ok(log.kind === 'log');
    assert.equal(log.events.filter(({ type }) => type === 'run-finished').length, 2, 'one log for both parts');
  });

  it('is empty when all is deleted', async () => {
    const runs = await recorded();
    assert.equal(runs.length, 3);
    await history.store.remove(runs.map(({ id }) => id));
    history.changed();
    assert.deepEqual(await parts.runsView.nodes(), []);
    assert.ok(existsSync(history.store.folder));
    assert.deepEqual(
      readdirSync(history.store.folder).filter((name) => name.endsWith('.jsonl')),
      [],
    );
  });
});
