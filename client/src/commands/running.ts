/** Which workflows run now, derived from the events of the run service. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/index.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import { isRunning } from '../run/moments.ts';

export interface RunSource {
  events(key: WorkflowKey): readonly RunEvent[] | undefined;
  readonly onDidChange: vscode.Event<WorkflowKey>;
}

export interface RunningWorkflow {
  readonly key: WorkflowKey;
  readonly workflowId: string;
}

export interface RunningWorkflows {
  readonly list: () => readonly RunningWorkflow[];
  dispose(): void;
}

/** A run counts from its first event to `run-finished`; suspended runs have finished until they are resumed. */
export function watchRunning(runs: RunSource): RunningWorkflows {
  const running = new Map<WorkflowKey, RunningWorkflow>();
  const listener = runs.onDidChange((key) => {
    const events = runs.events(key);
    const first = events?.find((event) => event.type === 'run-started');
    if (first && events && isRunning(events)) {
      running.set(key, { key, workflowId: first.workflowId });
    } else {
      running.delete(key);
    }
  });
  return {
    list: () => [...running.values()],
    dispose() {
      listener.dispose();
    },
  };
}
