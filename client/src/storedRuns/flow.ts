/** "Import Runs from Server": a part of its own, `dist/importRuns.cjs`, that is loaded when it is asked for (see command.ts). */
import type * as vscode from 'vscode';
import { serverCommandIds } from '../../../common/protocol/ids.ts';
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import type { LogHeader } from '../../../common/runlog/file.ts';
import type { History } from '../history/history.ts';
import type { ServerAddress } from '../run/http/address.ts';
import { readStoredRun } from '../run/http/history.ts';
import { ServerFailure } from '../run/http/problem.ts';
import type { ServerProblem } from '../run/http/problem.ts';
import { connectServer } from '../run/http/server.ts';
import type { ServerFacts } from '../run/http/server.ts';
import { serverProblemText } from '../run/http/words.ts';
import { labelOf } from '../servers/list.ts';
import type { FolderServers } from '../servers/list.ts';
import { chooseRuns, chooseServer, chooseWorkflows, summaryText } from './choose.ts';
import type { ChooseSurface, ServerChoice } from './choose.ts';
import { findRuns } from './found.ts';
import type { FoundRun } from './found.ts';
import { inParallel } from './parallel.ts';

export interface ImportDependencies {
  readonly vscode: ChooseSurface & {
    readonly window: Pick<
      typeof vscode.window,
      'showErrorMessage' | 'showInformationMessage' | 'showWarningMessage' | 'withProgress'
    >;
    readonly commands: Pick<typeof vscode.commands, 'executeCommand'>;
    readonly ProgressLocation: Pick<typeof vscode.ProgressLocation, 'Notification'>;
  };
  readonly servers: {
    folders(): readonly FolderServers[];
    search(): Promise<void>;
    /** Starts a `mastra dev` that does not run; undefined when that was given up, which has been said then. */
    reach(choice: ServerChoice, signal: AbortSignal): Promise<ServerAddress | undefined>;
  };
  readonly history: Pick<History, 'store' | 'importRun' | 'prune'>;
  /** Every workflow of the workspace, for the names of its files. */
  readonly workflows: () => Promise<readonly WorkflowSummary[]>;
  /** Shows a run in the Runs view. */
  readonly reveal: (id: string) => Promise<void>;
}

/** Asks what is to be imported and imports it; says itself what happened. `choice` is what was clicked. */
export async function importFromServer(
  dependencies: ImportDependencies,
  choice: ServerChoice | undefined,
): Promise<void> {
  const { vscode: surface } = dependencies;
  const from = choice ?? (await whichServer(dependencies));
  if (from === undefined) return;
  const name = labelOf(from.server);
  try {
    const reached = await reach(dependencies, from, name);
    if (reached === undefined) return;
    const { address, facts } = reached;
    const workflows = await chooseWorkflows(surface, name, facts.workflows);
    if (workflows === undefined) return;
    const places = workflows.map(({ key }) => ({ address, id: key }));
    const runs = await chooseRuns(surface, name, async (page, signal) =>
      findRuns(places, page, await dependencies.history.store.list(), signal),
    );
    if (runs === undefined) return;
    await importRuns(dependencies, { from, name, facts, runs });
  } catch (error) {
    if (!(error instanceof ServerFailure)) throw error;
    if (error.problem.kind === 'canceled') return;
    await surface.window.showErrorMessage(`Runs of ${name} cannot be imported. ${serverProblemText(error.problem)}`);
  }
}

async function whichServer({ vscode: surface, servers }: ImportDependencies): Promise<ServerChoice | undefined> {
  await servers.search();
  const choices = servers
    .folders()
    .flatMap(({ folder, servers: listed }) =>
      listed.flatMap((server) => (server.kind === 'embedded' ? [] : [{ folder, server }])),
    );
  if (choices.length > 0) return chooseServer(surface, choices);
  const add = 'Add Remote Server…';
  const chosen = await surface.window.showInformationMessage(
    'There is no server to import from. Embedded runs are recorded as they happen; add the server that stores the others.',
    add,
  );
  if (chosen === add) await surface.commands.executeCommand(serverCommandIds.addServer);
  return undefined;
}

