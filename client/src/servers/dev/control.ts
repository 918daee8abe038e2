/** Starting, stopping and restarting `mastra dev` as a person sees it: progress, questions, messages with what to do next. */
import type { ActiveRuns } from '../activeRuns.ts';
import type { ServersSurface } from '../surface.ts';
import { findCli } from './cli.ts';
import { strayDatabases } from './databases.ts';
import { deleteDevLock, isAlive, lockFile } from './lock.ts';
import type { DevAddress, DevState } from './state.ts';
import { endForeign } from './process.ts';
import type { DevNotice, DevServer, DevStart } from './contract.ts';
import { activeRunsMessage, devNoticeMessage, devProblemMessage, errorLines, phaseText } from './words.ts';
import type { DevAction, DevMessage } from './words.ts';

export interface DevControlOptions {
  readonly vscode: Pick<
    ServersSurface,
    'window' | 'workspace' | 'commands' | 'env' | 'ProgressLocation' | 'Range' | 'Uri'
  >;
  /** The channel "Mastra Dev". */
  readonly output: { appendLine(text: string): void; show(preserveFocus?: boolean): void };
  readonly activeRuns: ActiveRuns;
  readonly runEmbedded: (server: DevServer) => Promise<void>;
}

export interface DevControl {
  /** Its address once it answers; undefined when it does not come to that, which has been said then. */
  start(server: DevServer, label: string, signal?: AbortSignal): Promise<DevAddress | undefined>;
  /** Asks first when it was started elsewhere. */
  stop(server: DevServer, label: string): Promise<boolean>;
  restart(server: DevServer, label: string): Promise<void>;
  notice(server: DevServer, label: string, notice: DevNotice): Promise<void>;
  showOutput(): void;
}

const foreignEndMilliseconds = 10_000;

