/** A thin fake of the part of VS Code that runs use: what a person would see is a transcript, what they do is scripted. */
import type * as vscode from 'vscode';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import type { RunSurface } from '../../client/src/run/surface.ts';

export interface FakeBox {
  readonly title: string | undefined;
  value: string;
  readonly validation: string | undefined;
  readonly busy: boolean;
  type(text: string): void;
  accept(): void;
  hide(): void;
  press(button: number): void;
}

export interface FakeSurface {
  readonly surface: RunSurface;
  /** Notifications in the order in which they came: `error: text [Action] [Action]`. */
  readonly messages: string[];
  readonly commands: string[];
  readonly opened: string[];
  readonly progress: string[];
  readonly boxes: FakeBox[];
  /** Quick picks: the title and the labels. */
  readonly picks: string[];
  /** Chooses an item of a quick pick. */
  pick: (items: readonly vscode.QuickPickItem[]) => vscode.QuickPickItem | undefined;
  /** Called with each box when it is shown. */
  onBox: (box: FakeBox) => void;
  /** Chooses an action of a notification. */
  choose: (text: string, actions: readonly string[]) => string | undefined;
  settings: Record<string, unknown>;
  trusted: boolean;
  graphVisible: boolean;
  /** Presses cancel on the progress notification. */
  cancelProgress: () => void;
  /** Presses the lens with this number in an open input file. */
  pressLens(file: string, lens: number): Promise<void>;
  readonly memory: Map<string, unknown>;
  /** Tells that a file was saved. */
  save(file: string): void;
}

