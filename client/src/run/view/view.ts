/** The view "Run": the run that is shown, as a tree of steps. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../../common/model/workflow.ts';
import { commandIds, runViewCommandIds, runViewId, runsCommandIds } from '../../../../common/protocol/ids.ts';
import type { Json, RunEvent, RunStatus } from '../../../../common/runlog/events.ts';
import { isInterrupted } from '../../../../common/runlog/interruption.ts';
import type { GraphRuns } from '../../graph/contract.ts';
import { showPlace } from '../../graph/places.ts';
import { duration } from '../output.ts';
import { registerValueDocuments } from './documents.ts';
import { isOwn } from './own.ts';
import { placeOfError } from './places.ts';
import type { Place } from './places.ts';
import { childRows, hasChildren, rootRows } from './rows.ts';
import type { Row, Values } from './rows.ts';
import { nameOf, uriOf } from './stepPlaces.ts';
import type { StepPlaces } from './stepPlaces.ts';
import { createRunTree } from './tree.ts';
import type { GrowingTree } from './tree.ts';
import { byteLength, bytes } from './words.ts';

export interface RunViewDependencies {
  readonly vscode: typeof vscode;
  readonly runs: GraphRuns;
  readonly places: StepPlaces;
}

export interface RunView {
  /** For tests: what is on screen, one line a row, as far as it is unfolded by `unfold`. */
  outline(unfold: (row: Row) => boolean): readonly string[];
  /** The row of a step, however deep; undefined when the run has not reached it. */
  rowOf(step: readonly string[]): Row | undefined;
  /** The workflow whose run is shown. */
  readonly shown: WorkflowKey | undefined;
  dispose(): void;
}

interface Shown {
  readonly key: WorkflowKey;
  readonly events: readonly RunEvent[];
  readonly growing: GrowingTree;
  /** How many events are in the tree. */
  read: number;
}

/** The eye does not follow faster, and every change makes VS Code ask for all rows on screen. */
const updateMilliseconds = 200;

export function registerRunView({ vscode: code, runs, places }: RunViewDependencies): RunView {
  const changed = new code.EventEmitter<undefined>();
  const documents = registerValueDocuments(code);
  const first = new Map<WorkflowKey, RunEvent | undefined>();
  let shown: Shown | undefined;
  let timer: NodeJS.Timeout | undefined;

  const view = code.window.createTreeView<Row>(runViewId, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => [...(row === undefined ? roots() : childRows(row))],
      getParent: (row) => row.parent,
      getTreeItem: (row) => itemOf(code, row),
    },
  });

  const roots = (): readonly Row[] => {
    readOn();
    return shown === undefined ? [] : rootRows(shown.growing.tree);
  };

  const readOn = (): void => {
    if (shown === undefined) return;
    for (; shown.read < shown.events.length; shown.read += 1) {
      const event = shown.events[shown.read];
      if (event !== undefined) shown.growing.append(event);
    }
  };

  const update = (): void => {
    timer = undefined;
    readOn();
    const tree = shown?.growing.tree;
    view.description = shown === undefined ? undefined : nameOf(shown.key);
    view.message = tree?.status === undefined ? undefined : sentence(tree);
    changed.fire(undefined);
  };

  const show = (key: WorkflowKey): void => {
    const events = runs.events(key);
    if (events === undefined) {
      if (shown?.key === key) shown = undefined;
    } else if (shown?.events !== events) shown = { key, events, growing: createRunTree(), read: 0 };
    timer ??= setTimeout(update, updateMilliseconds);
  };

  const onChange = (key: WorkflowKey): void => {
    const events = runs.events(key);
    // The run that began last, or that was asked for last, is the one to look at.
    const isOther = first.get(key) !== events?.[0];
    first.set(key, events?.[0]);
    if (isOther || shown?.key === key) show(key);
  };

  const goTo = async (row: Row): Promise<void> => {
    if (shown === undefined) return;
    const { key } = shown;
    if (row.kind === 'error') {
      const place = placeOfError(row.error, (file) => isOwn(code, file));
      if (place !== undefined) return reveal(place);
    }
    const step = stepOf(row);
    const place = step === undefined ? undefined : await places.of(key, step);
    if (place !== undefined) return reveal(place);
    await code.window.showInformationMessage(
      `The place of this step in ${nameOf(key)} is not known: the source has changed since, or Mastra made the step itself.`,
    );
  };

  const reveal = ({ file, line, character }: Place): Promise<void> => {
    const at = { line, character };
    return showPlace(code, { file, range: { start: at, end: at } }, { focus: true, panelColumn: undefined });
  };

  const copy = async (row: Row | undefined, part: 'input' | 'output'): Promise<void> => {
    const value = valueOf(row, part);
    if (value === undefined) return;
    await code.env.clipboard.writeText(JSON.stringify(value, null, 2));
    code.window.setStatusBarMessage(`Copied ${bytes(byteLength(value))} of ${part}`, 3_000);
  };

  const open = async (row: Row | undefined, part: 'input' | 'output'): Promise<void> => {
    const value = valueOf(row, part);
    const name = row === undefined || !('values' in row) ? 'value' : (row.values.step.at(-1) ?? 'value');
    if (value !== undefined) await documents.show(`${name} ${part}`, value);
  };

  const handlers: Record<keyof typeof runViewCommandIds, (row: Row | undefined) => Promise<unknown>> = {
    goToStep: async (row) => row !== undefined && goTo(row),
    copyStepInput: (row) => copy(row, 'input'),
    copyStepOutput: (row) => copy(row, 'output'),
    openStepInput: (row) => open(row, 'input'),
    openStepOutput: (row) => open(row, 'output'),
    showStepInGraph: async (row) => {
      const step = row === undefined ? undefined : stepOf(row);
      if (shown === undefined) return;
      const target = { uri: uriOf(code, shown.key), key: shown.key, ...(step && { step }) };
      await code.commands.executeCommand(commandIds.showGraph, target);
    },
    resumeStep: async (row) => {
      const step = row === undefined ? undefined : stepOf(row);
      if (shown === undefined || step === undefined) return;
      const recorded = runs.recorded?.(shown.key);
      const index = row?.kind === 'item' ? { index: row.index } : {};
      if (recorded !== undefined) {
        const run = { kind: 'run', run: { id: recorded }, step, ...index };
        await code.commands.executeCommand(runsCommandIds.resumeRecorded, run);
        return;
      }
      await code.commands.executeCommand(commandIds.resumeRun, { key: shown.key, step, ...index });
    },
  };
  const registrations = Object.entries(runViewCommandIds).map(([name, id]) =>
    code.commands.registerCommand(id, (row: Row | undefined) => handlers[name as keyof typeof runViewCommandIds](row)),
  );
  const listener = runs.onDidChange(onChange);

  return {
    get shown() {
      return shown?.key;
    },
    outline(unfold) {
      const lines: string[] = [];
      const walk = (rows: readonly Row[], depth: number): void => {
        for (const row of rows) {
          const words = [row.label, row.description, row.status].filter((part) => part !== undefined && part !== '');
          lines.push(`${'  '.repeat(depth)}${words.join(' | ')}`);
          if (unfold(row)) walk(childRows(row), depth + 1);
        }
      };
      walk(roots(), 0);
      return lines;
    },
    rowOf(step) {
      let row: Row | undefined;
      let rows = roots();
      for (const id of step) {
        row = rows.find((each) => each.kind === 'step' && each.node.path.at(-1) === id);
        rows = row === undefined ? [] : childRows(row);
      }
      return row;
    },
    dispose() {
      clearTimeout(timer);
      listener.dispose();
      documents.dispose();
      view.dispose();
      changed.dispose();
      for (const registration of registrations) registration.dispose();
    },
  };
}

