/** "Resume Run": which of the suspended runs goes on. */
import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { foldRun } from '../../../common/runlog/fold.ts';
import { cutText } from '../../../common/runlog/json.ts';
import { runsCommandIds } from '../../../common/protocol/ids.ts';
import type { RecordedRun, RunSummary } from '../history/summary.ts';
import { agoText } from '../history/view/words.ts';
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
  /** Every run of the history. */
  readonly recorded: () => Promise<readonly RecordedRun[]>;
}

/** A run of this window, or one of an earlier window that is only in the history. */
type Candidate =
  { readonly kind: 'held'; readonly run: SuspendedRun } | { readonly kind: 'recorded'; readonly run: RunSummary };

interface RunItem extends vscode.QuickPickItem {
  readonly candidate: Candidate;
}

export async function resumeRun(dependencies: ResumeDependencies, argument: unknown): Promise<void> {
  const { vscode: code, runs } = dependencies;
  const parsed = targetSchema.safeParse(argument);
  const { key, runId, step, index, data } = parsed.success ? parsed.data : {};
  const answered = {
    ...(step !== undefined && { step }),
    ...(index !== undefined && { index }),
    ...(data !== undefined && { data }),
  };
  const held = runs
    .suspended()
    .filter(
      (each) => (key === undefined || each.run.workflow.key === key) && (runId === undefined || each.runId === runId),
    )
    .map((run): Candidate => ({ kind: 'held', run }));
  const earlier = (await suspendedEarlier(dependencies))
    .filter(
      (run) => (key === undefined || run.header.workflow.key === key) && (runId === undefined || run.runId === runId),
    )
    .map((run): Candidate => ({ kind: 'recorded', run }));
  const candidates = [...held, ...earlier];
  // Of a workflow that is named, the newest is the one on screen.
  const chosen = key === undefined ? await choose(code, candidates) : candidates[0];
  if (chosen === undefined) {
    if (candidates.length === 0) await explain(code);
    return;
  }
  if (chosen.kind === 'recorded') {
    const run = { kind: 'run', run: { id: chosen.run.id }, ...answered };
    await code.commands.executeCommand(runsCommandIds.resumeRecorded, run);
    return;
  }
  const { workflow } = chosen.run.run;
  const request: ResumeRequest = { uri: workflow.uri, workflow, runId: chosen.run.runId };
  await runs.resume({ ...request, ...answered });
}

/** Newest first; without those that this window has, or had to its end. */
async function suspendedEarlier({ runs, recorded }: ResumeDependencies): Promise<readonly RunSummary[]> {
  const held = new Set(runs.suspended().map(({ runId }) => runId));
  return (await recorded()).flatMap((run) =>
    run.kind === 'run' && run.status === 'suspended' && run.runId !== undefined && !held.has(run.runId) ? [run] : [],
  );
}

async function choose(
  code: ResumeDependencies['vscode'],
  candidates: readonly Candidate[],
): Promise<Candidate | undefined> {
  if (candidates.length <= 1) return candidates[0];
  const items = candidates.map((candidate): RunItem => {
    return candidate.kind === 'held'
      ? { label: candidate.run.run.title, ...words(candidate.run), candidate }
      : { label: candidate.run.title, ...earlierWords(candidate.run, Date.now()), candidate };
  });
  const chosen = await code.window.showQuickPick(items, {
    title: 'Resume Run',
    placeHolder: 'Select the run to go on with',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.candidate;
}

function earlierWords({ header, startedAt, input }: RunSummary, now: number): Pick<RunItem, 'description' | 'detail'> {
  const begun = `${header.server.name}, begun ${agoText(startedAt, now)}`;
  return { description: begun, ...(input !== undefined && { detail: cutText(input.replace(/\s+/g, ' '), 120) }) };
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
    'No run waits for an answer: none of this window, and none in the Runs view.',
    show,
  );
  if (chosen === show) await code.commands.executeCommand('workbench.view.extension.mastra');
}
