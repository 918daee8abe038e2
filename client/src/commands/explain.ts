/** Says why a command finds no workflow, and offers the next step. */
import type * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import type { SearchResult } from '../search.ts';

export interface Explanation {
  readonly message: string;
  readonly action: { readonly title: string; readonly command: string } | undefined;
}

/** `searched` is what the workspace search found; `found` means that Mastra is used, but no workflow was recognised. */
export function explainNoWorkflows(searched: SearchResult['kind']): Explanation {
  switch (searched) {
    case 'no-folder':
      return {
        message: 'Mastra works on a folder. Open the folder that holds your Mastra project.',
        action: { title: 'Open Folder…', command: 'workbench.action.files.openFolder' },
      };
    case 'absent':
      return {
        message:
          'This workspace does not use Mastra: no package.json names a package of @mastra. Open a Mastra project, or add @mastra/core to this one.',
        action: undefined,
      };
    case 'unused':
      return {
        message:
          'A package of this workspace depends on Mastra, but no TypeScript file imports it yet. Create a workflow with createWorkflow from @mastra/core/workflows.',
        action: undefined,
      };
    case 'found':
      return {
        message:
          'This workspace imports Mastra, but no workflow was found. Workflows are recognised where createWorkflow from @mastra/core/workflows is called; the log names the parts that could not be read.',
        action: { title: 'Show log', command: commandIds.showLog },
      };
  }
}

export async function showExplanation(code: typeof vscode, { message, action }: Explanation): Promise<void> {
  const chosen = await code.window.showInformationMessage(message, ...(action ? [action.title] : []));
  if (action && chosen === action.title) {
    await code.commands.executeCommand(action.command);
  }
}
