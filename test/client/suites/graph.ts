import * as vscode from 'vscode';
import { commandIds, graphViewType } from '../../../common/protocol/index.ts';
import { until, workflowWithId } from '../support.ts';

function graphTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(graphViewType));
}

describe('graph panel', () => {
  afterEach(() => vscode.window.tabGroups.close(graphTabs()));

  it('opens beside the source, titled with the workflow', async () => {
    const { uri, key } = await workflowWithId('route-order');
    await vscode.commands.executeCommand(commandIds.showGraph, { uri, key });
    // Before the drawing is there, the panel has the name of the variable.
    await until('a panel shows the workflow', () => graphTabs().some(({ label }) => label === 'Mastra: route-order'));
  });

  it('is reused for the same workflow', async () => {
    const { uri, key } = await workflowWithId('route-order');
    await vscode.commands.executeCommand(commandIds.showGraph, { uri, key });
    await vscode.commands.executeCommand(commandIds.showGraph, { uri, key });
    await until('one panel is open', () => graphTabs().length === 1);
  });
});
