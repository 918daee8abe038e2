/** The Runs view: a tree over the recorded runs that follows them, also those of other windows, while it is on screen. */
import type * as vscode from 'vscode';
import { runsFilteredContext, runsViewId } from '../../../../common/protocol/ids.ts';
import type { History } from '../history.ts';
import type { RecordedRun } from '../summary.ts';
import { itemOf } from './items.ts';
import type { ItemSurface } from './items.ts';
import { filterMessage, groupRuns, groupings, isFiltered, matches, noFilter } from './model.ts';
import type { Grouping, RunFilter, RunsNode } from './model.ts';
import { tooltipText } from './words.ts';

export interface ViewSurface extends ItemSurface {
  readonly window: Pick<typeof vscode.window, 'createTreeView'>;
  readonly workspace: Pick<typeof vscode.workspace, 'createFileSystemWatcher'>;
  readonly commands: Pick<typeof vscode.commands, 'executeCommand'>;
  readonly EventEmitter: typeof vscode.EventEmitter;
  readonly MarkdownString: typeof vscode.MarkdownString;
  readonly RelativePattern: typeof vscode.RelativePattern;
  readonly Uri: Pick<typeof vscode.Uri, 'file'>;
}

export interface RunsView {
  /** What the tree shows, read anew. */
  nodes(): Promise<readonly RunsNode[]>;
  /** What is selected; a selected group stands for its runs. */
  selection(): readonly RecordedRun[];
  readonly filter: RunFilter;
  setFilter(filter: RunFilter): void;
  readonly grouping: Grouping;
  setGrouping(grouping: Grouping): void;
  refresh(): void;
  /** Selects a run, if the filter lets it be seen. */
  reveal(id: string): Promise<void>;
  dispose(): void;
}

export interface RunsViewDependencies {
  readonly vscode: ViewSurface;
  readonly history: History;
  /** Remembers the grouping. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: (message: string) => void;
}

const groupingMemory = 'mastra.history.grouping';

/** Runs write all the time; a list need not follow every line. */
const changeMilliseconds = 300;
/** For `5 min ago`, and for runs of other windows that died. */
const clockMilliseconds = 30_000;

export function createRunsView({ vscode: surface, history, memory, log }: RunsViewDependencies): RunsView {
  const changed = new surface.EventEmitter<undefined>();
  let filter = noFilter;
  let grouping = readGrouping(memory.get<unknown>(groupingMemory));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let clock: ReturnType<typeof setInterval> | undefined;
  let watcher: vscode.FileSystemWatcher | undefined;
  let shown: readonly RunsNode[] = [];

  const nodes = async (): Promise<readonly RunsNode[]> => {
    const now = Date.now();
    try {
      const all = await history.store.list();
      const matching = all.filter((run) => matches(run, filter));
      shown = groupRuns(matching, grouping, now);
      tree.message = filterMessage(filter, matching.length, all.length);
    } catch (error) {
      log(`The run history cannot be read: ${String(error)}`);
      tree.message = `The run history in ${history.store.folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      shown = [];
    }
    return shown;
  };

  const refresh = (): void => {
    clearTimeout(timer);
    timer = undefined;
    changed.fire(undefined);
  };

  const later = (): void => {
    if (tree.visible) timer ??= setTimeout(refresh, changeMilliseconds);
  };

  const parentOf = (node: RunsNode): RunsNode | undefined =>
    node.kind === 'group'
      ? undefined
      : shown.find((candidate) => candidate.kind === 'group' && candidate.runs.some(({ id }) => id === node.run.id));

  const tree = surface.window.createTreeView<RunsNode>(runsViewId, {
    canSelectMany: true,
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren(node) {
        if (node === undefined) return nodes().then((found) => [...found]);
        return node.kind === 'group' ? node.runs.map((run) => ({ kind: 'run', run })) : [];
      },
      getParent: parentOf,
      getTreeItem: (node) =>
        itemOf(surface, node, { grouping, expanded: shown.length <= 3 || shown[0] === node, now: Date.now() }),
      resolveTreeItem(item, node) {
        if (node.kind === 'run') item.tooltip = new surface.MarkdownString(tooltipText(node.run, Date.now()));
        return item;
      },
    },
  });

  /** Only while somebody looks. */
  const follow = (visible: boolean): void => {
    clearInterval(clock);
    clock = undefined;
    watcher?.dispose();
    watcher = undefined;
    if (!visible) return;
    clock = setInterval(refresh, clockMilliseconds);
    const folder = surface.Uri.file(history.store.folder);
    watcher = surface.workspace.createFileSystemWatcher(new surface.RelativePattern(folder, '*'));
    watcher.onDidCreate(later);
    watcher.onDidChange(later);
    watcher.onDidDelete(later);
  };

  const describe = (): void => {
    tree.description = groupingWords[grouping];
    void surface.commands.executeCommand('setContext', runsFilteredContext, isFiltered(filter));
  };

  const subscriptions = [
    history.onDidChange(later),
    tree.onDidChangeVisibility(({ visible }) => {
      follow(visible);
      if (visible) refresh();
    }),
    tree,
    changed,
  ];
  follow(tree.visible);
  describe();

  return {
    nodes,
    refresh,
    selection: () => tree.selection.flatMap(runsOf),
    get filter() {
      return filter;
    },
    setFilter(next) {
      filter = next;
      describe();
      refresh();
    },
    get grouping() {
      return grouping;
    },
    setGrouping(next) {
      grouping = next;
      void memory.update(groupingMemory, next);
      describe();
      refresh();
    },
    async reveal(id) {
      const found = (await nodes()).flatMap(nodesOf).find(({ run }) => run.id === id);
      changed.fire(undefined);
      if (found !== undefined) await tree.reveal(found, { select: true, focus: true, expand: true });
    },
    dispose() {
      follow(false);
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** What stands behind the view's title. */
const groupingWords: Readonly<Record<Grouping, string>> = {
  workflow: 'by workflow',
  status: 'by status',
  server: 'by server',
  day: 'by day',
  none: '',
};

function runsOf(node: RunsNode): readonly RecordedRun[] {
  return node.kind === 'group' ? node.runs : [node.run];
}

function nodesOf(node: RunsNode): readonly Extract<RunsNode, { kind: 'run' }>[] {
  return node.kind === 'group' ? node.runs.map((run) => ({ kind: 'run', run })) : [node];
}

function readGrouping(remembered: unknown): Grouping {
  return groupings.find((grouping) => grouping === remembered) ?? 'workflow';
}
