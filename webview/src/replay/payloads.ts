/** Values of the run that is shown, asked of the extension host when they are looked at, and kept for a while. */
import type { PayloadAnswer } from '../../../common/protocol/replay.ts';

export interface WantedPayload {
  readonly event: number;
  readonly item: number | undefined;
  readonly part: 'value' | 'error';
}

export interface Payloads {
  /** Undefined while it is on its way; `onArrival` is called when it is there. */
  get(wanted: WantedPayload): PayloadAnswer | undefined;
  arrived(request: number, answer: PayloadAnswer): void;
  /** Another run is shown. */
  clear(): void;
}

/** So many values are kept; the ones looked at longest ago go first. */
const kept = 60;

export function createPayloads(ask: (request: number, wanted: WantedPayload) => void, onArrival: () => void): Payloads {
  const answers = new Map<string, PayloadAnswer>();
  const asked = new Map<number, string>();
  const open = new Set<string>();
  let last = 0;
  return {
    get(wanted) {
      const key = [wanted.event, wanted.item, wanted.part].join();
      const known = answers.get(key);
      if (known !== undefined) {
        answers.delete(key);
        answers.set(key, known);
        return known;
      }
      if (!open.has(key)) {
        last += 1;
        open.add(key);
        asked.set(last, key);
        ask(last, wanted);
      }
      return undefined;
    },
    arrived(request, answer) {
      const key = asked.get(request);
      if (key === undefined) return;
      asked.delete(request);
      open.delete(key);
      answers.set(key, answer);
      const [oldest] = answers.keys();
      if (answers.size > kept && oldest !== undefined) answers.delete(oldest);
      onArrival();
    },
    clear() {
      answers.clear();
      asked.clear();
      open.clear();
    },
  };
}
