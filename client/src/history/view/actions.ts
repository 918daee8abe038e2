/** What can be done with recorded runs, once it is clear which. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../../common/model/workflow.ts';
import type { GraphModel } from '../../../../common/protocol/graph.ts';
import type { WorkflowSummary } from '../../../../common/protocol/messages.ts';
import type { Json, RunEvent } from '../../../../common/runlog/events.ts';
import { damageText } from '../../../../common/runlog/file.ts';
import type { DecodedLog } from '../../../../common/runlog/file.ts';
import { runFiles } from '../files.ts';
import type { History } from '../history.ts';
import { shownRecording } from '../shown.ts';
import type { RecordedRun, RunSummary } from '../summary.ts';
import { isIncomplete } from '../values.ts';
import type { RunsView } from './view.ts';
import { counted, timeText } from './words.ts';

export interface ActionDependencies {
  readonly vscode: {
    readonly window: Pick<typeof vscode.window, 'showErrorMessage' | 'showInformationMessage' | 'showWarningMessage'>;
    readonly commands: Pick<typeof vscode.commands, 'executeCommand'>;
    readonly Uri: Pick<typeof vscode.Uri, 'file'>;
  };
  readonly history: History;
  readonly view: RunsView;
  /** Every workflow of the workspace; empty when there is none. Rejects with ServerUnavailable. */
  readonly workflows: () => Promise<readonly WorkflowSummary[]>;
  readonly runs: {
    run(request: RerunRequest): Promise<void>;
    resume(request: ResumeRecordedRequest): Promise<void>;
    follow(request: FollowRecordedRequest): Promise<void>;
  };
  readonly graph: {
    show(target: { readonly uri: string; readonly key: WorkflowKey }): Promise<void>;
    showRecorded(key: WorkflowKey, id: string, events: readonly RunEvent[], drawing?: GraphModel): void;
  };
}

export interface RerunRequest {
  readonly uri: string;
  readonly workflow: WorkflowSummary;
  /** Used as it is. */
  readonly input?: unknown;
  /** Offered to be changed. */
  readonly suggestedInput?: Json;
  /** Name of the saved input that `input` is. */
  readonly inputName?: string | undefined;
  /** Where the run took place, by id and name. */
  readonly server: string;
  readonly serverName: string;
}

export interface ResumeRecordedRequest {
  readonly uri: string;
  readonly workflow: WorkflowSummary;
  readonly runId: string;
  readonly server: string;
  readonly events: readonly RunEvent[];
  /** The step that was clicked, and its item; asked for when absent. */
  readonly step?: readonly string[];
  readonly index?: number;
  readonly data?: unknown;
}

export interface FollowRecordedRequest extends Omit<ResumeRecordedRequest, 'step' | 'index' | 'data'> {
  readonly serverName: string;
  readonly quiet: boolean;
}

/** What of a suspended run is to be answered. */
export type ResumedStep = Pick<ResumeRecordedRequest, 'step' | 'index' | 'data'>;

type Log = Extract<DecodedLog, { kind: 'log' }>;

/** Draws the workflow with what the run did. */
export async function showRun(dependencies: ActionDependencies, run: RunSummary): Promise<void> {
  const { vscode: surface, graph } = dependencies;
  const log = await readLog(dependencies, run);
  if (log === undefined) return;
  const workflow = await findWorkflow(dependencies, run);
  if (workflow === undefined) return;
  const { id, events, drawing } = shownRecording(run, log);
  graph.showRecorded(workflow.key, id, events, drawing);
  await graph.show({ uri: workflow.uri, key: workflow.key });
  const damage = damageText(log.damage);
  // Of an interrupted run everybody expects that it breaks off.
  if (damage !== undefined && run.status !== 'interrupted') {
    await surface.window.showWarningMessage(`The recording of ${run.title} is damaged. ${damage} The rest is shown.`);
  }
}

/** Runs the workflow as it is now with the input of a recorded run: always as a new run. */
export async function rerun(
  dependencies: ActionDependencies,
  run: RunSummary,
  input: 'same' | 'edited',
): Promise<void> {
  const { vscode: surface, runs } = dependencies;
  const log = await readLog(dependencies, run);
  if (log === undefined) return;
  const first = log.events.find((event) => event.type === 'run-started');
  const workflow = await findWorkflow(dependencies, run);
  if (workflow === undefined) return;
  const { server } = run.header;
  const target = { uri: workflow.uri, workflow, server: server.id, serverName: server.name };
  if (first === undefined) {
    // A run that began elsewhere and was only resumed here.
    const chosen = await surface.window.showWarningMessage(
      `The recording of ${run.title} does not hold the input it was given.`,
      'Enter Input…',
    );
    if (chosen !== undefined) await runs.run(target);
    return;
  }
  if (input === 'same' && !isIncomplete(first.input)) {
    await runs.run({ ...target, input: first.input, inputName: run.header.inputName });
    return;
  }
  if (input === 'same') {
    const chosen = await surface.window.showWarningMessage(
      `Some values of the input of ${run.title} are not in its recording: they were redacted, or too large. Fill them in to run it again.`,
      'Edit Input…',
    );
    if (chosen === undefined) return;
  }
  await runs.run({ ...target, suggestedInput: first.input });
}

