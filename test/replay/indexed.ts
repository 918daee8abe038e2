/** Runs laid over drawings, from events with their values. */
import { createRunIndex, payloadAt, smallEvent } from '../../common/replay/index.ts';
import type { Moment, RunIndex } from '../../common/replay/index.ts';
import type { PayloadReference } from '../../common/protocol/replay.ts';
import type { AlignableNode, Json, RunEvent } from '../../common/runlog/index.ts';

export function indexOf(nodes: readonly AlignableNode[], events: readonly RunEvent[]): RunIndex {
  const index = createRunIndex(nodes);
  for (const event of events) index.append(smallEvent(event));
  return index;
}

/** The last moment. */
export function momentAfter(nodes: readonly AlignableNode[], events: readonly RunEvent[]): Moment {
  return indexOf(nodes, events).at(Infinity);
}

/** The value that a reference leads to; undefined without a reference. */
export function valueOf(events: readonly RunEvent[], reference: PayloadReference | undefined): Json | undefined {
  const payload = reference === undefined ? undefined : payloadAt(events, reference);
  return payload?.kind === 'value' ? payload.value : undefined;
}
