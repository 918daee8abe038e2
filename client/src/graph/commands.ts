/** Commands about graph panels: the one in front, else that of a workflow that is chosen. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import { graphCommandIds } from '../../../common/protocol/ids.ts';
import type { GraphPanels } from './panel.ts';
import type { chooseExport } from './export/choose.ts';

export interface GraphCommandDependencies {
  readonly vscode: typeof vscode;
  readonly graph: Pick<GraphPanels, 'active' | 'openAnother' | 'export'>;
  /** Undefined when the author gave up, or was told why there is nothing to choose from. */
  readonly choose: (argument: unknown, title: string) => Promise<ChosenGraph | undefined>;
  readonly loadExport: () => Promise<{ readonly chooseExport: typeof chooseExport }>;
}

export interface ChosenGraph {
  readonly uri: string;
  readonly key: WorkflowKey;
  readonly title: string;
}

export function registerGraphCommands(dependencies: GraphCommandDependencies): vscode.Disposable {
  const { vscode: code, graph, choose, loadExport } = dependencies;
  // The title bar of a panel passes something of VS Code's own.
  const find = async (argument: unknown, title: string): Promise<ChosenGraph | undefined> =>
    graph.active() ?? (await choose(argument, title));
  return code.Disposable.from(
    code.commands.registerCommand(graphCommandIds.exportGraph, async (argument: unknown) => {
      const target = await find(argument, 'Export Graph');
      if (target === undefined) return;
      const { chooseExport: ask } = await loadExport();
      const request = await ask(code, target.title);
      if (request !== undefined) graph.export(target, request);
    }),
    code.commands.registerCommand(graphCommandIds.openAnotherGraph, async (argument: unknown) => {
      const target = await find(argument, 'Open Another Graph');
      if (target !== undefined) graph.openAnother(target);
    }),
  );
}
