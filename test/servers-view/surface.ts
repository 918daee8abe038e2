/** A thin fake of the part of VS Code that servers use: what a person would see is kept, what they do is scripted. */
import type * as vscode from 'vscode';
import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServersSurface } from '../../client/src/servers/surface.ts';

type Target = 'user' | 'workspace' | 'folder';

export interface FakeServersSurface {
  readonly surface: ServersSurface;
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  /** Notifications: `warning (modal): text [Action]`. */
  readonly messages: string[];
  /** Quick inputs: title, prompt or placeholder, and what was wrong. */
  readonly asked: string[];
  /** Everything that was written to logs and output channels. */
  readonly lines: string[];
  readonly memory: Map<string, unknown>;
  readonly secrets: Map<string, string>;
  readonly settings: Record<Target, unknown>;
  /** Ids of registered commands with their handlers. */
  readonly commands: Map<string, (argument?: unknown) => unknown>;
  /** Rows of the view, as drawn now. */
  rows(): Promise<readonly vscode.TreeItem[]>;
  nodes(): Promise<readonly unknown[]>;
  show(visible: boolean): void;
  status(): string | undefined;
  trust(): void;
  /** Answers to quick inputs, in order: a text, the beginning of a label, `back`. Without one it is closed. */
  answers: (string | { readonly back: true })[];
  /** Chooses an action of a notification. */
  choose: (text: string, actions: readonly string[]) => string | undefined;
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

class FakeUri {
  readonly scheme = 'file';
  readonly fsPath: string;
  constructor(file: string) {
    this.fsPath = file;
  }
  toString(): string {
    return pathToFileURL(this.fsPath).href;
  }
}

class FakeTreeItem {
  readonly label: string;
  constructor(label: string) {
    this.label = label;
  }
}

class FakeThemeIcon {
  readonly id: string;
  readonly color: unknown;
  constructor(id: string, color?: unknown) {
    this.id = id;
    this.color = color;
  }
}

class FakeThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

class FakePattern {
  readonly base: string;
  readonly pattern: string;
  constructor(folder: { uri: FakeUri }, pattern: string) {
    this.base = folder.uri.fsPath;
    this.pattern = pattern;
  }
}

const back = { name: 'back' };

/** `folders` are the workspace folders. */
export function fakeServersSurface(
  folders: readonly string[],
  { trusted = true, settings = [] as unknown }: { readonly trusted?: boolean; readonly settings?: unknown } = {},
): FakeServersSurface {
  const trustGranted = new FakeEmitter<undefined>();
  const configurationChanged = new FakeEmitter<{ affectsConfiguration(section: string): boolean }>();
  const visibility = new FakeEmitter<{ visible: boolean }>();
  const none = new FakeEmitter<never>();
  const uris = folders.map((folder) => ({ uri: new FakeUri(folder), name: path.basename(folder) }));
  let isTrusted = trusted;
  let provider: vscode.TreeDataProvider<unknown> | undefined;
  const item = { text: '', tooltip: '', shown: false };

  const notify =
    (severity: string) =>
    (text: string, ...rest: unknown[]): Promise<string | undefined> => {
      const [options] = rest;
      const modal = typeof options === 'object';
      const actions = rest.filter((each) => typeof each === 'string');
      const detail = modal && 'detail' in (options ?? {}) ? ` ${JSON.stringify(options)}` : '';
      fake.messages.push(
        `${severity}${modal ? ' (modal)' : ''}: ${text}${detail} ${actions.map((action) => `[${action}]`).join(' ')}`.trim(),
      );
      return Promise.resolve(fake.choose(text, actions));
    };

  /** An input that answers itself when it is shown. */
  const input = (): Record<string, unknown> => {
    const accepted = new FakeEmitter<undefined>();
    const hidden = new FakeEmitter<undefined>();
    const changed = new FakeEmitter<string>();
    const pressed = new FakeEmitter<unknown>();
    const box: Record<string, unknown> = {
      title: '',
      value: '',
      prompt: '',
      placeholder: '',
      items: [] as vscode.QuickPickItem[],
      activeItems: [],
      selectedItems: [],
      validationMessage: undefined,
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      onDidChangeValue: changed.event,
      onDidTriggerButton: pressed.event,
      dispose: () => hidden.fire(undefined),
      show() {
        fake.asked.push(
          `${String(box['title'])} | ${String(box['prompt'] || box['placeholder'])} | ${String(box['value'])}`,
        );
        setImmediate(() => answer());
      },
    };
    const answer = (): void => {
      const given = fake.answers.shift();
      if (typeof given !== 'string') {
        if (given === undefined) hidden.fire(undefined);
        else pressed.fire(back);
        return;
      }
      const items = box['items'] as vscode.QuickPickItem[];
      if (items.length > 0) box['selectedItems'] = items.filter(({ label }) => label.includes(given)).slice(0, 1);
      box['value'] = given;
      changed.fire(given);
      accepted.fire(undefined);
      const { validationMessage } = box;
      if (typeof validationMessage !== 'string') return;
      fake.asked.push(`! ${validationMessage}`);
      setImmediate(() => answer());
    };
    return box;
  };

  const channel = (): Record<string, unknown> => ({
    appendLine: (line: string) => void fake.lines.push(line),
    show: () => undefined,
    dispose: () => undefined,
  });

  const surface = {
    window: {
      activeTextEditor: undefined,
      createInputBox: input,
      createQuickPick: input,
      createOutputChannel: channel,
      createStatusBarItem: () => ({
        set text(text: string) {
          item.text = text;
        },
        set tooltip(text: string) {
          item.tooltip = text;
        },
        show: () => void (item.shown = true),
        hide: () => void (item.shown = false),
        dispose: () => undefined,
      }),
      createTreeView(_id: string, options: { treeDataProvider: vscode.TreeDataProvider<unknown> }) {
        provider = options.treeDataProvider;
        return { visible: false, onDidChangeVisibility: visibility.event, dispose: () => undefined };
      },
      onDidChangeActiveTextEditor: none.event,
      showErrorMessage: notify('error'),
      showInformationMessage: notify('info'),
      showWarningMessage: notify('warning'),
      showQuickPick: () => Promise.resolve(undefined),
      withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) =>
        work({ report: () => undefined }, { onCancellationRequested: none.event }),
    },
    workspace: {
      findFiles: ({ base, pattern }: FakePattern) =>
        Promise.resolve(globSync(pattern, { cwd: base }).map((name) => new FakeUri(path.join(base, name)))),
      getConfiguration: () => ({
        get: () => undefined,
        inspect: () => ({
          globalValue: fake.settings.user,
          workspaceValue: isTrusted ? fake.settings.workspace : undefined,
          workspaceFolderValue: fake.settings.folder,
        }),
        update(_name: string, value: unknown, target: Target) {
          fake.settings[target] = value;
          configurationChanged.fire({ affectsConfiguration: () => true });
          return Promise.resolve();
        },
      }),
      getWorkspaceFolder: (uri: FakeUri) => uris.find((each) => uri.fsPath.startsWith(each.uri.fsPath)),
      get isTrusted() {
        return isTrusted;
      },
      onDidChangeConfiguration: configurationChanged.event,
      onDidChangeWorkspaceFolders: none.event,
      onDidGrantWorkspaceTrust: trustGranted.event,
      onDidSaveTextDocument: none.event,
      workspaceFolders: uris,
    },
    commands: {
      executeCommand: (command: string, ...values: unknown[]) =>
        Promise.resolve(fake.commands.get(command)?.(...values)),
      registerCommand(id: string, handler: (argument?: unknown) => unknown) {
        fake.commands.set(id, handler);
        return { dispose: () => void fake.commands.delete(id) };
      },
    },
    env: { clipboard: { writeText: (text: string) => Promise.resolve(void fake.lines.push(`copied: ${text}`)) } },
    ConfigurationTarget: { Global: 'user', Workspace: 'workspace', WorkspaceFolder: 'folder' },
    EventEmitter: FakeEmitter,
    ProgressLocation: { Notification: 15 },
    QuickInputButtons: { Back: back },
    QuickPickItemKind: { Separator: -1 },
    RelativePattern: FakePattern,
    StatusBarAlignment: { Left: 1, Right: 2 },
    ThemeColor: FakeThemeColor,
    ThemeIcon: FakeThemeIcon,
    TreeItem: FakeTreeItem,
    TreeItemCollapsibleState: { Expanded: 2 },
    Uri: { file: (file: string) => new FakeUri(file) },
  };

