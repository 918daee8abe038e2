/** Says how runs end: notifications with the actions that help. */
import { commandIds, graphViewType, serverCommandIds } from '../../../common/protocol/ids.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import { foldRun } from '../../../common/runlog/fold.ts';
import type { MessageAction, ProblemMessage } from './messages.ts';
import { duration, stepName } from './output.ts';
import type { RunServer } from './servers.ts';
import type { RunOutput, RunSurface } from './surface.ts';

export interface RunTarget {
  readonly uri: string;
  readonly key: string;
}

const showOutput = 'Show Output';
const showGraph = 'Show Graph';
const resume = 'Resume';

export interface ResultOptions {
  /** False when a suspended run ends with the editor. */
  readonly durable: boolean;
  /** Asks for the answer and goes on. */
  readonly resume: () => Promise<void>;
}

export async function showProblem(
  surface: RunSurface,
  output: Pick<RunOutput, 'show'>,
  message: ProblemMessage,
  /** Runs it embedded; undefined where there is nothing to run. */
  embedded?: () => Promise<void>,
): Promise<void> {
  const actions = message.actions.filter(({ kind }) => kind !== 'embedded' || embedded !== undefined);
  const titles = actions.map(titleOf);
  const show = message.severity === 'error' ? surface.window.showErrorMessage : surface.window.showWarningMessage;
  const chosen = await show(message.text, ...titles);
  const action = actions[titles.indexOf(chosen ?? '')];
  if (action?.kind === 'embedded') await embedded?.();
  else if (action !== undefined) await perform(surface, output, action);
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
    case 'embedded':
      return 'Run Embedded';
    case 'servers':
      return 'Choose Server';
  }
}

async function perform(
  surface: RunSurface,
  output: Pick<RunOutput, 'show'>,
  action: Exclude<MessageAction, { kind: 'embedded' }>,
): Promise<void> {
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
    case 'servers':
      await surface.commands.executeCommand(serverCommandIds.chooseServer);
      return;
  }
}

/** How the run ended, unless a graph is on screen that shows it. A suspended run waits for a person, who is told in any case. */
export async function showResult(
  surface: RunSurface,
  output: Pick<RunOutput, 'show'>,
  target: RunTarget,
  title: string,
  events: readonly RunEvent[],
  options: ResultOptions,
): Promise<void> {
  const result = resultText(title, events, options.durable);
  if (result === undefined || (isGraphVisible(surface) && !result.suspended)) return;
  const show = result.failed ? surface.window.showErrorMessage : surface.window.showInformationMessage;
  const chosen = await show(result.text, ...(result.suspended ? [resume] : []), showGraph, showOutput);
  if (chosen === resume) await options.resume();
  if (chosen === showOutput) output.show(true);
  if (chosen === showGraph) await surface.commands.executeCommand(commandIds.showGraph, target);
}

/** Undefined for a canceled run: whoever canceled it knows. */
export function resultText(
  title: string,
  events: readonly RunEvent[],
  durable = true,
): { readonly text: string; readonly failed: boolean; readonly suspended: boolean } | undefined {
  const last = events.findLast((event) => event.type !== 'console');
  if (last?.type !== 'run-finished') return undefined;
  const startedAt = events.findLast(({ type }) => type === 'run-started' || type === 'run-resumed')?.time ?? last.time;
  const time = duration(last.time - startedAt);
  switch (last.status) {
    case 'success':
      return { text: `${title} succeeded in ${time}.`, failed: false, suspended: false };
    case 'suspended': {
      const steps = waitingSteps(events);
      const at = steps.length === 0 ? '' : ` at ${steps.map(stepName).join(', ')}`;
      const kept = durable ? '' : ' The project keeps runs in memory only: this one ends with the editor.';
      return { text: `${title} is suspended${at} and waits for an answer.${kept}`, failed: false, suspended: true };
    }
    case 'failed': {
      const step = events.find((event) => event.type === 'step-failed')?.step;
      const at = step === undefined ? '' : ` in ${stepName(step)}`;
      return {
        text: `${title} failed${at}: ${last.error?.message ?? 'see the output'}`,
        failed: true,
        suspended: false,
      };
    }
    case 'canceled':
      return undefined;
  }
}

/** The innermost steps that wait, in the order in which they were suspended. */
function waitingSteps(events: readonly RunEvent[]): readonly (readonly string[])[] {
  const waiting = [...foldRun(events).steps].flatMap(([id, { status }]) => (status === 'suspended' ? [id] : []));
  const paths = new Map(
    events.flatMap((event) => (event.type === 'step-suspended' ? [[event.step.join('.'), event.step]] : [])),
  );
  return waiting.flatMap((id) => {
    const path = paths.get(id);
    return path === undefined || waiting.some((other) => other.startsWith(`${id}.`)) ? [] : [path];
  });
}

function isGraphVisible(surface: RunSurface): boolean {
  return surface.window.tabGroups.all.some(({ activeTab }) => {
    const input = activeTab?.input;
    // VS Code prefixes the view type.
    return input instanceof surface.TabInputWebview && input.viewType.endsWith(graphViewType);
  });
}

/** A second run of a workflow that runs. */
export async function showRunning(surface: RunSurface, output: Pick<RunOutput, 'show'>, title: string): Promise<void> {
  const chosen = await surface.window.showInformationMessage(`${title} is already running.`, showOutput);
  if (chosen !== undefined) output.show(true);
}

/** The server of an earlier run is gone: whether this run may go to another one. */
export async function agreesToServer(
  surface: Pick<RunSurface, 'window'>,
  gone: string,
  current: Pick<RunServer, 'label'>,
): Promise<boolean> {
  const go = `Run on ${current.label}`;
  const chosen = await surface.window.showWarningMessage(
    `The server ${gone} that this run took place on is not in the list of servers any more. Add it again with Add Remote Server, or run on another one.`,
    go,
  );
  return chosen === go;
}
