import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import { diagnosticsOf, edit, extensionParts, open, revert, serverProcesses, until } from '../support.ts';

describe('language server', () => {
  it('comes back after "Restart Language Server"', async () => {
    const { server } = await extensionParts();
    const before = server.starts;
    await vscode.commands.executeCommand(commandIds.restartServer);
    assert.equal(server.state.kind, 'running');
    assert.equal(server.starts, before + 1);
    const workflows = await server.request('mastra/workflows', { uri: undefined });
    assert.ok(workflows.length >= 12);
    await until('the old process is gone', () => (serverProcesses()?.length ?? 1) === 1);
  });

  it('comes back by itself when its process dies, and reports again', async function () {
    const [pid] = serverProcesses() ?? [];
    if (pid === undefined) {
      this.skip();
    }
    const { server } = await extensionParts();
    const editor = await open('src/mastra/workflows/fulfil-order.ts');
    await edit(editor, '\n  .commit()', '');
    await until('a report is there', () => diagnosticsOf(editor.document.uri).length > 0);
    const before = server.starts;
    process.kill(pid, 'SIGKILL');
    await until('another process runs', () => server.starts === before + 1 && server.state.kind === 'running');
    await until('the report is there again', () => diagnosticsOf(editor.document.uri).length > 0);
    await revert(editor);
    await until('the report is gone', () => diagnosticsOf(editor.document.uri).length === 0);
  });
});
