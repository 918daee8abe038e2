/** Comparing runs as a part of its own, `dist/compare.cjs`: loaded when it is first used (see later.ts). */
import type { ComparedRuns } from '../../../common/protocol/compare.ts';
import { compareViewType } from '../../../common/protocol/ids.ts';
import { chooseRuns } from './choose.ts';
import type { ChooseDependencies } from './choose.ts';
import { parseSavedRuns } from './messages.ts';
import { openComparison } from './page.ts';
import type { ComparisonDependencies, OpenComparison } from './page.ts';
import type * as vscode from 'vscode';

export interface CompareDependencies extends ComparisonDependencies {
  readonly selection: ChooseDependencies['selection'];
}

export interface Comparisons {
  /** Asks for what the arguments of the command do not say, and shows the page. */
  compare(argument: unknown, selected: unknown): Promise<void>;
  /** Goes on with a page of an earlier window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  dispose(): void;
}

export function createComparisons(dependencies: CompareDependencies): Comparisons {
  const { vscode: code, history, selection } = dependencies;
  const open = new Set<OpenComparison>();

  const start = (panel: vscode.WebviewPanel, runs: ComparedRuns): void => {
    const comparison = openComparison(dependencies, panel, runs);
    open.add(comparison);
    panel.onDidDispose(() => open.delete(comparison));
  };

  return {
    async compare(argument, selected) {
      const runs = await chooseRuns({ vscode: code, list: () => history.store.list(), selection }, argument, selected);
      if (runs === undefined) return;
      const same = [...open].find((comparison) => {
        const { left, right } = comparison.runs();
        return left === runs.left && right === runs.right;
      });
      if (same !== undefined) {
        same.panel.reveal();
        return;
      }
      start(
        code.window.createWebviewPanel(compareViewType, 'Mastra: Compare Runs', { viewColumn: code.ViewColumn.Active }),
        runs,
      );
    },
    restore(panel, state) {
      const runs = parseSavedRuns(state);
      if (runs === undefined) panel.dispose();
      else start(panel, runs);
    },
    dispose() {
      for (const { panel } of [...open]) panel.dispose();
    },
  };
}
