/** **Compare Runs**: its command and its pages, whose code is loaded when they are first used. */
import { compareCommandId, compareViewType } from '../../../common/protocol/ids.ts';
import type { CompareDependencies, Comparisons } from './part.ts';
import type * as part from './part.ts';

export interface LaterCompareDependencies extends CompareDependencies {
  readonly load: () => Promise<typeof part>;
}

export function registerCompare(dependencies: LaterCompareDependencies): { dispose(): void } {
  const { vscode: code, load } = dependencies;
  let loading: Promise<Comparisons> | undefined;
  const comparisons = (): Promise<Comparisons> => {
    loading ??= load().then(({ createComparisons }) => createComparisons(dependencies));
    return loading;
  };
  const command = code.commands.registerCommand(compareCommandId, async (argument: unknown, selected: unknown) => {
    await (await comparisons()).compare(argument, selected);
  });
  const serializer = code.window.registerWebviewPanelSerializer(compareViewType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      (await comparisons()).restore(panel, state);
    },
  });
  return {
    dispose() {
      command.dispose();
      serializer.dispose();
      void loading?.then((loaded) => loaded.dispose());
    },
  };
}
