/** From the argument of a command to the workflow it is about, or to a message that says why there is none. */
import type * as vscode from 'vscode';
import { commandIds, type WorkflowSummary } from '../../../common/protocol/index.ts';
import type { SearchResult } from '../search.ts';
import { ServerUnavailable, type WorkflowServer } from '../server.ts';
import { explainNoWorkflows, showExplanation } from './explain.ts';
import { pickWorkflow, rememberWorkflow } from './pick.ts';
import { targetOf, type CommandTarget } from './target.ts';

export interface ChooseDependencies {
  readonly vscode: typeof vscode;
  readonly server: WorkflowServer;
  /** State of the workspace: remembers the workflow that was used last. */
  readonly memory: vscode.Memento;
  /** Looks for Mastra in the workspace and starts the server when it is there. */
  readonly look: () => Promise<SearchResult>;
}

export interface Chosen {
  readonly workflow: WorkflowSummary;
  readonly target: CommandTarget;
}

/** Undefined when the user gave up, or was told why there is nothing to choose from. */
export async function chooseWorkflow(
  dependencies: ChooseDependencies,
  argument: unknown,
  title: string,
): Promise<Chosen | undefined> {
  const { vscode, server, memory, look } = dependencies;
  const named = targetOf(argument);
  try {
    if (server.state.kind === 'stopped' && !named) {
      const searched = await look();
      if (searched.kind !== 'found') {
        await showExplanation(vscode, explainNoWorkflows(searched.kind));
        return undefined;
      }
    }
    const workflows = await readWorkflows(vscode, server, named?.uri);
    if (named) {
      const workflow = workflows.find(({ key }) => key === named.key);
      if (!workflow) {
        await showExplanation(vscode, gone);
        return undefined;
      }
      await rememberWorkflow(memory, workflow);
      return { workflow, target: named };
    }
    if (workflows.length === 0) {
      await showExplanation(vscode, explainNoWorkflows('found'));
      return undefined;
    }
    const ofFile = inFile(vscode, argument, workflows);
    const workflow =
      ofFile.length === 1 ? ofFile[0] : await pickWorkflow(dependencies, ofFile.length > 0 ? ofFile : workflows, title);
    if (!workflow) {
      return undefined;
    }
    await rememberWorkflow(memory, workflow);
    return { workflow, target: { uri: workflow.uri, key: workflow.key } };
  } catch (error) {
    if (error instanceof ServerUnavailable) {
      await showUnavailable(vscode, error.message);
      return undefined;
    }
    throw error;
  }
}

const gone = {
  message:
    'This workflow is not in the file any more, or the file cannot be read right now. Check it for syntax errors.',
  action: { title: 'Show log', command: commandIds.showLog },
};

/** The first answer of a server that has just started takes a moment. */
async function readWorkflows(
  code: typeof vscode,
  server: WorkflowServer,
  uri: string | undefined,
): Promise<readonly WorkflowSummary[]> {
  return code.window.withProgress({ location: code.ProgressLocation.Window, title: 'Mastra: reading workflows…' }, () =>
    server.request('mastra/workflows', { uri }),
  );
}

/** Menus of an editor pass the URI of its file: the workflows of that file, of which there may be none. */
function inFile(
  code: typeof vscode,
  argument: unknown,
  workflows: readonly WorkflowSummary[],
): readonly WorkflowSummary[] {
  return argument instanceof code.Uri ? workflows.filter(({ uri }) => uri === argument.toString()) : [];
}

/** Tells that there is no language server, and offers to start it again. */
export async function showUnavailable(code: typeof vscode, message: string): Promise<void> {
  const restart = 'Restart';
  const log = 'Show log';
  const chosen = await code.window.showErrorMessage(message, restart, log);
  if (chosen === restart) {
    await code.commands.executeCommand(commandIds.restartServer);
  } else if (chosen === log) {
    await code.commands.executeCommand(commandIds.showLog);
  }
}
