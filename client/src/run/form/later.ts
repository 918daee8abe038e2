/** Forms that are loaded when the first one opens: most sessions of an editor run no workflow. */
import type * as vscode from 'vscode';
import { formViewType } from '../../../../common/protocol/ids.ts';
import type { RunForms } from './ask.ts';
import type { Forms } from './forms.ts';
import type * as part from './part.ts';

export interface LaterFormsDependencies {
  readonly vscode: typeof vscode;
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'workspaceState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly load: () => Promise<typeof part>;
}

interface Loaded {
  readonly forms: Forms;
  readonly runForms: RunForms;
}

export function createLaterForms(dependencies: LaterFormsDependencies): RunForms & { dispose(): void } {
  const { vscode: code, context, load } = dependencies;
  let loading: Promise<Loaded> | undefined;
  let loaded: Loaded | undefined;
  let disposed = false;

  const get = (): Promise<Loaded> => {
    loading ??= load().then(({ createForms, createRunForms }) => {
      const forms = createForms(dependencies);
      loaded = { forms, runForms: createRunForms(code, forms, context.workspaceState) };
      if (disposed) forms.dispose();
      return loaded;
    });
    return loading;
  };

  const serializer = code.window.registerWebviewPanelSerializer(formViewType, {
    async deserializeWebviewPanel(panel, kept: unknown) {
      const { forms } = await get();
      forms.restore(panel, kept);
    },
  });

  return {
    askInputs: async (question) => (await get()).runForms.askInputs(question),
    askValue: async (question) => (await get()).runForms.askValue(question),
    // Before the part is loaded there is no form.
    reveal: (key) => loaded?.runForms.reveal(key) ?? false,
    dismiss: (key) => loaded?.runForms.dismiss(key),
    dispose() {
      disposed = true;
      serializer.dispose();
      loaded?.forms.dispose();
    },
  };
}