/** Goes on with a suspended run, also one of an earlier session; its recording goes on as well. */
export async function resumeRun(
  dependencies: ActionDependencies,
  run: RunSummary,
  answered: ResumedStep = {},
): Promise<void> {
  const log = await readLog(dependencies, run);
  if (log === undefined || run.runId === undefined) return;
  const workflow = await findWorkflow(dependencies, run);
  if (workflow === undefined) return;
  await dependencies.runs.resume({
    uri: workflow.uri,
    workflow,
    runId: run.runId,
    server: run.header.server.id,
    events: log.events,
    ...answered,
  });
}

/** Watches a run on that went on at its server; its recording goes on as well. `quiet`: says nothing where that is not possible. */
export async function followRun(dependencies: ActionDependencies, run: RunSummary, quiet = false): Promise<void> {
  const log = await readLog(dependencies, run);
  if (log === undefined || run.runId === undefined) return;
  const workflow = await findWorkflow(dependencies, run, quiet);
  if (workflow === undefined) return;
  const { id: server, name: serverName } = run.header.server;
  const { uri } = workflow;
  await dependencies.runs.follow({ uri, workflow, runId: run.runId, server, serverName, events: log.events, quiet });
}

export async function pin(
  { history, view }: ActionDependencies,
  runs: readonly RecordedRun[],
  pinned: boolean,
): Promise<void> {
  for (const { id } of runs) await history.store.pin(id, pinned);
  view.refresh();
}

export async function deleteRuns(dependencies: ActionDependencies, runs: readonly RecordedRun[]): Promise<void> {
  const { vscode: surface } = dependencies;
  const [only] = runs;
  if (only === undefined) return;
  if (runs.every(isRunning)) {
    await surface.window.showInformationMessage(
      runs.length === 1
        ? 'This run is still going on. Cancel it, or wait until it is over, to delete it.'
        : 'These runs are still going on. Cancel them, or wait until they are over, to delete them.',
    );
    return;
  }
  const what =
    only.kind === 'run' && runs.length === 1
      ? `the run of ${only.title} at ${timeText(only.startedAt, Date.now())}`
      : counted(runs.filter((run) => !isRunning(run)).length, 'run');
  await confirmAndDelete(dependencies, `Delete ${what}?`, 'Delete', runs);
}

export async function deleteAll(dependencies: ActionDependencies): Promise<void> {
  const { vscode: surface, history } = dependencies;
  const runs = await history.store.list();
  const deletable = runs.filter((run) => !isRunning(run));
  if (deletable.length === 0) {
    await surface.window.showInformationMessage(
      runs.length === 0 ? 'There are no recorded runs.' : 'All recorded runs are still going on.',
    );
    return;
  }
  const question =
    deletable.length === 1 ? 'Delete the one recorded run?' : `Delete all ${deletable.length} recorded runs?`;
  await confirmAndDelete(dependencies, question, 'Delete All', runs);
}

async function confirmAndDelete(
  { vscode: surface, history }: ActionDependencies,
  question: string,
  action: string,
  runs: readonly RecordedRun[],
): Promise<void> {
  const deletable = runs.filter((run) => !isRunning(run));
  const pinned = deletable.filter((run) => run.pinned).length;
  const detail = [
    pinned === 0
      ? undefined
      : `${pinned === deletable.length && pinned === 1 ? 'It is' : `${pinned} of them ${pinned === 1 ? 'is' : 'are'}`} pinned.`,
    deletable.length === runs.length ? undefined : 'Runs that are still going on stay.',
    'This cannot be undone. Export a run to keep it as a file.',
  ].filter((part) => part !== undefined);
  const chosen = await surface.window.showWarningMessage(question, { modal: true, detail: detail.join('\n') }, action);
  if (chosen !== action) return;
  try {
    await history.store.remove(deletable.map(({ id }) => id));
  } finally {
    history.changed();
  }
}

function isRunning(run: RecordedRun): boolean {
  return run.kind === 'run' && run.status === 'running';
}

async function readLog(
  { vscode: surface, history, view }: ActionDependencies,
  run: RunSummary,
): Promise<Log | undefined> {
  const log = await history.store.read(run.id);
  if (log.kind === 'log') return log;
  view.refresh();
  await surface.window.showErrorMessage(`The recording of ${run.title} cannot be read. ${log.reason}`);
  return undefined;
}

/** By its key, else by its id: the file may have moved, or the run may come from another machine. Says when there is none. */
async function findWorkflow(
  { vscode: surface, history, workflows }: ActionDependencies,
  run: RunSummary,
  quiet = false,
): Promise<WorkflowSummary | undefined> {
  const { key, id } = run.header.workflow;
  const present = await workflows();
  const found =
    present.find((workflow) => workflow.key === key) ??
    present.find((workflow) => id !== undefined && workflow.id === id);
  if (found !== undefined || quiet) return found;
  const chosen = await surface.window.showInformationMessage(
    `The workflow ${run.title} is not in this workspace any more. Its recording can be read as a text file.`,
    'Open Recording',
  );
  if (chosen !== undefined) {
    const { log } = runFiles(history.store.folder, run.id);
    await surface.commands.executeCommand('vscode.open', surface.Uri.file(log));
  }
  return undefined;
}
