/** A run as the panel has it: its events, laid over a drawing, with the time in which they are drawn and played. */
import { createAxis } from '../../../common/replay/axis.ts';
import type { Axis } from '../../../common/replay/axis.ts';
import { createRunIndex, isStepBoundary } from '../../../common/replay/run-index.ts';
import type { RunIndex } from '../../../common/replay/run-index.ts';
import type { SmallEvent } from '../../../common/protocol/replay.ts';
import type { RunStatus } from '../../../common/runlog/events.ts';
import type { AlignableNode } from '../../../common/runlog/align.ts';
import type { Playable } from './player.ts';

export interface Recording extends Playable {
  readonly events: readonly SmallEvent[];
  readonly axis: Axis;
  /** By the last event; undefined before the run began. */
  readonly status: RunStatus | undefined;
  append(events: readonly SmallEvent[]): void;
  /** The run over a drawing, made when it is asked for and kept; `nodes` are all of it, also what is folded. */
  over(nodes: readonly AlignableNode[]): RunIndex;
}

/** A drawing now and the one that was recorded. */
const keptIndexes = 2;

/** `source` says whether more may come after an event that does not end the run. */
export function createRecording(source: 'live' | 'recorded'): Recording {
  const events: SmallEvent[] = [];
  const steps: number[] = [];
  const axis = createAxis();
  const indexes = new Map<string, RunIndex>();
  let status: RunStatus | undefined;
  return {
    events,
    axis,
    steps,
    get last() {
      return events.length - 1;
    },
    get offsets() {
      return axis.offsets;
    },
    eventAt: (offset) => axis.eventAt(offset),
    get growing() {
      return source === 'live' && status === 'running';
    },
    get status() {
      return status;
    },
    append(more) {
      for (const event of more) {
        if (isStepBoundary(event)) steps.push(events.length);
        events.push(event);
        axis.append(event);
        if (event.type === 'run-finished') status = event.status;
        else if (event.type === 'run-started' || event.type === 'run-resumed') status = 'running';
        for (const index of indexes.values()) index.append(event);
      }
    },
    over(nodes) {
      const key = signatureOf(nodes);
      let index = indexes.get(key);
      if (index === undefined) {
        index = createRunIndex(nodes);
        for (const event of events) index.append(event);
        const [oldest] = indexes.keys();
        if (indexes.size >= keptIndexes && oldest !== undefined) indexes.delete(oldest);
      } else indexes.delete(key);
      indexes.set(key, index);
      return index;
    },
  };
}

const signatures = new WeakMap<object, string>();

/** What a run over a drawing depends on: an edit that changes none of it leaves the index as it is. */
function signatureOf(nodes: readonly AlignableNode[]): string {
  const known = signatures.get(nodes);
  if (known !== undefined) return known;
  const signature = JSON.stringify(nodes.map(({ id, parent, kind, step }) => [id, parent, kind, step]));
  signatures.set(nodes, signature);
  return signature;
}
