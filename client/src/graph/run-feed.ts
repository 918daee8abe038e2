/** Tells a panel of a run: its events without their values, as they come, and a value when it is looked at. */
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { PanelToReplay, PayloadAnswer, ReplayToPanel } from '../../../common/protocol/replay.ts';
import { payloadAt } from '../../../common/replay/payload.ts';
import { jsonBytes, smallEvent } from '../../../common/replay/small.ts';
import type { Json, RunEvent } from '../../../common/runlog/events.ts';
import { toJson } from '../../../common/runlog/json.ts';

/** The run that a panel is to show. */
export interface FedRun {
  /** Grows in place while the run goes on. */
  readonly events: readonly RunEvent[];
  readonly source: 'live' | 'recorded';
  /** The workflow as it was when the run began; undefined when that is not known. */
  readonly drawing: GraphModel | undefined;
}

export interface RunFeed {
  /** Looks whether there is something to tell; another array of events is another run. */
  update(run: FedRun | undefined): void;
  /** The page was loaded anew and knows nothing. */
  restart(): void;
  answer(message: Extract<PanelToReplay, { readonly type: 'payload' }>): void;
  /** A value as it is in the log; undefined when there is none such. */
  value(message: Extract<PanelToReplay, { readonly type: 'open-payload' }>): Json | undefined;
}

/** Events in one message: a page that gets more at once stands still. */
const batch = 2_000;

/** Bytes of JSON text that are sent of one value; of larger ones the beginning is. */
const maxPayload = 8_000_000;

export function createRunFeed(post: (message: ReplayToPanel) => void): RunFeed {
  let current: FedRun | undefined;
  let number = 0;
  let sent = 0;

  const begin = (run: FedRun | undefined): void => {
    current = run;
    sent = 0;
    number += 1;
    post({ type: 'run', run: run && { number, source: run.source, drawing: run.drawing } });
  };

  const send = (): void => {
    if (current === undefined) return;
    const { events } = current;
    while (sent < events.length) {
      const more = events.slice(sent, sent + batch);
      post({ type: 'run-events', run: number, from: sent, events: more.map(smallEvent) });
      sent += more.length;
    }
  };

  const known = (run: number): readonly RunEvent[] => (run === number ? (current?.events ?? []) : []);

  return {
    update(run) {
      const wanted = run === undefined || run.events.length === 0 ? undefined : run;
      const isSame = wanted?.events === current?.events && wanted?.source === current?.source;
      if (!isSame || wanted?.drawing !== current?.drawing) begin(wanted);
      send();
    },
    restart() {
      begin(current);
      send();
    },
    answer({ run, request, event, item, part }) {
      const payload = payloadAt(known(run), { event, item }, part);
      const answer: PayloadAnswer =
        payload === undefined ? { kind: 'gone' } : payload.kind === 'value' ? bounded(payload.value) : payload;
      post({ type: 'payload', request, answer });
    },
    value({ run, event, item }) {
      const payload = payloadAt(known(run), { event, item });
      return payload?.kind === 'value' ? payload.value : undefined;
    },
  };
}

function bounded(value: Json): PayloadAnswer {
  const bytes = jsonBytes(value);
  if (bytes <= maxPayload) return { kind: 'value', value, bytes, cut: false };
  const limits = { characters: maxPayload / 2, string: 1_000_000, depth: 1_000 };
  return { kind: 'value', value: toJson(value, limits), bytes, cut: true };
}
