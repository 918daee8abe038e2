/** Runs and groups as items of the tree. */
import type * as vscode from 'vscode';
import { runsCommandIds } from '../../../../common/protocol/ids.ts';
import { isFollowable } from '../reattach.ts';
import type { RecordedRun } from '../summary.ts';
import type { Grouping, RunGroup, RunsNode } from './model.ts';
import { agoText, counted, durationText, statusIcons, statusOf, statusWords, timeText, titleOf } from './words.ts';
import type { ShownStatus } from './words.ts';

/** The part of VS Code that items are made of. */
export type ItemSurface = Pick<typeof vscode, 'TreeItem' | 'TreeItemCollapsibleState' | 'ThemeIcon' | 'ThemeColor'>;

const groupIcons = { workflow: 'type-hierarchy-sub', server: 'server-environment', day: 'calendar' } as const;

export function itemOf(
  surface: ItemSurface,
  node: RunsNode,
  { grouping, expanded, now }: { readonly grouping: Grouping; readonly expanded: boolean; readonly now: number },
): vscode.TreeItem {
  return node.kind === 'group' ? groupItem(surface, node, expanded) : runItem(surface, node.run, grouping, now);
}

function groupItem(surface: ItemSurface, group: RunGroup, expanded: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = surface.TreeItemCollapsibleState;
  const item = new surface.TreeItem(group.label, expanded ? Expanded : Collapsed);
  const [first] = group.runs;
  item.id = group.id;
  item.description = String(group.runs.length);
  item.contextValue = 'group';
  item.tooltip = `${group.label}: ${counted(group.runs.length, 'run')}`;
  item.iconPath =
    group.grouping === 'status'
      ? statusIcon(surface, first === undefined ? 'success' : statusOf(first))
      : new surface.ThemeIcon(groupIcons[group.grouping]);
  return item;
}

/** Without a tooltip: that is made when it is asked for. */
function runItem(surface: ItemSurface, run: RecordedRun, grouping: Grouping, now: number): vscode.TreeItem {
  const status = statusOf(run);
  const time = timeText(run.startedAt, now);
  const title = grouping === 'workflow' && run.kind === 'run' ? time : titleOf(run);
  const item = new surface.TreeItem(title, surface.TreeItemCollapsibleState.None);
  const description = descriptionOf(run, grouping, now);
  item.id = run.id;
  item.description = description;
  item.iconPath = statusIcon(surface, status);
  item.contextValue = contextOf(run);
  item.accessibilityInformation = {
    label: [titleOf(run), statusWords[status], time, description].join(', '),
  };
  if (run.kind === 'run') {
    item.command = { command: runsCommandIds.showRun, title: 'Show Run on Graph', arguments: [{ kind: 'run', run }] };
  }
  return item;
}

function descriptionOf(run: RecordedRun, grouping: Grouping, now: number): string {
  const parts =
    run.kind === 'unreadable'
      ? [agoText(run.startedAt, now), run.reason]
      : [
          run.pinned ? 'pinned' : undefined,
          run.header.inputName === undefined ? undefined : `“${run.header.inputName}”`,
          durationText(run, now),
          agoText(run.startedAt, now),
          // Most runs are embedded: said of those that are not.
          grouping === 'server' || run.header.server.kind === 'embedded' ? undefined : run.header.server.name,
          run.header.imported === undefined ? undefined : 'imported',
        ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** What menus ask for: `run success pinned`, `run interrupted server`, `unreadable`. */
function contextOf(run: RecordedRun): string {
  const words = run.kind === 'run' ? ['run', run.status] : ['unreadable'];
  if (run.kind === 'run' && isFollowable(run)) words.push('server');
  if (run.pinned) words.push('pinned');
  return words.join(' ');
}

function statusIcon(surface: ItemSurface, status: ShownStatus): vscode.ThemeIcon {
  const { icon, color } = statusIcons[status];
  return new surface.ThemeIcon(icon, new surface.ThemeColor(color));
}
