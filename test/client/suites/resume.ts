import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, runViewCommandIds, runViewId } from '../../../common/protocol/index.ts';
import type { Extension } from '../../../client/src/wiring.ts';
import { extensionParts, until, workflowWithId } from '../support.ts';

describe('a run that waits for an answer', function () {
  this.timeout(120_000);
  let parts: Extension;
  let key: string;
  let uri: string;

  before(async () => {
    parts = await extensionParts();
    ({ key, uri } = await workflowWithId('approve-refund'));
    // What other suites have left.
    for (const { runId } of parts.runs.suspended()) await parts.runs.abandon(runId);
  });

  const status = (): string | undefined => {
    const last = parts.runs.events(key)?.findLast((event) => event.type !== 'console');
    return last?.type === 'run-finished' ? last.status : undefined;
  };
  const suspend = async (amountCents: number): Promise<void> => {
    await vscode.commands.executeCommand(commandIds.runWorkflow, { uri, key, input: { orderId: '1001', amountCents } });
    assert.equal(status(), 'suspended');
  };
  const rows = (): readonly string[] => parts.runView.outline(() => true).map((row) => row.replace(/ · .*(?= \|)/, ''));

  it('is listed with what it waits for', async () => {
    await suspend(2_000);
    assert.deepEqual(
      parts.runs.suspended().map(({ run, durable }) => ({ title: run.title, server: run.server.id, durable })),
      [{ title: 'approve-refund', server: 'embedded', durable: true }],
    );
    await until('the Run view shows it', () => parts.runView.shown === key);
    assert.match(rows()[0] ?? '', /^calculate-refund \| .* \| success$/);
    assert.ok(
      rows().some((row) => row.startsWith('await-approval | waits for an answer')),
      rows().join('\n'),
    );
    assert.ok(
      rows().some((row) => row.includes('Refund')),
      rows().join('\n'),
    );
    await vscode.commands.executeCommand(`${runViewId}.focus`);
  });

  it('stays so when the answer does not fit, and goes on with one that does', async () => {
    await vscode.commands.executeCommand(commandIds.resumeRun, { key, data: { approved: 'yes' } });
    assert.equal(status(), 'suspended');
    await vscode.commands.executeCommand(commandIds.resumeRun, { key, data: { approved: true, approvedBy: 'Ada' } });
    assert.equal(status(), 'success');
    assert.deepEqual(parts.runs.suspended(), []);
    const last = parts.runs.events(key)?.findLast((event) => event.type === 'run-finished');
    assert.deepEqual(last?.type === 'run-finished' && last.output, { orderId: '1001', paidCents: 1_750 });
    await until('the Run view shows the end', () => rows().some((row) => /^pay-out \| .*success$/.test(row)));
  });

  it('marks the step that refuses, until the file is edited', async () => {
    await suspend(3_000);
    await vscode.commands.executeCommand(commandIds.resumeRun, { key, data: { approved: false, approvedBy: 'Bob' } });
    assert.equal(status(), 'failed');
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const marks = (): readonly vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Mastra Run');
    const [mark] = await until('the failed step is marked', () => marks().length > 0 && marks());
    assert.ok(mark !== undefined);
    assert.equal(mark.message, 'await-approval failed in the last run: Bob declined the refund');
    assert.match(document.lineAt(mark.range.start.line).text, /throw new Error/);
    const editor = await vscode.window.showTextDocument(document);
    assert.ok(await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '\n')));
    await until('the mark is gone', () => marks().length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is canceled, and offers nothing more', async () => {
    await suspend(4_000);
    await parts.runs.cancel(key);
    assert.equal(status(), 'canceled');
    assert.deepEqual(parts.runs.suspended(), []);
  });

  it('has rows that lead to the source', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      Object.values(runViewCommandIds).filter((id) => !commands.includes(id)),
      [],
    );
    await vscode.commands.executeCommand(runViewCommandIds.goToStep, parts.runView.rowOf(['await-approval']));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document.uri.toString() === uri, editor?.document.uri.toString());
    const { text } = editor.document.lineAt(editor.selection.active.line);
    assert.match(text, /execute: async \(\{ inputData, resumeData, suspend \}\)/);
  });
});
