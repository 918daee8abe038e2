/** Which run a panel shows: that of its workflow, live or recorded, or one that it keeps while others come. */
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { FedRun } from './run-feed.ts';
import type { GraphRuns } from './session.ts';

export interface ShownRunDependencies {
  readonly runs: Pick<GraphRuns, 'events' | 'recorded' | 'drawing'>;
  readonly key: WorkflowKey;
  /** What the source says now. */
  readonly graph: () => GraphModel | undefined;
}

export interface ShownRunOfPanel {
  run(): FedRun | undefined;
  /** Id in the history where it is a recording. */
  recorded(): string | undefined;
  /** Keeps the run that is shown now, or lets go of it. Nothing is kept where none is shown. */
  pin(wanted: boolean): void;
  pinned(): boolean;
}

export function createShownRun({ runs, key, graph }: ShownRunDependencies): ShownRunOfPanel {
  /** A live run, and the workflow as it was when it began. */
  let begun: { readonly events: readonly RunEvent[]; readonly drawing: GraphModel | undefined } | undefined;
  let kept: { readonly run: FedRun; readonly recorded: string | undefined } | undefined;

  const current = (): FedRun | undefined => {
    const events = runs.events(key);
    if (events === undefined) return undefined;
    if (runs.recorded?.(key) !== undefined) return { events, source: 'recorded', drawing: runs.drawing?.(key) };
    // What the source said when the run was seen first: it is read before it runs.
    if (begun?.events !== events) begun = { events, drawing: isOver(events) ? undefined : graph() };
    return { events, source: 'live', drawing: begun.drawing ?? runs.drawing?.(key) };
  };

  return {
    run: () => kept?.run ?? current(),
    recorded: () => (kept === undefined ? runs.recorded?.(key) : kept.recorded),
    pin(wanted) {
      const run = wanted ? current() : undefined;
      kept = run && { run, recorded: runs.recorded?.(key) };
    },
    pinned: () => kept !== undefined,
  };
}

function isOver(events: readonly RunEvent[]): boolean {
  return events.at(-1)?.type === 'run-finished';
}
