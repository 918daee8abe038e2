/** All open forms: one for each thing that is asked for, restored after a window reload. */
import type * as vscode from 'vscode';
import { commandIds, formViewType } from '../../../../common/protocol/ids.ts';
import type { FormIdentity } from '../../../../common/protocol/form.ts';
import { pageFiles } from '../../graph/serve.ts';
import { createJsonTabs } from './jsonTab.ts';
import { parseSavedState } from './messages.ts';
import type { FormAnswer, FormQuestion } from './question.ts';
import { startForm } from './session.ts';
import type { FormSession } from './session.ts';

export interface FormsDependencies {
  readonly vscode: typeof vscode;
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

export interface Forms {
  /** Opens a form, or goes on with the one that is open for the same. Resolves when it is over. */
  ask(question: FormQuestion): Promise<FormAnswer>;
  /** Brings a form to the front; false when there is none with this id. */
  reveal(id: string): boolean;
  /** Closes a form as if the author had. */
  dismiss(id: string): void;
  /** Goes on with a form of an earlier window, from what it kept; closes it where it is of no use. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void;
  dispose(): void;
}

export function createForms({ vscode: code, context, log }: FormsDependencies): Forms {
  const tabs = createJsonTabs(code, context.globalStorageUri);
  const open = new Map<string, FormSession>();
  const { dist, icon } = pageFiles(code, context.extensionUri);

  const start = (panel: vscode.WebviewPanel, identity: FormIdentity, restored?: Parameters<typeof startForm>[3]) => {
    panel.iconPath = icon;
    const session = startForm({ vscode: code, dist, tabs, log }, panel, identity, restored);
    open.set(identity.id, session);
    panel.onDidDispose(() => {
      if (open.get(identity.id) === session) open.delete(identity.id);
    });
    return session;
  };

  const commands: readonly string[] = Object.values(commandIds);
  return {
    ask(question) {
      const existing = open.get(question.id);
      if (existing !== undefined && !existing.attached()) return existing.attach(question);
      existing?.close();
      const panel = code.window.createWebviewPanel(formViewType, question.title, {
        viewColumn: code.ViewColumn.Active,
      });
      return start(panel, { id: question.id, reopen: question.reopen }).attach(question);
    },
    reveal(id) {
      open.get(id)?.reveal();
      return open.has(id);
    },
    dismiss: (id) => open.get(id)?.close(),
    restore(panel, kept) {
      const saved = parseSavedState(kept);
      const { id, reopen } = saved?.identity ?? { id: '', reopen: undefined };
      // Nobody could take the answer of the others.
      const useful = reopen !== undefined && commands.includes(reopen.command) && !open.has(id);
      if (saved === undefined || !useful) panel.dispose();
      else start(panel, saved.identity, { ...saved, state: { ...saved.state, checking: false } });
    },
    dispose() {
      for (const session of [...open.values()]) session.close();
      tabs.dispose();
    },
  };
}
