/** A notification with a cancel button for work that takes longer than a moment. */
import type * as vscode from 'vscode';
import { stepName } from './output.ts';
import type { Attempt } from './attempt.ts';
import type { RunSurface } from './surface.ts';

/** Below this a notification would only flash. */
const afterMilliseconds = 1_000;

/** Resolves as `work` does. The message names the step that started last. */
export async function withProgress<T>(
  surface: RunSurface,
  attempt: Attempt,
  onDidChange: vscode.Event<string>,
  work: Promise<T>,
): Promise<T> {
  const show = (): void => {
    void surface.window.withProgress(
      { location: surface.ProgressLocation.Notification, title: `Running ${attempt.title}`, cancellable: true },
      async (progress, token) => {
        const report = (): void => {
          const last = attempt.log.events.findLast((event) => event.type === 'step-started');
          if (last?.type === 'step-started') progress.report({ message: stepName(last.step) });
        };
        token.onCancellationRequested(() => attempt.connection.cancel());
        const listener = onDidChange(report);
        report();
        await work.catch(() => undefined);
        listener.dispose();
      },
    );
  };
  const timer = setTimeout(show, afterMilliseconds);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
