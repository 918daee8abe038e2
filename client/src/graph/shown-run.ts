/** Which run a panel shows: that of its workflow, live or recorded, or one that it keeps while others come. */
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { ShownRecording } from '../history/shown.ts';
import { runIdOf } from '../run/moments.ts';
import type { GraphRuns } from './contract.ts';
import type { FedRun } from './run-feed.ts';

export interface ShownRunDependencies {
  readonly runs: Pick<GraphRuns, 'events' | 'recorded' | 'drawing'>;
  readonly key: WorkflowKey;
  /** What the source says now. */
  readonly graph: () => GraphModel | undefined;
  /** Mastra's id of the run that was kept before the window was loaded anew: nothing is shown until `restore` tells what became of it. */
  readonly awaited: string | undefined;
}

export interface ShownRunOfPanel {
  run(): FedRun | undefined;
  /** Id in the history where it is a recording. */
  recorded(): string | undefined;
  /** Keeps the run that is shown now, or lets go of it. Nothing is kept where none is shown. */
  pin(wanted: boolean): void;
  /** Mastra's id of the run that is kept; empty while it has none yet, undefined when none is kept. */
  pinned(): string | undefined;
  /** The run that is awaited, or undefined when there is none any more. True when this changed what is shown. */
  restore(recording: ShownRecording | undefined): boolean;
}

type Kept =
  | { readonly kind: 'awaited'; readonly runId: string }
  | { readonly kind: 'run'; readonly run: FedRun; readonly recorded: string | undefined };

export function createShownRun({ runs, key, graph, awaited }: ShownRunDependencies): ShownRunOfPanel {
  /** A live run, and the workflow as it was when it began. */
  let begun: { readonly events: readonly RunEvent[]; readonly drawing: GraphModel | undefined } | undefined;
  let kept: Kept | undefined = awaited === undefined ? undefined : { kind: 'awaited', runId: awaited };

  const current = (): FedRun | undefined => {
    const events = runs.events(key);
    if (events === undefined) return undefined;
    if (runs.recorded?.(key) !== undefined) return { events, source: 'recorded', drawing: runs.drawing?.(key) };
    // What the source said when the run was seen first: it is read before it runs.
    if (begun?.events !== events) begun = { events, drawing: isOver(events) ? undefined : graph() };
    return { events, source: 'live', drawing: begun.drawing ?? runs.drawing?.(key) };
  };

  const keptId = (): string | undefined => {
    if (kept === undefined) return undefined;
    return kept.kind === 'awaited' ? kept.runId : (runIdOf(kept.run.events) ?? '');
  };

  /** The run that is kept, when it goes on, e.g. because it was resumed. */
  const follow = (): void => {
    const run = kept === undefined ? undefined : current();
    if (run?.source === 'live' && runIdOf(run.events) === keptId()) kept = { kind: 'run', run, recorded: undefined };
  };

  return {
    run() {
      follow();
      if (kept === undefined) return current();
      return kept.kind === 'run' ? kept.run : undefined;
    },
    recorded() {
      follow();
      if (kept === undefined) return runs.recorded?.(key);
      return kept.kind === 'run' ? kept.recorded : undefined;
    },
    pin(wanted) {
      const run = wanted ? current() : undefined;
      kept = run && { kind: 'run', run, recorded: runs.recorded?.(key) };
    },
    pinned: keptId,
    restore(recording) {
      follow();
      if (kept?.kind !== 'awaited') return false;
      kept = recording && {
        kind: 'run',
        run: { events: recording.events, source: 'recorded', drawing: recording.drawing },
        recorded: recording.id,
      };
      return true;
    },
  };
}

function isOver(events: readonly RunEvent[]): boolean {
  return events.at(-1)?.type === 'run-finished';
}
