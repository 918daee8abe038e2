/** Records every run of a run service, from its first event to its last. */
import type * as vscode from 'vscode';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import type { RunDescription } from '../run/attempt.ts';
import type { History } from './history.ts';
import type { Recording } from './recorder.ts';

export interface RunSource {
  readonly onRunEvent: vscode.Event<{ readonly run: RunDescription; readonly event: RunEventBody }>;
}

interface Recorded {
  recording: Recording | undefined;
  /** Mastra's id of the run, once it is known: what comes after a suspension goes on in the same log. */
  runId: string | undefined;
  over: boolean;
  ending: ReturnType<typeof setTimeout> | undefined;
}

/** What a step prints may arrive a little after the end of its run. */
const lateMilliseconds = 1_000;

/** `late` in milliseconds: how long a log stays open after the end of its run. */
export function recordRuns(
  source: RunSource,
  history: Pick<History, 'begin' | 'changed'>,
  late = lateMilliseconds,
): { dispose(): void } {
  const runs = new WeakMap<RunDescription, Recorded>();

  const end = (recorded: Recorded): void => {
    void recorded.recording?.end();
    recorded.recording = undefined;
  };

  return source.onRunEvent(({ run, event }) => {
    let recorded = runs.get(run);
    if (recorded === undefined) {
      recorded = { recording: undefined, runId: run.continues, over: false, ending: undefined };
      runs.set(run, recorded);
    }
    const current = recorded;
    clearTimeout(current.ending);
    current.recording ??= history.begin({
      workflow: {
        key: run.workflow.key,
        id: run.workflow.id,
        name: run.workflow.name,
        file: fileOf(run.workflow.key),
        uri: run.workflow.uri,
      },
      server: { id: run.server.id, kind: run.server.kind, name: run.server.label },
      runId: current.runId,
      inputName: run.inputName,
    });
    current.recording.append(event);
    if (event.type === 'run-started' || event.type === 'run-resumed') current.runId = event.runId;
    if (event.type !== 'console') current.over = event.type === 'run-finished';
    if (!current.over) return;
    if (event.type === 'run-finished') void current.recording.flushed().then(() => history.changed());
    current.ending = setTimeout(() => end(current), late);
  });
}

/** A WorkflowKey begins with the file. */
function fileOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
}
