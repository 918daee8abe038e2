import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  compareCommandId,
  graphCommandIds,
  overviewCommandId,
  storedRunsCommandIds,
} from '../../../common/protocol/ids.ts';
import { commandIds, runViewCommandIds, runsCommandIds, serverCommandIds } from '../../../common/protocol/index.ts';
import { extensionHandle } from '../support.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

describe('commands', () => {
  it('show up in the palette with a category', () => {
    const { contributes } = extensionHandle().packageJSON as Manifest;
    const known = [commandIds, runsCommandIds, runViewCommandIds, serverCommandIds, storedRunsCommandIds].flatMap(
      (ids) => Object.values<string>(ids),
    );
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      [...known, ...Object.values(graphCommandIds), overviewCommandId, compareCommandId].sort(),
    );
  });

  it('"Show Log" opens the log', async () => {
    await vscode.commands.executeCommand(commandIds.showLog);
  });
});
