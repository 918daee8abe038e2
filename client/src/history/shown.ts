/** What a graph shows of a recorded run. */
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { DecodedLog } from '../../../common/runlog/file.ts';
import { recordedModel } from '../../../common/runlog/fileGraph.ts';
import { interrupted } from '../../../common/runlog/interruption.ts';
import type { RunStore } from './store.ts';
import type { RunSummary } from './summary.ts';

export interface ShownRecording {
  /** In the history. */
  readonly id: string;
  readonly events: readonly RunEvent[];
  /** The workflow as it was recorded; undefined when that is not known. */
  readonly drawing: GraphModel | undefined;
}

export function shownRecording(
  { id, status }: Pick<RunSummary, 'id' | 'status'>,
  { header, events }: Extract<DecodedLog, { kind: 'log' }>,
): ShownRecording {
  return {
    id,
    events: status === 'interrupted' ? interrupted(events) : events,
    drawing: header.graph && recordedModel(header.graph),
  };
}

/** The newest recording of a run, by Mastra's id of it; undefined when the history has none that can be read. Rejects as reading does. */
export async function findRecording(
  store: Pick<RunStore, 'list' | 'read'>,
  runId: string,
): Promise<ShownRecording | undefined> {
  const run = (await store.list()).find((each) => each.kind === 'run' && each.runId === runId);
  if (run?.kind !== 'run') return undefined;
  const log = await store.read(run.id);
  return log.kind === 'log' ? shownRecording(run, log) : undefined;
}
