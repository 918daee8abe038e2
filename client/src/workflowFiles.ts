/** Keeps the context key by which menus know the files with workflows. */
import type * as vscode from 'vscode';
import { workflowFilesContext } from '../../common/protocol/index.ts';
import type { WorkflowServer } from './server.ts';

export interface WorkflowFilesDependencies {
  readonly vscode: typeof vscode;
  readonly server: WorkflowServer;
  readonly log: vscode.LogOutputChannel;
}

/** Asks the server again after each change of the model; one question at a time, the last one wins. */
export function watchWorkflowFiles({ vscode, server, log }: WorkflowFilesDependencies): vscode.Disposable {
  let published = '';
  let asking = false;
  let again = false;

  const publish = async (files: readonly string[]) => {
    const text = files.join('\n');
    if (text !== published) {
      published = text;
      await vscode.commands.executeCommand('setContext', workflowFilesContext, files);
    }
  };

  const update = async () => {
    again = true;
    if (asking) {
      return;
    }
    asking = true;
    try {
      while (stillWanted()) {
        const workflows = await server.request('mastra/workflows', { uri: undefined });
        await publish([...new Set(workflows.map(({ uri }) => uri))].sort());
      }
    } catch (error) {
      log.debug(`The files with workflows are not known: ${String(error)}`);
    } finally {
      asking = false;
    }
  };

  const stillWanted = () => {
    const wanted = again;
    again = false;
    return wanted;
  };

  return vscode.Disposable.from(
    server.onModelChanged(() => void update()),
    server.onStatus((status) => {
      if (status.state === 'ready' || status.state === 'structure-only') {
        void update();
      }
    }),
  );
}
