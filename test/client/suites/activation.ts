import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import { extensionHandle, extensionParts, open, serverProcesses, until } from '../support.ts';

describe('activation', () => {
  it('waits for a TypeScript file', async () => {
    await open('README.md');
    assert.equal(extensionHandle().isActive, false);
  });

  it('starts one language server when a TypeScript file of a Mastra project is opened', async () => {
    await open('src/mastra/lib/money.ts');
    await until('the extension is active', () => extensionHandle().isActive);
    const { server } = await extensionParts();
    await until('the language server runs', () => server.state.kind === 'running');
    assert.equal(server.starts, 1);
    assert.equal(serverProcesses()?.length ?? 1, 1);
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    const missing = Object.values(commandIds).filter((id) => !registered.includes(id));
    assert.deepEqual(missing, []);
  });
});
