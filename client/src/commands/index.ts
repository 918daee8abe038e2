/** The commands of the palette, the lens and the menus. They work at any time; without a workflow they say why. */
import type * as vscode from 'vscode';
import { commandIds, type WorkflowSummary } from '../../../common/protocol/index.ts';
import type { WorkflowKey } from '../../../common/model/index.ts';
import type { RecordedRun } from '../history/summary.ts';
import type { ResumeRequest, SuspendedRun } from '../run/service.ts';
import { ServerUnavailable } from '../server.ts';
import { chooseWorkflow, showUnavailable, type ChooseDependencies } from './choose.ts';
import { explainNoWorkflows, showExplanation } from './explain.ts';
import { resumeRun } from './resume.ts';
import type { RunningWorkflow } from './running.ts';
import { targetOf } from './target.ts';

export interface CommandDependencies extends ChooseDependencies {
  readonly log: vscode.LogOutputChannel;
  readonly graph: {
    show(target: { readonly uri: string; readonly key: WorkflowKey }, step?: readonly string[]): Promise<void>;
  };
  readonly runs: CommandRuns;
  /** Every run of the history. */
  readonly recorded: () => Promise<readonly RecordedRun[]>;
  /** The workflows that run now. */
  readonly running: () => readonly RunningWorkflow[];
}

/** What commands need of the run service. */
export interface CommandRuns {
  run(target: { readonly uri: string; readonly workflow: WorkflowSummary; readonly input?: unknown }): Promise<void>;
  cancel(key: WorkflowKey): Promise<void>;
  abandon(runId: string): Promise<void>;
  resume(request: ResumeRequest): Promise<void>;
  suspended(): readonly SuspendedRun[];
}

/** Registers every command of common/protocol/ids.ts. */
export function registerCommands(dependencies: CommandDependencies): vscode.Disposable {
  const { vscode } = dependencies;
  const handlers: Record<keyof typeof commandIds, (argument: unknown) => Promise<void>> = {
    showGraph: (argument) => showGraph(dependencies, argument),
    runWorkflow: (argument) => runWorkflow(dependencies, argument),
    cancelRun: (argument) => cancelRun(dependencies, argument),
    resumeRun: (argument) => resumeRun(dependencies, argument),
    restartServer: () => restartServer(dependencies),
    showLog: () => {
      dependencies.log.show(true);
      return Promise.resolve();
    },
  };
  const registrations = Object.entries(commandIds).map(([name, id]) =>
    vscode.commands.registerCommand(id, handlers[name as keyof typeof commandIds]),
  );
  return vscode.Disposable.from(...registrations);
}

async function showGraph(dependencies: CommandDependencies, argument: unknown): Promise<void> {
  const chosen = await chooseWorkflow(dependencies, argument, 'Show Workflow Graph');
  if (chosen) {
    await dependencies.graph.show({ uri: chosen.workflow.uri, key: chosen.workflow.key }, chosen.target.step);
  }
}

async function runWorkflow(dependencies: CommandDependencies, argument: unknown): Promise<void> {
  const chosen = await chooseWorkflow(dependencies, argument, 'Run Workflow');
  if (!chosen) {
    return;
  }
  const { workflow, target } = chosen;
  await dependencies.runs.run({
    uri: workflow.uri,
    workflow,
    ...(target.input !== undefined && { input: target.input }),
  });
}

async function cancelRun({ vscode, runs, running }: CommandDependencies, argument: unknown): Promise<void> {
  const target = targetOf(argument);
  if (target) {
    await runs.cancel(target.key);
    return;
  }
  const going = running().map(({ key, workflowId }) => ({
    label: workflowId,
    description: 'running',
    cancel: () => runs.cancel(key),
  }));
  const suspended = runs.suspended().map(({ run, runId }) => ({
    label: run.title,
    description: 'waits for an answer',
    cancel: () => runs.abandon(runId),
  }));
  // What runs is what one wants to stop; a run that waits does no harm.
  const active = going.length > 0 ? going : suspended;
  if (active.length === 0) {
    await vscode.window.showInformationMessage('No workflow is running.');
    return;
  }
  const chosen =
    going.length === 1
      ? going[0]
      : await vscode.window.showQuickPick([...going, ...suspended], {
          title: 'Cancel Run',
          placeHolder: 'Select the run to cancel',
        });
  await chosen?.cancel();
}

async function restartServer({ vscode, server, look }: CommandDependencies): Promise<void> {
  try {
    if (server.state.kind === 'stopped') {
      const searched = await look();
      if (searched.kind !== 'found') {
        await showExplanation(vscode, explainNoWorkflows(searched.kind));
      }
      return;
    }
    await server.restart();
  } catch (error) {
    if (error instanceof ServerUnavailable) {
      await showUnavailable(vscode, error.message);
      return;
    }
    throw error;
  }
}
