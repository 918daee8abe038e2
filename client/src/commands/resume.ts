/** "Resume Run": which of the suspended runs goes on. */
import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { foldRun } from '../../../common/runlog/fold.ts';
import type { ResumeRequest, RunService, SuspendedRun } from '../run/service.ts';

/** Argument of the command; whoever calls it may leave it or any part of it out. */
const targetSchema = z.object({
  key: z.optional(z.string()),
  runId: z.optional(z.string()),
  /** Ids of the workflows on the way and of the step. */
  step: z.optional(z.array(z.string())),
  /** Which item of a foreach. */
  index: z.optional(z.number()),
  /** What the step gets; asked for when absent. */
  data: z.optional(z.unknown()),
});

export interface ResumeDependencies {
  readonly vscode: Pick<typeof vscode, 'commands' | 'window'>;
  readonly runs: Pick<RunService, 'resume' | 'suspended'>;
}

interface RunItem extends vscode.QuickPickItem {
  readonly run: SuspendedRun;
}

export async function resumeRun({ vscode: code, runs }: ResumeDependencies, argument: unknown): Promise<void> {
  const parsed = targetSchema.safeParse(argument);
  const { key, runId, step, index, data } = parsed.success ? parsed.data : {};
  const suspended = runs
    .suspended()
    .filter(
      (each) => (key === undefined || each.run.workflow.key === key) && (runId === undefined || each.runId === runId),
    );
  // Of a workflow that is named, the newest is the one on screen.
  const run = key === undefined ? await choose(code, suspended) : suspended[0];
  if (run === undefined) {
    if (suspended.length === 0) await explain(code);
    return;
  }
  const { workflow } = run.run;
  const request: ResumeRequest = { uri: workflow.uri, workflow, runId: run.runId };
  await runs.resume({
    ...request,
    ...(step !== undefined && { step }),
    ...(index !== undefined && { index }),
    ...(data !== undefined && { data }),
  });
}

async function choose(
  code: ResumeDependencies['vscode'],
  suspended: readonly SuspendedRun[],
): Promise<SuspendedRun | undefined> {
  if (suspended.length <= 1) return suspended[0];
  const items = suspended.map((run): RunItem => ({ label: run.run.title, ...words(run), run }));
  const chosen = await code.window.showQuickPick(items, {
    title: 'Resume Run',
    placeHolder: 'Select the run to go on with',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.run;
}

function words({ events, run, durable }: SuspendedRun): { readonly description: string; readonly detail: string } {
  const state = foldRun(events);
  const waiting = [...state.steps].flatMap(([id, step]) => (step.status === 'suspended' ? [id] : []));
  const since = state.startedAt === undefined ? '' : `, begun ${new Date(state.startedAt).toLocaleTimeString()}`;
  return {
    description: `${run.server.label}${since}`,
    detail: `Waits at ${waiting.join(', ')}${durable ? '' : ' — only until the editor is closed'}`,
  };
}

async function explain(code: ResumeDependencies['vscode']): Promise<void> {
  const show = 'Show Runs';
  const chosen = await code.window.showInformationMessage(
    'No run of this window waits for an answer. Suspended runs of earlier sessions can be resumed from the Runs view.',
    show,
  );
  if (chosen === show) await code.commands.executeCommand('workbench.view.extension.mastra');
}