class FakeUri {
  readonly fsPath: string;
  constructor(file: string) {
    this.fsPath = file;
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

class FakeRange {
  readonly start: { line: number; character: number };
  constructor(line: number, character: number) {
    this.start = { line, character };
  }
}

class FakeCodeLens {
  readonly command: vscode.Command;
  constructor(_range: unknown, command: vscode.Command) {
    this.command = command;
  }
}

class FakeThemeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class FakeWebviewTab {
  readonly viewType: string;
  constructor(viewType: string) {
    this.viewType = viewType;
  }
}

class FakeTextTab {
  readonly uri: FakeUri;
  constructor(uri: FakeUri) {
    this.uri = uri;
  }
}

/** `folder` is the one workspace folder. */
export function fakeSurface(folder: string): FakeSurface {
  const closedTabs = new FakeEmitter<{ closed: readonly { input: unknown }[] }>();
  const saved = new FakeEmitter<{ uri: FakeUri }>();
  const handlers = new Map<string, (...values: unknown[]) => unknown>();
  let lensProvider: Pick<vscode.CodeLensProvider, 'provideCodeLenses'> | undefined;
  let cancel: (() => void) | undefined;
  let textTabs: { input: FakeTextTab }[] = [];

  const document = (uri: FakeUri): unknown => ({
    uri,
    isDirty: false,
    getText: () => readFileSync(uri.fsPath, 'utf8'),
    save: () => Promise.resolve(true),
  });

  const notify =
    (severity: string) =>
    (text: string, ...actions: string[]): Promise<string | undefined> => {
      fake.messages.push([`${severity}: ${text}`, ...actions.map((action) => `[${action}]`)].join(' '));
      return Promise.resolve(fake.choose(text, actions));
    };

  const createInputBox = (): unknown => {
    const changed = new FakeEmitter<string>();
    const accepted = new FakeEmitter<undefined>();
    const hidden = new FakeEmitter<undefined>();
    const pressed = new FakeEmitter<unknown>();
    let value = '';
    const box = {
      title: undefined as string | undefined,
      prompt: '',
      placeholder: '',
      ignoreFocusOut: false,
      busy: false,
      buttons: [] as unknown[],
      validationMessage: undefined as { message: string } | undefined,
      get value() {
        return value;
      },
      set value(text: string) {
        value = text;
      },
      onDidChangeValue: changed.event,
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      onDidTriggerButton: pressed.event,
      show: () => fake.onBox(handle),
      // VS Code fires onDidHide when a box is disposed of.
      dispose: () => hidden.fire(undefined),
    };
    const handle: FakeBox = {
      get title() {
        return box.title;
      },
      get value() {
        return value;
      },
      set value(text: string) {
        value = text;
      },
      get validation() {
        return box.validationMessage?.message;
      },
      get busy() {
        return box.busy;
      },
      type(text) {
        value = text;
        changed.fire(text);
      },
      accept: () => accepted.fire(undefined),
      hide: () => hidden.fire(undefined),
      press: (button) => pressed.fire(box.buttons[button]),
    };
    fake.boxes.push(handle);
    return box;
  };

  const surface = {
    window: {
      createInputBox,
      showErrorMessage: notify('error'),
      showQuickPick(items: readonly vscode.QuickPickItem[], options: { title: string }) {
        fake.picks.push(`${options.title}: ${items.map(({ label }) => label).join(', ')}`);
        return Promise.resolve(fake.pick(items));
      },
      showInformationMessage: notify('info'),
      showWarningMessage: notify('warning'),
      showTextDocument(shown: { uri: FakeUri }, options?: { selection?: FakeRange }) {
        const at = options?.selection?.start;
        fake.opened.push(path.basename(shown.uri.fsPath) + (at === undefined ? '' : `:${at.line}:${at.character}`));
        textTabs.push({ input: new FakeTextTab(shown.uri) });
        return Promise.resolve(undefined);
      },
      tabGroups: {
        get all() {
          const active = fake.graphVisible
            ? { input: new FakeWebviewTab('mainThreadWebview-mastra.workflowGraph') }
            : undefined;
          return [{ activeTab: active, tabs: textTabs }];
        },
        onDidChangeTabs: closedTabs.event,
        close(tabs: { input: FakeTextTab }[]) {
          textTabs = textTabs.filter((tab) => !tabs.includes(tab));
          closedTabs.fire({ closed: tabs });
          return Promise.resolve(true);
        },
      },
      withProgress(options: { title: string }, work: (progress: unknown, token: unknown) => Promise<unknown>) {
        fake.progress.push(options.title);
        const canceled = new FakeEmitter<undefined>();
        cancel = () => canceled.fire(undefined);
        const progress = { report: ({ message }: { message: string }) => void fake.progress.push(message) };
        return work(progress, { onCancellationRequested: canceled.event });
      },
    },
    workspace: {
      fs: {
        async writeFile(uri: FakeUri, content: Uint8Array) {
          await mkdir(path.dirname(uri.fsPath), { recursive: true });
          await writeFile(uri.fsPath, content);
        },
      },
      getConfiguration: () => ({ get: (name: string) => fake.settings[name] }),
      getWorkspaceFolder: () => ({ uri: new FakeUri(folder) }),
      get isTrusted() {
        return fake.trusted;
      },
      onDidSaveTextDocument: saved.event,
      openTextDocument: (uri: FakeUri) => Promise.resolve(document(uri)),
      saveAll: () => Promise.resolve(true),
    },
    commands: {
      executeCommand(command: string, ...values: unknown[]) {
        fake.commands.push([command, ...values.map((value) => JSON.stringify(value))].join(' '));
        return Promise.resolve(undefined);
      },
      registerCommand(command: string, handler: (...values: unknown[]) => unknown) {
        handlers.set(command, handler);
        return { dispose: () => void handlers.delete(command) };
      },
    },
    languages: {
      registerCodeLensProvider(_selector: unknown, provider: Pick<vscode.CodeLensProvider, 'provideCodeLenses'>) {
        lensProvider = provider;
        return { dispose: () => undefined };
      },
    },
    Uri: {
      file: (file: string) => new FakeUri(file),
      parse: (text: string) => new FakeUri(text.startsWith('file:') ? fileURLToPath(text) : text),
      joinPath: (uri: FakeUri, ...parts: string[]) => new FakeUri(path.join(uri.fsPath, ...parts)),
    },
    EventEmitter: FakeEmitter,
    ThemeIcon: FakeThemeIcon,
    Range: FakeRange,
    CodeLens: FakeCodeLens,
    TabInputWebview: FakeWebviewTab,
    TabInputText: FakeTextTab,
    ProgressLocation: { Notification: 15 },
    InputBoxValidationSeverity: { Error: 3, Info: 1 },
  };

  const fake: FakeSurface = {
    save: (file) => saved.fire({ uri: new FakeUri(file) }),
    // The fake has what RunSurface names and no more than its callers use of it.
    surface: surface as unknown as RunSurface,
    messages: [],
    commands: [],
    opened: [],
    progress: [],
    boxes: [],
    picks: [],
    pick: () => undefined,
    onBox: () => undefined,
    choose: () => undefined,
    settings: {},
    trusted: true,
    graphVisible: false,
    cancelProgress: () => cancel?.(),
    async pressLens(file, lens) {
      const lenses = await lensProvider?.provideCodeLenses(document(new FakeUri(file)) as vscode.TextDocument, {
        isCancellationRequested: false,
        onCancellationRequested: new FakeEmitter().event,
      });
      const command = lenses?.[lens]?.command;
      if (command !== undefined) await handlers.get(command.command)?.(...((command.arguments ?? []) as unknown[]));
    },
    memory: new Map(),
  };
  return fake;
}