function itemOf(code: typeof vscode, row: Row): vscode.TreeItem {
  const { TreeItemCollapsibleState: states } = code;
  // What failed or waits is what one looks for; what goes well stays folded.
  const urgent = row.status === 'failed' || row.status === 'suspended' || row.status === 'running';
  const collapsed = urgent && row.kind !== 'range' && row.kind !== 'group' ? states.Expanded : states.Collapsed;
  const item = new code.TreeItem(row.label, hasChildren(row) ? collapsed : states.None);
  item.id = row.id;
  item.description = row.description ?? '';
  if (row.tooltip !== undefined) item.tooltip = row.tooltip;
  item.contextValue = contextOf(row);
  item.accessibilityInformation = { label: [row.label, row.status, row.description].filter(Boolean).join(', ') };
  const icon = iconOf(row);
  if (icon !== undefined) {
    item.iconPath = new code.ThemeIcon(
      icon.name,
      icon.color === undefined ? undefined : new code.ThemeColor(icon.color),
    );
  }
  if (stepOf(row) !== undefined) {
    item.command = { command: runViewCommandIds.goToStep, title: 'Go to Source', arguments: [row] };
  }
  return item;
}

/** `step input output waits`: what the menus ask for. */
function contextOf(row: Row): string {
  if (!('values' in row)) return row.kind;
  const { input, output, waits } = row.values;
  return [row.kind, input !== undefined && 'input', output !== undefined && 'output', waits && 'waits']
    .filter((part) => part !== false)
    .join(' ');
}

function iconOf(row: Row): { readonly name: string; readonly color: string | undefined } | undefined {
  if (row.kind === 'group') return { name: row.icon, color: undefined };
  if (row.kind === 'text') return undefined;
  if (row.kind === 'error') return { name: 'error', color: 'testing.iconFailed' };
  switch (row.status) {
    case 'running':
      return { name: 'loading~spin', color: undefined };
    case 'waiting':
      return { name: 'watch', color: undefined };
    case 'success':
      return { name: 'pass', color: 'testing.iconPassed' };
    case 'failed':
      return { name: 'error', color: 'testing.iconFailed' };
    case 'suspended':
      return { name: 'debug-pause', color: 'charts.yellow' };
    case 'canceled':
      return { name: 'circle-slash', color: 'testing.iconSkipped' };
    case undefined:
      return { name: 'circle-outline', color: undefined };
  }
}

function stepOf(row: Row): readonly string[] | undefined {
  switch (row.kind) {
    case 'step':
      return row.node.path;
    case 'time':
      return row.time.path;
    case 'item':
    case 'error':
      return row.step;
    case 'range':
    case 'text':
    case 'group':
      return undefined;
  }
}

function valueOf(row: Row | undefined, part: 'input' | 'output'): Json | undefined {
  const values: Values | undefined = row !== undefined && 'values' in row ? row.values : undefined;
  return values?.[part];
}

const statusText: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  success: 'Succeeded',
  failed: 'Failed',
  suspended: 'Waits for an answer',
  canceled: 'Canceled',
};

function sentence({ status, error, startedAt, finishedAt }: GrowingTree['tree']): string {
  if (status === undefined) return '';
  const isOpen = startedAt === undefined || finishedAt === undefined || status === 'suspended';
  const took = isOpen ? '' : ` after ${duration(finishedAt - startedAt)}`;
  return `${isInterrupted({ status, error }) ? 'Interrupted' : statusText[status]}${took}`;
}
