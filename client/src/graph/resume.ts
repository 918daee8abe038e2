/** Going on with the suspended run that a panel shows. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import { commandIds, runsCommandIds } from '../../../common/protocol/ids.ts';

export interface ShownSuspension {
  readonly key: WorkflowKey;
  /** Id in the history where a recording is shown. */
  readonly recorded: string | undefined;
  /** The step that is answered; asked for when undefined. */
  readonly step: readonly string[] | undefined;
}

/** Resolves when the run is over or suspended again, or did not go on. */
export async function resumeShown(
  { commands }: Pick<typeof vscode, 'commands'>,
  { key, recorded, step }: ShownSuspension,
): Promise<void> {
  const at = step && { step };
  if (recorded === undefined) await commands.executeCommand(commandIds.resumeRun, { key, ...at });
  else await commands.executeCommand(runsCommandIds.resumeRecorded, { kind: 'run', run: { id: recorded }, ...at });
}
