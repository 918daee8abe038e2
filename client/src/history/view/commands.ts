/** The commands of the Runs view. Each works on what it is called with, else on what is selected in the view. */
import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { runsCommandIds, runsViewId } from '../../../../common/protocol/ids.ts';
import { ServerUnavailable } from '../../server.ts';
import type { RecordedRun, RunSummary } from '../summary.ts';
import { deleteAll, deleteRuns, followRun, pin, rerun, resumeRun, showRun } from './actions.ts';
import type { ActionDependencies } from './actions.ts';
import { chooseFilter, chooseGrouping } from './choose.ts';
import type { ChooseSurface } from './choose.ts';
import { noFilter } from './model.ts';
import { exportRuns, importRuns } from './transfer.ts';
import type { TransferSurface } from './transfer.ts';

export interface RunsCommandDependencies extends ActionDependencies {
  readonly vscode: ActionDependencies['vscode'] &
    ChooseSurface &
    TransferSurface & { readonly commands: Pick<typeof vscode.commands, 'executeCommand' | 'registerCommand'> };
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: (message: string) => void;
}

/** What VS Code calls a command of a tree with: the item that was clicked and, when that is among them, all that are selected. */
type Handler = (argument: unknown, selected: unknown) => Promise<void>;

/** Registers every command of `runsCommandIds`. */
export function registerRunsCommands(dependencies: RunsCommandDependencies): { dispose(): void } {
  const { vscode: surface, history, view, memory } = dependencies;
  const { store } = history;

  /** For what is done with any number of runs, also from the keyboard: then with what is selected. */
  const many =
    (action: (runs: readonly RecordedRun[]) => Promise<void>): Handler =>
    async (argument, selected) => {
      const ids = new Set(idsOf(selected ?? [argument]) ?? view.selection().map(({ id }) => id));
      // Read anew: what an item stands for may have ended, or be gone.
      const runs = (await store.list()).filter(({ id }) => ids.has(id));
      if (runs.length === 0) view.refresh();
      else await action(runs);
    };

  /** For what can only be done with one run, and with one that can be read. */
  const one = (action: (run: RunSummary) => Promise<void>): Handler => {
    const only = many(async ([run]) => {
      if (run?.kind === 'run') await action(run);
    });
    return (argument) => only(argument, undefined);
  };

  const handlers: Record<keyof typeof runsCommandIds, Handler> = {
    showRun: one((run) => showRun(dependencies, run)),
    resumeRecorded(argument) {
      const step = answered.safeParse(argument);
      return one((run) => resumeRun(dependencies, run, step.success ? step.data : {}))(argument, undefined);
    },
    followRun: one((run) => followRun(dependencies, run)),
    rerun: one((run) => rerun(dependencies, run, 'same')),
    rerunEdited: one((run) => rerun(dependencies, run, 'edited')),
    pinRun: many((runs) => pin(dependencies, runs, true)),
    unpinRun: many((runs) => pin(dependencies, runs, false)),
    exportRun: many((runs) => exportRuns(surface, store, memory, runs)),
    deleteRun: many((runs) => deleteRuns(dependencies, runs)),
    deleteAllRuns: () => deleteAll(dependencies),
    async importRun() {
      const id = await importRuns(surface, store, memory);
      if (id === undefined) return;
      history.changed();
      await surface.commands.executeCommand(`${runsViewId}.focus`);
      await view.reveal(id);
    },
    refreshRuns() {
      view.refresh();
      return Promise.resolve();
    },
    async groupRuns() {
      const chosen = await chooseGrouping(surface, view.grouping);
      if (chosen !== undefined) view.setGrouping(chosen);
    },
    async filterRuns() {
      const chosen = await chooseFilter(surface, view.filter, await store.list());
      if (chosen !== undefined) view.setFilter(chosen);
    },
    clearRunFilter() {
      view.setFilter(noFilter);
      return Promise.resolve();
    },
  };

  const registrations = Object.entries(runsCommandIds).map(([name, id]) =>
    surface.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        await handlers[name as keyof typeof runsCommandIds](argument, selected);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        dependencies.log(error instanceof Error ? (error.stack ?? message) : message);
        const about = error instanceof ServerUnavailable ? 'The workflow of the run cannot be found' : 'Run history';
        await surface.window.showErrorMessage(`${about}: ${message}`);
      }
    }),
  );
  return {
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}

const withId = z.object({ id: z.string() });
const node = z.union([
  z.object({ kind: z.literal('run'), run: withId }),
  z.object({ kind: z.literal('group'), runs: z.array(withId) }),
]);

/** Beside the item: what of the run is answered, when that is known already. */
const answered = z.object({
  step: z.optional(z.array(z.string())),
  index: z.optional(z.number()),
  data: z.optional(z.unknown()),
});

/** The ids of the runs that items stand for; undefined when they are none. */
function idsOf(items: unknown): readonly string[] | undefined {
  const given = z.array(node).safeParse(items);
  if (!given.success) return undefined;
  return given.data.flatMap((found) => (found.kind === 'run' ? [found.run.id] : found.runs.map(({ id }) => id)));
}
