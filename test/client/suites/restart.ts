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

  it('is given up when it keeps dying, and comes back on request', async function () {
    this.timeout(180_000);
    if (serverProcesses() === undefined) {
      this.skip();
    }
    const { server, status } = await extensionParts();
    await open('src/mastra/workflows/fulfil-order.ts');
    await until('it is given up', async () => {
      const [pid] = serverProcesses() ?? [];
      if (pid !== undefined && server.state.kind === 'running') {
        const { starts } = server;
        process.kill(pid, 'SIGKILL');
        await until('the end was noticed', () => server.state.kind === 'failed' || server.starts > starts);
      }
      return server.state.kind === 'failed';
    });
    assert.equal(status.view?.severity, 'error');
    await assert.rejects(server.request('mastra/workflows', { uri: undefined }), { name: 'ServerUnavailable' });

    await vscode.commands.executeCommand(commandIds.restartServer);
    await until('the status is good again', () => status.view?.severity === 'information' && !status.view.busy);
    assert.equal(serverProcesses()?.length, 1);
  });
});
