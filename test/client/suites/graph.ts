import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import { closeGraphs, graphTabs, until, workflowWithId } from '../support.ts';

describe('graph panel', () => {
  afterEach(closeGraphs);

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
