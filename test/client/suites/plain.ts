import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import { edit, extensionHandle, extensionParts, open, revert, serverProcesses, until } from '../support.ts';

describe('a workspace without Mastra', () => {
  it('never gets a language server', async () => {
    await open('src/workflow.ts');
    await until('the extension is active', () => extensionHandle().isActive);
    const { server, activation } = await extensionParts();
    assert.equal((await activation.look()).kind, 'absent');
    assert.equal(server.starts, 0);
    assert.deepEqual(serverProcesses() ?? [], []);
  });

  it('shows no status item', async () => {
    const { status } = await extensionParts();
    await open('src/checkout.ts');
    assert.equal(status.view, undefined);
  });

  it('answers commands with an explanation, still without a server', async () => {
    const { server } = await extensionParts();
    const shown = vscode.commands.executeCommand(commandIds.showGraph);
    // The command is done when its message is dismissed.
    const done = Promise.resolve(shown).then(() => true);
    await until('the message was shown and dismissed', async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      return Promise.race([done, new Promise<false>((resolve) => setTimeout(() => resolve(false), 100))]);
    });
    assert.equal(server.starts, 0);
  });

  it('gets one as soon as an import of Mastra is typed', async () => {
    const { server, status } = await extensionParts();
    const editor = await open('src/workflow.ts');
    const text = editor.document.getText();
    await edit(editor, text, `import { createStep } from '@mastra/core/workflows';\n${text}`);
    await until('the language server runs', () => server.state.kind === 'running');
    assert.equal(server.starts, 1);
    const view = await until('the folder was read', () => (status.view?.busy === false ? status.view : undefined));
    assert.equal(view.severity === 'error', false, view.detail);
    await revert(editor);
    await until('the status item is gone', () => status.view === undefined);
  });
});