export function createDevControl(options: DevControlOptions): DevControl {
  const { vscode: surface, output } = options;

  const start = async (server: DevServer, label: string, signal?: AbortSignal): Promise<DevAddress | undefined> => {
    await server.look();
    const running = addressOf(server.state);
    if (running !== undefined) return running;
    if (!(await mayStart(server, label))) return undefined;
    sayStrayDatabases(server);
    const started = await withProgress(server, label, signal);
    if (started.kind === 'ready') {
      await options.activeRuns.executed(server.project.root);
      return started.address;
    }
    const message = devProblemMessage(started.problem, label);
    if (message !== undefined) later(say(server, label, message));
    return undefined;
  };

  const mayStart = async (server: DevServer, label: string): Promise<boolean> => {
    if (server.state.kind === 'starting') return true;
    const { text, detail } = activeRunsMessage(await options.activeRuns.find(server.project.root), label) ?? {};
    if (text === undefined) return true;
    const anyway = 'Start Anyway';
    const chosen = await surface.window.showWarningMessage(text, { modal: true, detail }, anyway);
    return chosen === anyway;
  };

  const sayStrayDatabases = ({ project }: DevServer): void => {
    for (const { url, unused, used } of strayDatabases(project.root, project.mastraFolder, project.entry)) {
      output.appendLine(
        `Note: ${url} is ${used} for mastra dev, which works in that folder. ${unused} is not used by it; give an absolute path to use it.`,
      );
    }
  };

  const withProgress = (server: DevServer, label: string, signal: AbortSignal | undefined): Promise<DevStart> =>
    Promise.resolve(
      surface.window.withProgress(
        { location: surface.ProgressLocation.Notification, title: `Starting ${label}`, cancellable: true },
        async (progress, token) => {
          let said = '';
          const report = (): void => {
            const { state } = server;
            const text = state.kind === 'starting' ? phaseText(state.phase) : '';
            if (text === said) return;
            said = text;
            progress.report({ message: text });
          };
          const timer = setInterval(report, 200);
          const give = (): void => void server.stop();
          token.onCancellationRequested(give);
          // A run that nobody waits for any more does not need its server, but the next one will.
          const left = new Promise<DevStart>((resolve) => {
            signal?.addEventListener('abort', () => resolve({ kind: 'problem', problem: { kind: 'canceled' } }));
          });
          try {
            report();
            return await Promise.race([server.start(), left]);
          } finally {
            clearInterval(timer);
          }
        },
      ),
    );

  const stop = async (server: DevServer, label: string): Promise<boolean> => {
    const { state, pid } = server;
    const foreign = 'owned' in state && !state.owned;
    if (!foreign) {
      await server.stop();
      return true;
    }
    const end = 'End It';
    const chosen = await surface.window.showWarningMessage(
      `${label} was started outside of this window, as process ${pid ?? 'unknown'}. End it?`,
      { modal: true, detail: 'Runs that go on there are interrupted.' },
      end,
    );
    if (chosen !== end || pid === undefined) return false;
    if (!endForeign(pid) || !(await ended(pid))) {
      later(
        surface.window
          .showErrorMessage(`Process ${pid} could not be ended. End it where it was started.`)
          .then(() => undefined),
      );
      return false;
    }
    server.release();
    return true;
  };

  const restart = async (server: DevServer, label: string): Promise<void> => {
    if (await stop(server, label)) await start(server, label);
  };

  const say = async (server: DevServer, label: string, message: DevMessage): Promise<void> => {
    const { window } = surface;
    const show = {
      error: window.showErrorMessage,
      warning: window.showWarningMessage,
      info: window.showInformationMessage,
    };
    const titles = message.actions.map((action) => actionTitles[action]);
    const chosen = await show[message.severity](message.text, ...titles);
    const action = message.actions[titles.indexOf(chosen ?? '')];
    if (action !== undefined) await perform(server, label, action);
  };

  const perform = async (server: DevServer, label: string, action: DevAction): Promise<void> => {
    switch (action) {
      case 'output':
        output.show(true);
        return;
      case 'start':
        await start(server, label);
        return;
      case 'restart':
        return restart(server, label);
      case 'stop':
        await stop(server, label);
        return;
      case 'embedded':
        return options.runEmbedded(server);
      case 'copy-install': {
        const cli = findCli(server.project.root);
        if (cli.kind === 'missing') await surface.env.clipboard.writeText(cli.install);
        return;
      }
      case 'delete-lock':
        await deleteDevLock(server.project.root);
        await start(server, label);
        return;
      case 'show-lock':
        await surface.window.showTextDocument(
          await surface.workspace.openTextDocument(surface.Uri.file(lockFile(server.project.root))),
        );
        return;
      case 'open-error':
        return openError(server.state);
    }
  };

  const openError = async (state: DevState): Promise<void> => {
    const errors = state.kind === 'running' && state.freshness.kind === 'broken' ? state.freshness.errors : [];
    const [first] = errors;
    if (first?.file === undefined) {
      output.show(true);
      return;
    }
    const [line, column] = [(first.line ?? 1) - 1, (first.column ?? 1) - 1];
    const document = await surface.workspace.openTextDocument(surface.Uri.file(first.file));
    await surface.window.showTextDocument(document, { selection: new surface.Range(line, column, line, column) });
  };

  return {
    start,
    stop,
    restart,
    async notice(server, label, notice) {
      if (notice.kind === 'say-broken') {
        output.appendLine(['The source does not build:', ...errorLines(notice.errors)].join('\n'));
      }
      await say(server, label, devNoticeMessage(notice, label));
    },
    showOutput: () => output.show(true),
  };
}

const actionTitles: Readonly<Record<DevAction, string>> = {
  output: 'Show Output',
  restart: 'Restart',
  start: 'Start',
  stop: 'Stop',
  'open-error': 'Go to Error',
  'copy-install': 'Copy Command',
  'delete-lock': 'Delete Lock and Start',
  'show-lock': 'Show Lock',
  embedded: 'Run Embedded',
};

function addressOf(state: DevState): DevAddress | undefined {
  return state.kind === 'running' ? state.address : undefined;
}

/** True once the process is gone. */
async function ended(pid: number): Promise<boolean> {
  const giveUp = Date.now() + foreignEndMilliseconds;
  while (isAlive(pid)) {
    if (Date.now() > giveUp) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}

/** Notifications stay as long as the author likes; nothing waits for them. */
function later(notification: PromiseLike<void>): void {
  void Promise.resolve(notification).catch(() => undefined);
}
