/** Runs as graph panels see them: the live one, or in its place a recorded one that was chosen to be shown. */
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { GraphRuns } from '../graph/contract.ts';
import { runIdOf } from '../run/moments.ts';

export interface RecordedRuns extends GraphRuns {
  /**
   * Shows a recorded run, by its id in the history, on the graph of a workflow until they are cleared, or a new run of it begins.
   * `drawing` is the workflow as it was recorded.
   */
  showRecorded(key: WorkflowKey, id: string, events: readonly RunEvent[], drawing?: GraphModel): void;
  recorded(key: WorkflowKey): string | undefined;
  /** Of the run that is shown, where the history knows it. */
  drawing(key: WorkflowKey): GraphModel | undefined;
  dispose(): void;
}

interface Shown {
  readonly id: string;
  readonly events: readonly RunEvent[];
  readonly drawing: GraphModel | undefined;
  /** The live run in front of which it is shown. */
  readonly before: string | undefined;
}

export function withRecordedRuns(runs: GraphRuns, surface: Pick<typeof vscode, 'EventEmitter'>): RecordedRuns {
  const shown = new Map<WorkflowKey, Shown>();
  /** Of live runs that were chosen in the history, which knows what their workflow was like. */
  const drawings = new Map<WorkflowKey, { readonly runId: string; readonly drawing: GraphModel }>();
  const changed = new surface.EventEmitter<WorkflowKey>();
  const liveRun = (key: WorkflowKey): string | undefined => runIdOf(runs.events(key) ?? []);
  const listener = runs.onDidChange((key) => {
    const current = shown.get(key);
    if (current !== undefined && liveRun(key) !== current.before) shown.delete(key);
    if (!shown.has(key)) changed.fire(key);
  });
  return {
    onDidChange: changed.event,
    events: (key) => shown.get(key)?.events ?? runs.events(key),
    recorded: (key) => shown.get(key)?.id,
    drawing(key) {
      const recorded = shown.get(key);
      if (recorded !== undefined) return recorded.drawing;
      const live = drawings.get(key);
      return live !== undefined && live.runId === liveRun(key) ? live.drawing : undefined;
    },
    showRecorded(key, id, events, drawing) {
      // The run that is live, or was last, has all its values; in its log some may be redacted.
      const before = liveRun(key);
      if (before !== undefined && before === runIdOf(events)) {
        shown.delete(key);
        if (drawing !== undefined) drawings.set(key, { runId: before, drawing });
      } else shown.set(key, { id, events, drawing, before });
      changed.fire(key);
    },
    clear(key) {
      if (shown.delete(key)) changed.fire(key);
      else runs.clear(key);
    },
    dispose() {
      listener.dispose();
      changed.dispose();
    },
  };
}