  const nodes = async (): Promise<readonly unknown[]> => {
    const roots = (await provider?.getChildren(undefined)) ?? [];
    const inner = await Promise.all(roots.map(async (root) => [root, ...((await provider?.getChildren(root)) ?? [])]));
    return inner.flat();
  };

  const fake: FakeServersSurface = {
    // The fake has what ServersSurface names and no more than its callers use of it.
    surface: surface as unknown as ServersSurface,
    context: {
      workspaceState: {
        keys: () => [...fake.memory.keys()],
        get: (key: string) => fake.memory.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void fake.memory.set(key, value)),
      } as vscode.Memento,
      secrets: {
        get: (key: string) => Promise.resolve(fake.secrets.get(key)),
        store: (key: string, value: string) => Promise.resolve(void fake.secrets.set(key, value)),
        delete: (key: string) => Promise.resolve(void fake.secrets.delete(key)),
      } as unknown as vscode.SecretStorage,
    },
    log: {
      info: (message: string) => void fake.lines.push(message),
      error: (message: string | Error) => void fake.lines.push(String(message)),
    },
    messages: [],
    asked: [],
    lines: [],
    memory: new Map(),
    secrets: new Map(),
    settings: { user: settings, workspace: undefined, folder: undefined },
    commands: new Map(),
    nodes,
    rows: async () =>
      Promise.all((await nodes()).map(async (node) => (await provider?.getTreeItem(node)) as vscode.TreeItem)),
    show: (visible) => visibility.fire({ visible }),
    status: () => (item.shown ? `${item.text} ${item.tooltip}` : undefined),
    trust() {
      isTrusted = true;
      trustGranted.fire(undefined);
    },
    answers: [],
    choose: () => undefined,
  };
  return fake;
}
