/** Says how runs end: notifications with the actions that help. */
import { commandIds, graphViewType } from '../../../common/protocol/ids.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { MessageAction, ProblemMessage } from './messages.ts';
import { duration, stepName } from './output.ts';
import type { RunOutput, RunSurface } from './surface.ts';

export interface RunTarget {
  readonly uri: string;
  readonly key: string;
}

const showOutput = 'Show Output';
const showGraph = 'Show Graph';

export async function showProblem(
  surface: RunSurface,
  output: Pick<RunOutput, 'show'>,
  message: ProblemMessage,
): Promise<void> {
  const titles = message.actions.map(titleOf);
  const show = message.severity === 'error' ? surface.window.showErrorMessage : surface.window.showWarningMessage;
  const chosen = await show(message.text, ...titles);
  const action = message.actions[titles.indexOf(chosen ?? '')];
  if (action !== undefined) await perform(surface, output, action);
}

function titleOf(action: MessageAction): string {
  switch (action.kind) {
    case 'output':
      return showOutput;
    case 'open':
    case 'browse':
      return action.title;
    case 'settings':
      return 'Open Settings';
    case 'trust':
      return 'Manage Workspace Trust';
  }
}

async function perform(surface: RunSurface, output: Pick<RunOutput, 'show'>, action: MessageAction): Promise<void> {
  switch (action.kind) {
    case 'output':
      output.show(true);
      return;
    case 'open': {
      const document = await surface.workspace.openTextDocument(surface.Uri.file(action.file));
      const [line, column] = [action.line - 1, action.column - 1];
      await surface.window.showTextDocument(document, { selection: new surface.Range(line, column, line, column) });
      return;
    }
    case 'settings':
      await surface.commands.executeCommand('workbench.action.openSettings', action.setting);
      return;
    case 'browse':
      await surface.commands.executeCommand('vscode.open', surface.Uri.parse(action.url));
      return;
    case 'trust':
      await surface.commands.executeCommand('workbench.trust.manage');
      return;
  }
}

/** How the run ended, unless a graph is on screen that shows it. */
export async function showResult(
  surface: RunSurface,
  output: Pick<RunOutput, 'show'>,
  target: RunTarget,
  title: string,
  events: readonly RunEvent[],
): Promise<void> {
  const text = resultText(title, events);
  if (text === undefined || isGraphVisible(surface)) return;
  const show = text.failed ? surface.window.showErrorMessage : surface.window.showInformationMessage;
  const chosen = await show(text.text, showGraph, showOutput);
  if (chosen === showOutput) output.show(true);
  if (chosen === showGraph) await surface.commands.executeCommand(commandIds.showGraph, target);
}

/** Undefined for a canceled run: whoever canceled it knows. */
export function resultText(
  title: string,
  events: readonly RunEvent[],
): { readonly text: string; readonly failed: boolean } | undefined {
  const last = events.at(-1);
  if (last?.type !== 'run-finished') return undefined;
  const startedAt = events.find((event) => event.type === 'run-started')?.time ?? last.time;
  const time = duration(last.time - startedAt);
  switch (last.status) {
    case 'success':
      return { text: `${title} succeeded in ${time}.`, failed: false };
    case 'suspended': {
      const step = events.findLast((event) => event.type === 'step-suspended')?.step;
      const at = step === undefined ? '' : ` at ${stepName(step)}`;
      return { text: `${title} is suspended${at} after ${time}.`, failed: false };
    }
    case 'failed': {
      const step = events.find((event) => event.type === 'step-failed')?.step;
      const at = step === undefined ? '' : ` in ${stepName(step)}`;
      return { text: `${title} failed${at}: ${last.error?.message ?? 'see the output'}`, failed: true };
    }
    case 'canceled':
      return undefined;
  }
}

function isGraphVisible(surface: RunSurface): boolean {
  return surface.window.tabGroups.all.some(({ activeTab }) => {
    const input = activeTab?.input;
    // VS Code prefixes the view type.
    return input instanceof surface.TabInputWebview && input.viewType.endsWith(graphViewType);
  });
}
