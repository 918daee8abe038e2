/** Which two runs are compared: those that are selected, else asked for. */
import type * as vscode from 'vscode';
import type { ComparedRuns } from '../../../common/protocol/compare.ts';
import { runsCommandIds } from '../../../common/protocol/ids.ts';
import type { RecordedRun, RunSummary } from '../history/summary.ts';
import { durationText, statusWords, timeText } from '../history/view/words.ts';
import { sameWorkflow } from './model.ts';

export interface ChooseDependencies {
  readonly vscode: Pick<typeof vscode, 'window' | 'commands'>;
  /** Newest first. */
  readonly list: () => Promise<readonly RecordedRun[]>;
  readonly selection: () => readonly { readonly id: string }[];
}

/**
 * From what VS Code calls a command of a tree with: the item that was clicked, and all that are selected. Undefined when the author gave
 * up, or when there is nothing to compare, which is said.
 */
export async function chooseRuns(
  dependencies: ChooseDependencies,
  argument: unknown,
  selected: unknown,
): Promise<ComparedRuns | undefined> {
  const { vscode: code, list, selection } = dependencies;
  const runs = (await list()).filter((run) => run.kind === 'run');
  const given = idsOf(Array.isArray(selected) && selected.length > 0 ? selected : [argument]);
  const shown = runIdOf(argument);
  if (shown !== undefined) {
    const run = runs.find(({ runId }) => runId === shown);
    const other = run === undefined ? undefined : await pickOther(dependencies, run, runs);
    if (run === undefined) {
      await code.window.showInformationMessage(
        'This run is not recorded, so it cannot be compared. Runs are recorded while mastra.history.enabled is on.',
      );
    }
    return run === undefined || other === undefined ? undefined : inOrder(run, other);
  }
  const ids = new Set(argument === undefined && given.length === 0 ? selection().map(({ id }) => id) : given);
  const chosen = runs.filter(({ id }) => ids.has(id));
  if (chosen.length > 2) {
    await code.window.showInformationMessage('Two runs can be compared with each other. Select two of them.');
    return undefined;
  }
  const [newer, older] = chosen;
  if (newer !== undefined && older !== undefined) {
    if (sameWorkflow(newer.header, older.header)) return { left: older.id, right: newer.id };
    await code.window.showInformationMessage(differentWorkflows(older, newer));
    return undefined;
  }
  const one = newer ?? (await pickFirst(dependencies, runs));
  if (one === undefined) return undefined;
  const other = await pickOther(dependencies, one, runs);
  return other === undefined ? undefined : inOrder(one, other);
}

/** The earlier run is on the left. */
export function inOrder(one: RunSummary, other: RunSummary): ComparedRuns {
  return one.startedAt <= other.startedAt ? { left: one.id, right: other.id } : { left: other.id, right: one.id };
}

export function differentWorkflows(one: RunSummary, other: RunSummary): string {
  return `These are runs of different workflows, ${one.title} and ${other.title}: their steps cannot be compared. Select two runs of one workflow.`;
}

interface RunItem extends vscode.QuickPickItem {
  readonly run: RunSummary;
}

async function pickFirst(
  { vscode: code }: ChooseDependencies,
  runs: readonly RunSummary[],
): Promise<RunSummary | undefined> {
  const comparable = runs.filter((run) =>
    runs.some((other) => other !== run && sameWorkflow(run.header, other.header)),
  );
  if (comparable.length === 0) {
    await code.window.showInformationMessage(
      runs.length === 0
        ? 'No runs are recorded yet. Run a workflow twice to compare the two runs.'
        : 'There are no two recorded runs of the same workflow. Run one of them again to compare the two runs.',
    );
    return undefined;
  }
  const picked = await code.window.showQuickPick(
    comparable.map((run) => itemOf(run, true)),
    { title: 'Compare Runs (1 of 2)', placeHolder: 'Select a run', matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.run;
}

/** Another run of the same workflow; says so when there is none. */
export async function pickOther(
  { vscode: code }: Pick<ChooseDependencies, 'vscode'>,
  one: RunSummary,
  runs: readonly RunSummary[],
): Promise<RunSummary | undefined> {
  const others = runs.filter((run) => run.id !== one.id && sameWorkflow(run.header, one.header));
  if (others.length === 0) {
    const again = 'Run Again';
    const chosen = await code.window.showInformationMessage(
      `There is no other recorded run of ${one.title} to compare this one with. Run it again, or import a run.`,
      again,
    );
    if (chosen === again)
      await code.commands.executeCommand(runsCommandIds.rerun, { kind: 'run', run: { id: one.id } });
    return undefined;
  }
  const picked = await code.window.showQuickPick(
    others.map((run) => itemOf(run, false)),
    {
      title: `Compare ${one.title} of ${timeText(one.startedAt, Date.now())} with`,
      placeHolder: 'Select another run',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return picked?.run;
}

const icons: Readonly<Record<RunSummary['status'], string>> = {
  running: 'sync',
  success: 'pass',
  failed: 'error',
  suspended: 'debug-pause',
  canceled: 'circle-slash',
  interrupted: 'debug-disconnect',
};

function itemOf(run: RunSummary, withTitle: boolean): RunItem {
  const time = timeText(run.startedAt, Date.now());
  const { inputName, server } = run.header;
  const about = [
    statusWords[run.status],
    durationText(run, Date.now()),
    inputName === undefined ? undefined : `“${inputName}”`,
  ]
    .concat(server.kind === 'embedded' ? [] : [server.name])
    .filter((part) => part !== undefined);
  return {
    run,
    label: `$(${icons[run.status]}) ${withTitle ? `${run.title}, ${time}` : time}`,
    description: about.join(' · '),
    ...(run.input !== undefined && { detail: run.input.replace(/\s+/g, ' ').slice(0, 120) }),
  };
}

/** Mastra's own id of the run that a graph shows. */
function runIdOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('runId' in argument)) return undefined;
  return typeof argument.runId === 'string' ? argument.runId : undefined;
}

/** Ids of the runs that items of the view stand for; what is something else is left out. */
function idsOf(items: readonly unknown[]): readonly string[] {
  return items.flatMap((item) => {
    if (typeof item !== 'object' || item === null || !('run' in item)) return [];
    const { run } = item;
    return typeof run === 'object' && run !== null && 'id' in run && typeof run.id === 'string' ? [run.id] : [];
  });
}