async function reach(
  { vscode: surface, servers }: ImportDependencies,
  from: ServerChoice,
  name: string,
): Promise<{ readonly address: ServerAddress; readonly facts: ServerFacts } | undefined> {
  return surface.window.withProgress(
    { location: surface.ProgressLocation.Notification, title: `Asking ${name}…`, cancellable: true },
    async (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const { signal } = controller;
      const address = await servers.reach(from, signal);
      if (address === undefined || signal.aborted) return undefined;
      return { address, facts: await connectServer(address, { signal }) };
    },
  );
}

interface Import {
  readonly from: ServerChoice;
  readonly name: string;
  readonly facts: ServerFacts;
  readonly runs: readonly FoundRun[];
}

/** Reads the runs and writes them into the history, some at a time. What is imported when it is canceled stays. */
async function importRuns(dependencies: ImportDependencies, { from, name, facts, runs }: Import): Promise<void> {
  const { vscode: surface, history } = dependencies;
  // Without a language server the runs are found by the ids of their workflows later on.
  const known = await dependencies.workflows().catch(() => []);
  const wanted = runs.filter(({ presence }) => presence.kind !== 'present');
  const done: { readonly id: string; readonly updated: boolean; readonly createdAt: number }[] = [];
  const failures: ServerProblem[] = [];
  let given = wanted.length;
  await surface.window.withProgress(
    { location: surface.ProgressLocation.Notification, title: `Importing runs from ${name}`, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      await inParallel(wanted, async (run) => {
        if (controller.signal.aborted) return;
        try {
          const { stored, presence } = run;
          const events = await readStoredRun(run.place, stored.runId, controller.signal);
          const replaced = presence.kind === 'outdated' ? presence.id : undefined;
          const id = await history.importRun(headerOf(run, { from, name, facts, known }), events, replaced);
          done.push({ id, updated: replaced !== undefined, createdAt: stored.createdAt });
        } catch (error) {
          if (!(error instanceof ServerFailure)) throw error;
          if (error.problem.kind === 'canceled') return;
          failures.push(error.problem);
          // A single run may be gone; what is wrong with the server is wrong for all.
          if (error.problem.kind !== 'run-missing' && error.problem.kind !== 'version') controller.abort();
        }
        given -= 1;
        progress.report({ increment: 100 / wanted.length, message: `${wanted.length - given} of ${wanted.length}` });
      });
    },
  );
  await history.prune();
  const kept = new Set((await history.store.list()).map(({ id }) => id));
  const [newest] = done.filter(({ id }) => kept.has(id)).toSorted((a, b) => b.createdAt - a.createdAt);
  const text = summaryText(name, {
    imported: done.length,
    updated: done.filter(({ updated }) => updated).length,
    present: runs.length - wanted.length,
    dropped: done.filter(({ id }) => !kept.has(id)).length,
    left: wanted.length - done.length - failures.length,
  });
  const [failure] = failures;
  if (failure === undefined) void surface.window.showInformationMessage(text);
  else {
    const many = failures.length === 1 ? 'One run could not be read' : `${failures.length} runs could not be read`;
    void surface.window.showWarningMessage(`${text} ${many}: ${serverProblemText(failure)}`);
  }
  if (newest !== undefined) await dependencies.reveal(newest.id);
}

function headerOf(
  { stored }: FoundRun,
  {
    from,
    name,
    facts,
    known,
  }: Omit<Import, 'runs'> & {
    readonly known: readonly WorkflowSummary[];
  },
): Omit<LogHeader, 'format' | 'version' | 'id'> {
  const { workflowId: id } = stored;
  const declared = known.find((workflow) => workflow.id === id);
  return {
    workflow:
      declared === undefined
        ? { key: `${from.server.id}#${id}`, id, name: undefined, file: '' }
        : { key: declared.key, id, name: declared.name, file: declared.key.slice(0, declared.key.lastIndexOf('#')) },
    server: { id: from.server.id, kind: from.server.kind, name },
    mastraVersion: facts.mastraVersion,
    startedAt: stored.createdAt,
    inputName: undefined,
    imported: { at: Date.now(), from: `the storage of ${name}` },
    graph: undefined,
  };
}
