import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import { closeGraphs, graphTabs, open, until } from '../support.ts';

describe('workflow picker', () => {
  afterEach(closeGraphs);

  /** Runs the command, accepts the first row of the picker, and waits for the panel. */
  const showFirst = async (title: string): Promise<void> => {
    const done = vscode.commands.executeCommand(commandIds.showGraph);
    await until(`${title} is drawn`, async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return graphTabs().some(({ label }) => label === `Mastra: ${title}`);
    });
    await done;
  };

  it('offers the workflow at the cursor first', async () => {
    const editor = await open('src/mastra/workflows/reserve-stock.ts');
    const { document } = editor;
    const at = document.positionAt(document.getText().indexOf(`id: 'reserve-stock'`));
    editor.selection = new vscode.Selection(at, at);
    await showFirst('reserve-stock');
  });

  it('offers the one used last where the cursor is in none', async () => {
    await open('README.md');
    await showFirst('reserve-stock');
  });

  it('is skipped for a file with a single workflow', async () => {
    const { document } = await open('src/mastra/workflows/import-orders.ts');
    await vscode.commands.executeCommand(commandIds.showGraph, document.uri);
    await until('its workflow is drawn', () => graphTabs().some(({ label }) => label === 'Mastra: import-orders'));
    assert.equal(graphTabs().length, 1);
  });
});
