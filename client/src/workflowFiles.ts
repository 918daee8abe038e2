/** Knows the files with workflows: for the context key of menus, and for what is asked about documents. */
import type * as vscode from 'vscode';
import { workflowFilesContext } from '../../common/protocol/index.ts';
import type { Relevance } from './relevance.ts';
import type { WorkflowServer } from './server.ts';

export interface WorkflowFilesDependencies {
  readonly vscode: typeof vscode;
  readonly server: WorkflowServer;
  readonly relevance: Relevance;
  readonly log: vscode.LogOutputChannel;
}

export interface WorkflowFiles {
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Asks the server again after each change of the model; one question at a time, the last one wins. */
export function watchWorkflowFiles({ vscode, server, relevance, log }: WorkflowFilesDependencies): WorkflowFiles {
  const changed = new vscode.EventEmitter<void>();
  let published = '';
  let asking = false;
  let again = false;

  const publish = async (paths: readonly string[]) => {
    const text = paths.join('\n');
    if (text !== published) {
      published = text;
      await vscode.commands.executeCommand('setContext', workflowFilesContext, paths);
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
        const files = [...new Set(workflows.map(({ uri }) => uri))].sort();
        relevance.know(files);
        changed.fire();
        await publish(files.flatMap((file) => resourcePaths(vscode.Uri.parse(file))));
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

  const listeners = [
    server.onModelChanged(() => void update()),
    server.onStatus((status) => {
      if (status.state === 'ready' || status.state === 'structure-only') {
        void update();
      }
    }),
  ];
  return {
    onDidChange: changed.event,
    dispose() {
      for (const listener of listeners) {
        listener.dispose();
      }
      changed.dispose();
    },
  };
}

/**
 * A file as the context key `resourcePath` of menus has it. It is made by the window, which may be a Windows window on a
 * Linux remote; the key `resource` would differ altogether there, in its scheme.
 */
function resourcePaths(file: vscode.Uri): readonly string[] {
  return [...new Set([file.fsPath, file.path, file.path.replaceAll('/', '\\')])];
}
