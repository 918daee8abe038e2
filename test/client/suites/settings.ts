import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, diagnosticsOf, edit, open, revert, until } from '../support.ts';

const configuration = () => vscode.workspace.getConfiguration('mastra');

describe('settings', () => {
  let editor: vscode.TextEditor;

  before(async () => {
    editor = await open('src/mastra/workflows/fulfil-order.ts');
    await edit(editor, '\n  .commit()', '');
    await until('the missing commit is reported', () => commitFindings().length > 0);
  });

  after(async () => {
    await configuration().update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await revert(editor);
  });

  it('mastra.rules turns a rule off, gives it another severity and turns it on again', async () => {
    await configuration().update('rules', { 'missing-commit': 'off' }, vscode.ConfigurationTarget.Workspace);
    await until('the report is gone', () => commitFindings().length === 0);
    await configuration().update('rules', { 'missing-commit': 'warning' }, vscode.ConfigurationTarget.Workspace);
    const [diagnostic] = await until('it is back', () => commitFindings().length > 0 && commitFindings());
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Warning);
  });

  const commitFindings = () =>
    diagnosticsOf(editor.document.uri).filter((diagnostic) => codeOf(diagnostic) === 'missing-commit');
});
