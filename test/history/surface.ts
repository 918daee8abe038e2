/** A thin fake of the part of VS Code that the Runs view uses: what a person would see is a transcript, what they do is scripted. */
import type * as vscode from 'vscode';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunsCommandDependencies } from '../../client/src/history/view/commands.ts';
import type { RunsNode } from '../../client/src/history/view/model.ts';
import type { ViewSurface } from '../../client/src/history/view/view.ts';

export type FakeTree = vscode.TreeViewOptions<RunsNode> & {
  message: string | undefined;
  description: string | undefined;
  visible: boolean;
  selection: readonly RunsNode[];
};

export interface FakeQuickPick {
  value: string;
  readonly items: readonly vscode.QuickPickItem[];
  selectedItems: readonly vscode.QuickPickItem[];
}

export interface FakeViewSurface {
  readonly surface: ViewSurface & RunsCommandDependencies['vscode'];
  tree: FakeTree;
  /** Notifications, dialogs and pickers in the order in which they came. */
  readonly said: string[];
  /** Commands that were executed, without `setContext`. */
  readonly executed: string[];
  readonly context: Map<string, unknown>;
  /** Answers a notification with the title of an action, or a picker with the label of an item. */
  answer: (text: string, offered: readonly string[]) => string | undefined;
  /** Works on the filter's box; false gives up. */
  pick: (box: FakeQuickPick) => boolean;
  /** What the next file dialog gives. */
  files: readonly string[] | undefined;
  run(command: string, ...values: readonly unknown[]): Promise<void>;
  /** The tree as a person sees it: groups, and below them their runs. */
  lines(): Promise<readonly string[]>;
  changes: number;
}

class FakeUri {
  readonly fsPath: string;
  readonly path: string;
  constructor(file: string) {
    this.fsPath = file;
    this.path = file;
  }
  toString(): string {
    return pathToFileURL(this.fsPath).href;
  }
}

class FakeEmitter<T> {
  readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

class FakeItem {
  readonly label: string;
  readonly collapsibleState: number;
  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

class FakeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

class FakeMarkdown {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export function fakeViewSurface(): FakeViewSurface {
  const handlers = new Map<string, (...values: readonly unknown[]) => unknown>();
  const say =
    (severity: string) =>
    (text: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
      const options = rest.find((value): value is { detail?: string } => typeof value === 'object' && value !== null);
      const actions = rest.filter((value) => typeof value === 'string');
      const detail = options?.detail === undefined ? '' : ` (${options.detail.replaceAll('\n', ' ')})`;
      fake.said.push([`${severity}: ${text}${detail}`, ...actions.map((action) => `[${action}]`)].join(' '));
      return Promise.resolve(fake.answer(text, actions));
    };

  const createQuickPick = (): unknown => {
    const accepted = new FakeEmitter<undefined>();
    const hidden = new FakeEmitter<undefined>();
    const box = {
      title: '',
      placeholder: '',
      value: '',
      canSelectMany: false,
      items: [] as vscode.QuickPickItem[],
      selectedItems: [] as vscode.QuickPickItem[],
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      show: () => (fake.pick(box) ? accepted.fire(undefined) : hidden.fire(undefined)),
      dispose: () => hidden.fire(undefined),
    };
    return box;
  };

