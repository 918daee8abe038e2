import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import { open, until, workspaceFile } from '../support.ts';

async function lensesOf(path: string): Promise<readonly vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    workspaceFile(path),
    100,
  );
  return lenses.filter(({ command }) => command?.command.startsWith('mastra.'));
}

describe('code lens', () => {
  it('offers to run a workflow and to draw it, above its name', async () => {
    const path = 'src/mastra/workflows/pack-parcel.ts';
    const { document } = await open(path);
    const lenses = await until('there are lenses', async () => {
      const found = await lensesOf(path);
      return found.length > 0 && found;
    });
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command]),
      [
        ['Run', commandIds.runWorkflow],
        ['Graph', commandIds.showGraph],
      ],
    );
    assert.ok(lenses.every(({ range }) => document.getText(range) === 'packParcelWorkflow'));
  });

  it('is not offered where there is no workflow', async () => {
    await open('src/mastra/lib/money.ts');
    assert.deepEqual(await lensesOf('src/mastra/lib/money.ts'), []);
  });
});
