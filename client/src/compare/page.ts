/** The open page of a comparison: reads the two recordings, compares them, and passes messages between page and editor. */
import type * as vscode from 'vscode';
import { compareProtocolVersion } from '../../../common/protocol/compare.ts';
import type {
  ComparedRuns,
  CompareState,
  CompareToHost,
  HostToCompare,
  RunSide,
} from '../../../common/protocol/compare.ts';
import { commandIds, runsCommandIds } from '../../../common/protocol/ids.ts';
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import { damageText } from '../../../common/runlog/file.ts';
import { createPageHost } from '../graph/page-host.ts';
import { showPlace } from '../graph/places.ts';
import type { History } from '../history/history.ts';
import type { RunSummary } from '../history/summary.ts';
import type { StepPlaces } from '../run/view/stepPlaces.ts';
import { differentWorkflows, pickOther } from './choose.ts';
import { parseCompareMessage } from './messages.ts';
import { compareSides, sameWorkflow } from './model.ts';
import type { ComparedSides, RecordedSide } from './model.ts';

export interface ComparisonDependencies {
  readonly vscode: typeof vscode;
  readonly extension: vscode.Uri;
  readonly history: Pick<History, 'store' | 'onDidChange'>;
  /** Every workflow of the workspace. Rejects when they cannot be read. */
  readonly workflows: () => Promise<readonly WorkflowSummary[]>;
  readonly places: StepPlaces;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

export interface OpenComparison {
  readonly panel: vscode.WebviewPanel;
  runs(): ComparedRuns;
}

const quietMilliseconds = 200;

export function openComparison(
  dependencies: ComparisonDependencies,
  panel: vscode.WebviewPanel,
  given: ComparedRuns,
): OpenComparison {
  const { vscode: code, history, log } = dependencies;
  const page = createPageHost<HostToCompare>(dependencies, panel);
  let runs = given;
  let state: CompareState = { kind: 'reading' };
  let sides: ComparedSides | undefined;
  let summaries: { readonly left: RunSummary; readonly right: RunSummary } | undefined;
  let reading = 0;

  const push = (): void => {
    const title = state.kind === 'comparison' ? state.comparison.title : undefined;
    panel.title = title === undefined ? 'Mastra: Compare Runs' : `Mastra: ${title}, two runs`;
    page.post({ type: 'state', protocol: compareProtocolVersion, state, runs });
  };

  const read = async (): Promise<void> => {
    reading += 1;
    const current = reading;
    const answer = await compared(dependencies, runs).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      log.warn(`Two runs could not be compared: ${message}`);
      return { refused: `The runs could not be read: ${message}` } as const;
    });
    // Other runs may have been chosen meanwhile.
    if (current !== reading) return;
    if ('refused' in answer) {
      sides = undefined;
      summaries = undefined;
      state = { kind: 'refused', message: answer.refused };
    } else {
      ({ sides, summaries } = answer);
      state = { kind: 'comparison', comparison: answer.sides.comparison };
    }
    push();
  };

  const change = async (next: ComparedRuns): Promise<void> => {
    runs = next;
    await read();
  };

  const choose = async (side: RunSide): Promise<void> => {
    const kept = side === 'left' ? 'right' : 'left';
    const list = (await history.store.list()).filter((run) => run.kind === 'run');
    const one = list.find(({ id }) => id === runs[kept]) ?? list.find(({ id }) => id === runs[side]);
    const other = one === undefined ? undefined : await pickOther({ vscode: code }, one, list);
    if (one === undefined)
      await code.window.showInformationMessage('Both runs are deleted. Close this page, and compare two others.');
    if (one === undefined || other === undefined) return;
    await change(side === 'left' ? { left: other.id, right: one.id } : { left: one.id, right: other.id });
  };

  const workflowOf = async ({ workflow }: RunSummary['header']): Promise<WorkflowSummary | undefined> => {
    const present = await dependencies.workflows();
    return (
      present.find(({ key }) => key === workflow.key) ??
      present.find(({ id }) => workflow.id !== undefined && id === workflow.id)
    );
  };

  const showSource = async (row: string): Promise<void> => {
    const step = sides?.step(row);
    const run = summaries?.[step?.right === undefined ? 'left' : 'right'];
    if (step === undefined || run === undefined) return;
    const workflow = await workflowOf(run.header);
    const place = workflow === undefined ? undefined : await dependencies.places.of(workflow.key, step.step);
    if (place === undefined) {
      await code.window.showInformationMessage(
        `${step.step.at(-1) ?? 'The step'} is not in the source of ${run.title} any more.`,
      );
      return;
    }
    const start = { line: place.line, character: place.character };
    await showPlace(
      code,
      { file: place.file, range: { start, end: start } },
      { focus: true, panelColumn: panel.viewColumn },
    );
  };

  const showGraph = async (side: RunSide, row: string | undefined): Promise<void> => {
    const run = summaries?.[side];
    if (run === undefined) return;
    await code.commands.executeCommand(runsCommandIds.showRun, { kind: 'run', run: { id: run.id } });
    const step = row === undefined ? undefined : sides?.step(row);
    const workflow = step === undefined ? undefined : await workflowOf(run.header);
    if (step === undefined || workflow === undefined) return;
    const target = { uri: workflow.uri, key: workflow.key, step: step.step };
    await code.commands.executeCommand(commandIds.showGraph, target);
  };

  const receive = async (message: CompareToHost): Promise<void> => {
    switch (message.type) {
      case 'ready':
        push();
        return;
      case 'values':
        if (sides !== undefined) page.post({ type: 'values', row: message.row, ...sides.values(message.row) });
        return;
      case 'source':
        await showSource(message.row);
        return;
      case 'graph':
        await showGraph(message.side, message.row);
        return;
      case 'swap':
        await change({ left: runs.right, right: runs.left });
        return;
      case 'choose':
        await choose(message.side);
        return;
      case 'copy':
        await code.env.clipboard.writeText(message.text);
    }
  };

  const goesOn = (): boolean =>
    [summaries?.left, summaries?.right].some((run) => run === undefined || run.status === 'running');

  page.start({
    name: 'compare',
    title: 'Compare runs',
    about: 'a comparison',
    parse: parseCompareMessage,
    receive,
    onFailed: (text) => void code.window.showErrorMessage(`Compare runs: ${text}`),
    subscriptions: [
      history.onDidChange(() => {
        // A run that goes on, or one that was deleted.
        page.soon(quietMilliseconds, () => {
          if (goesOn()) void read();
        });
      }),
    ],
  });
  push();
  void read();
  return { panel, runs: () => runs };
}