  const surface = {
    window: {
      createTreeView(id: string, options: vscode.TreeViewOptions<RunsNode>) {
        const visibility = new FakeEmitter();
        fake.tree = {
          ...options,
          message: undefined,
          description: undefined,
          visible: false,
          selection: [],
        };
        options.treeDataProvider.onDidChangeTreeData?.(() => void (fake.changes += 1));
        return Object.assign(fake.tree, {
          id,
          onDidChangeVisibility: visibility.event,
          reveal: (node: RunsNode) => {
            fake.tree.selection = [node];
            return Promise.resolve();
          },
          dispose: () => undefined,
        });
      },
      createQuickPick,
      showQuickPick(items: readonly vscode.QuickPickItem[]) {
        const labels = items.map(({ label, description }) => [label, description].filter(Boolean).join(' '));
        fake.said.push(`pick: ${labels.join(' | ')}`);
        const chosen = fake.answer('pick', labels);
        return Promise.resolve(items.find(({ label }) => label === chosen));
      },
      showErrorMessage: say('error'),
      showInformationMessage: say('info'),
      showWarningMessage: say('warning'),
      showOpenDialog: ({ title }: { title: string }) => {
        fake.said.push(`open: ${title}`);
        return Promise.resolve(fake.files?.map((file) => new FakeUri(file)));
      },
      showSaveDialog: ({ defaultUri }: { defaultUri?: FakeUri }) => {
        fake.said.push(`save: ${path.basename(defaultUri?.fsPath ?? '')}`);
        return Promise.resolve(fake.files?.map((file) => new FakeUri(file))[0]);
      },
      withProgress: (_options: unknown, work: () => Promise<unknown>) => work(),
    },
    workspace: {
      workspaceFolders: [{ uri: new FakeUri('/project') }],
      createFileSystemWatcher: () => ({
        onDidCreate: () => undefined,
        onDidChange: () => undefined,
        onDidDelete: () => undefined,
        dispose: () => undefined,
      }),
      fs: {
        writeFile(uri: FakeUri, content: Uint8Array) {
          mkdirSync(path.dirname(uri.fsPath), { recursive: true });
          writeFileSync(uri.fsPath, content);
          return Promise.resolve();
        },
        // eslint-disable-next-line @typescript-eslint/require-await -- a missing file rejects
        readFile: async (uri: FakeUri) => readFileSync(uri.fsPath),
      },
    },
    commands: {
      executeCommand(command: string, ...values: readonly unknown[]) {
        if (command === 'setContext') fake.context.set(String(values[0]), values[1]);
        else fake.executed.push([command, ...values.map(String)].join(' '));
        return Promise.resolve(undefined);
      },
      registerCommand(command: string, handler: (...values: readonly unknown[]) => unknown) {
        handlers.set(command, handler);
        return { dispose: () => void handlers.delete(command) };
      },
    },
    Uri: {
      file: (file: string) => new FakeUri(file),
      parse: (text: string) => new FakeUri(text.replace(/^file:\/\//, '')),
      joinPath: (uri: FakeUri, ...parts: string[]) => new FakeUri(path.join(uri.fsPath, ...parts)),
    },
    EventEmitter: FakeEmitter,
    TreeItem: FakeItem,
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    ThemeIcon: FakeIcon,
    ThemeColor: FakeIcon,
    MarkdownString: FakeMarkdown,
    RelativePattern: FakeIcon,
    QuickPickItemKind: { Separator: -1, Default: 0 },
    ProgressLocation: { Notification: 15 },
  };

  const fake: FakeViewSurface = {
    // The fake has what the view and its commands name and no more than they use of it.
    surface: surface as unknown as FakeViewSurface['surface'],
    // Set when the view is made.
    tree: undefined as unknown as FakeTree,
    said: [],
    executed: [],
    context: new Map(),
    answer: () => undefined,
    pick: () => false,
    files: undefined,
    changes: 0,
    async run(command, ...values) {
      await handlers.get(command)?.(...values);
    },
    async lines() {
      const { treeDataProvider: provider } = fake.tree;
      const line = async (node: RunsNode): Promise<string> => {
        const item = await provider.getTreeItem(node);
        const icon = item.iconPath instanceof FakeIcon ? item.iconPath.id : '';
        return `${icon} ${typeof item.label === 'string' ? item.label : ''} ${String(item.description)}`.trim();
      };
      const lines: string[] = [];
      for (const node of (await provider.getChildren()) ?? []) {
        lines.push(await line(node));
        for (const child of (await provider.getChildren(node)) ?? []) lines.push(`  ${await line(child)}`);
      }
      return lines;
    },
  };
  return fake;
}
