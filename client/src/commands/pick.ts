/** Finds the workflow that a command is about. */
import type * as vscode from 'vscode';
import type { WorkflowSummary } from '../../../common/protocol/index.ts';
import type { WorkflowServer } from '../server.ts';

export interface PickDependencies {
  readonly vscode: typeof vscode;
  readonly server: WorkflowServer;
  /** Remembers the workflow that was used last. */
  readonly memory: vscode.Memento;
}

export interface WorkflowItem extends vscode.QuickPickItem {
  readonly workflow: WorkflowSummary;
}

const lastWorkflow = 'mastra.lastWorkflow';

/**
 * Lets the user choose among `workflows`: the one at the cursor comes first, then the one used last, then the others of
 * the file in front. Undefined when the user gave up.
 */
export async function pickWorkflow(
  { vscode, server, memory }: PickDependencies,
  workflows: readonly WorkflowSummary[],
  title: string,
): Promise<WorkflowSummary | undefined> {
  const editor = vscode.window.activeTextEditor;
  const current = editor && workflows.some((workflow) => workflow.uri === editor.document.uri.toString());
  const atCursor = current
    ? await server.request('mastra/nodeAt', { uri: editor.document.uri.toString(), position: editor.selection.active })
    : null;
  const items = workflowItems(workflows, {
    atCursor: atCursor?.key,
    last: memory.get<string>(lastWorkflow),
    file: editor?.document.uri.toString(),
    relativePath: (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Select a workflow',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.workflow;
}

/** Makes `workflow` the one that the next picker offers early. */
export async function rememberWorkflow(memory: vscode.Memento, workflow: WorkflowSummary): Promise<void> {
  await memory.update(lastWorkflow, workflow.key);
}

export interface Offer {
  readonly atCursor: string | undefined;
  readonly last: string | undefined;
  /** URI of the file in front. */
  readonly file: string | undefined;
  readonly relativePath: (uri: string) => string;
}

/** The rows of the picker in their order. */
export function workflowItems(workflows: readonly WorkflowSummary[], offer: Offer): WorkflowItem[] {
  const rank = (workflow: WorkflowSummary): number => {
    if (workflow.key === offer.atCursor) {
      return 0;
    }
    if (workflow.key === offer.last) {
      return 1;
    }
    return workflow.uri === offer.file ? 2 : 3;
  };
  return [...workflows]
    .sort((a, b) => rank(a) - rank(b) || labelOf(a).localeCompare(labelOf(b)))
    .map((workflow) => {
      const place = `${offer.relativePath(workflow.uri)}:${workflow.line + 1}`;
      const name = workflow.exportName === 'default' ? workflow.name : (workflow.exportName ?? workflow.name);
      return {
        workflow,
        label: labelOf(workflow),
        description: [reason(workflow, offer), name, place].filter((part) => part !== undefined).join(' · '),
        ...(workflow.description !== undefined && { detail: workflow.description }),
      };
    });
}

function reason(workflow: WorkflowSummary, offer: Offer): string | undefined {
  if (workflow.key === offer.atCursor) {
    return 'at the cursor';
  }
  return workflow.key === offer.last ? 'last used' : undefined;
}

/** How a workflow is called in messages and lists: its id, else its name in the source. */
export function labelOf(workflow: WorkflowSummary): string {
  return workflow.id ?? workflow.name ?? 'Unnamed workflow';
}