type Compared =
  | { readonly refused: string }
  | { readonly sides: ComparedSides; readonly summaries: { readonly left: RunSummary; readonly right: RunSummary } };

async function compared({ history }: Pick<ComparisonDependencies, 'history'>, runs: ComparedRuns): Promise<Compared> {
  if (runs.left === runs.right)
    return { refused: 'This is the same run twice. Choose another one to compare it with.' };
  const list = await history.store.list();
  const summaryOf = (id: string): RunSummary | undefined =>
    list.find((run): run is RunSummary => run.kind === 'run' && run.id === id);
  const [left, right] = [summaryOf(runs.left), summaryOf(runs.right)];
  if (left === undefined || right === undefined) {
    const which = left === right ? 'Both runs' : left === undefined ? 'Run A' : 'Run B';
    return { refused: `${which} cannot be found in the run history any more. Choose another one.` };
  }
  if (!sameWorkflow(left.header, right.header)) return { refused: differentWorkflows(left, right) };
  const [a, b] = await Promise.all([sideOf(history, left, 'A'), sideOf(history, right, 'B')]);
  if ('refused' in a) return a;
  if ('refused' in b) return b;
  return { sides: compareSides(a, b), summaries: { left, right } };
}

async function sideOf(
  { store }: ComparisonDependencies['history'],
  summary: RunSummary,
  name: string,
): Promise<RecordedSide | { readonly refused: string }> {
  const log = await store.read(summary.id);
  if (log.kind === 'refused') return { refused: `The recording of run ${name} cannot be read. ${log.reason}` };
  return { summary, header: log.header, events: log.events, damage: damageText(log.damage) };
}
