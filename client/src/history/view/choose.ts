/** The two choices of the Runs view: how runs are grouped, and which are shown. */
import type * as vscode from 'vscode';
import type { RecordedRun } from '../summary.ts';
import { groupings } from './model.ts';
import type { Grouping, RunFilter } from './model.ts';
import { serverOf, shownStatuses, statusOf, statusWords } from './words.ts';
import type { ShownStatus } from './words.ts';

export interface ChooseSurface {
  readonly window: Pick<typeof vscode.window, 'createQuickPick' | 'showQuickPick'>;
  readonly QuickPickItemKind: typeof vscode.QuickPickItemKind;
}

const groupingLabels: Readonly<Record<Grouping, string>> = {
  workflow: '$(type-hierarchy-sub) Workflow',
  status: '$(pass) Status',
  server: '$(server-environment) Server',
  day: '$(calendar) Day',
  none: '$(list-flat) No groups',
};

/** Undefined when the author gave up. */
export async function chooseGrouping(surface: ChooseSurface, current: Grouping): Promise<Grouping | undefined> {
  const items = groupings.map((grouping) => ({
    grouping,
    label: groupingLabels[grouping],
    ...(grouping === current && { description: 'current' }),
  }));
  const chosen = await surface.window.showQuickPick(items, {
    title: 'Group Runs By',
    placeHolder: 'Select how runs are grouped',
  });
  return chosen?.grouping;
}

interface FilterItem extends vscode.QuickPickItem {
  readonly choice?: { readonly status: ShownStatus } | { readonly server: string };
}

/** One box for all: what is typed is looked for, what is ticked is shown. Undefined when the author gave up. */
export async function chooseFilter(
  surface: ChooseSurface,
  current: RunFilter,
  runs: readonly RecordedRun[],
): Promise<RunFilter | undefined> {
  const items = filterItems(surface, current, runs);
  const pick = surface.window.createQuickPick<FilterItem>();
  try {
    pick.title = 'Filter Runs';
    pick.placeholder = 'Words of workflow, input or error';
    pick.canSelectMany = true;
    pick.items = items;
    pick.selectedItems = items.filter(({ choice }) => choice !== undefined && isChosen(choice, current));
    pick.value = current.text;
    return await new Promise<RunFilter | undefined>((resolve) => {
      pick.onDidAccept(() => resolve(filterOf(pick.value, pick.selectedItems)));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function filterItems(surface: ChooseSurface, current: RunFilter, runs: readonly RecordedRun[]): FilterItem[] {
  const present = new Set(runs.map(statusOf));
  const statuses = shownStatuses.filter((status) => present.has(status) || current.statuses.includes(status));
  const servers = [...new Set([...runs.map(serverOf), ...current.servers])].sort();
  const heading = (label: string): FilterItem => ({ label, kind: surface.QuickPickItemKind.Separator });
  // What is typed looks for runs, and hides none of the choices.
  const always = { alwaysShow: true };
  return [
    heading('Status'),
    ...statuses.map((status) => ({ label: statusWords[status], choice: { status }, ...always })),
    heading('Server'),
    ...servers.map((server) => ({ label: server, choice: { server }, ...always })),
  ];
}

function isChosen(choice: NonNullable<FilterItem['choice']>, filter: RunFilter): boolean {
  return 'status' in choice ? filter.statuses.includes(choice.status) : filter.servers.includes(choice.server);
}

function filterOf(text: string, chosen: readonly FilterItem[]): RunFilter {
  const choices = chosen.map(({ choice }) => choice).filter((choice) => choice !== undefined);
  return {
    text: text.trim(),
    statuses: choices.flatMap((choice) => ('status' in choice ? [choice.status] : [])),
    servers: choices.flatMap((choice) => ('server' in choice ? [choice.server] : [])),
  };
}
