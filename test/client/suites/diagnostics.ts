import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, diagnosticsOf, edit, open, revert, until } from '../support.ts';

const file = 'src/mastra/workflows/fulfil-order.ts';

describe('diagnostics', () => {
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    editor = await open(file);
    await until('there is nothing to report', () => diagnosticsOf(editor.document.uri).length === 0);
  });

  afterEach(() => revert(editor));

  it('appear for text that is not saved, and go away with it', async () => {
    await edit(editor, '\n  .then(packParcelWorkflow)', '');
    const [diagnostic] = await until('a mismatch is reported', () => reported('schema-mismatch'));
    assert.ok(diagnostic);
    assert.equal(editor.document.getText(diagnostic.range), 'handToCarrier');
    assert.equal(editor.document.isDirty, true);
    await vscode.commands.executeCommand('undo');
    await until('the report is gone', () => diagnosticsOf(editor.document.uri).length === 0);
  });

  it('vanish after the quick fix', async () => {
    await edit(editor, '\n  .commit()', '');
    const [diagnostic] = await until('the missing commit is reported', () => reported('missing-commit'));
    assert.ok(diagnostic);
    const fix = await until('a quick fix is offered', () => quickFix(diagnostic.range));
    assert.ok(fix.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(editor.document.getText(), /\.then\(handToCarrier\)\n {2}\.commit\(\);/);
    await until('the report is gone', () => diagnosticsOf(editor.document.uri).length === 0);
  });

  it('name the rule and link to its page', async () => {
    await edit(editor, '\n  .commit()', '');
    const [diagnostic] = await until('the missing commit is reported', () => reported('missing-commit'));
    const code = diagnostic?.code;
    assert.ok(typeof code === 'object');
    assert.match(code.target.toString(), /missing-commit/);
  });

  const reported = (rule: string): vscode.Diagnostic[] | undefined => {
    const found = diagnosticsOf(editor.document.uri).filter((diagnostic) => codeOf(diagnostic) === rule);
    return found.length > 0 ? found : undefined;
  };

  const quickFix = async (range: vscode.Range): Promise<vscode.CodeAction | undefined> => {
    try {
      const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        editor.document.uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      return actions.find(({ title, edit: change }) => /commit/.test(title) && change !== undefined);
    } catch (error) {
      // VS Code cancels the question when another extension registers a provider meanwhile.
      assert.match(String(error), /Canceled/);
      return undefined;
    }
  };
});
