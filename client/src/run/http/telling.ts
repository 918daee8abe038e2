/** What is told of a run while it is followed: records and the stored run become events, each once, and an end that both agree on. */
import { decodeRecord } from '../../../../common/runlog/decode.ts';
import type { DecodeState } from '../../../../common/runlog/decode.ts';
import type { Json, RunError } from '../../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { createFrontier } from './frontier.ts';
import { createKnown } from './known.ts';
import { createLedger } from './ledger.ts';
import type { StoredRun } from './shapes.ts';
import { endOfRun, startOfRun, timeOf } from './stored.ts';

export interface TellingOptions {
  readonly runId: string;
  readonly workflowId: string;
  readonly call: 'stream' | 'resume';
  readonly input: Json;
  readonly decoding: DecodeState;
  /** A resumed run as it was stored before. */
  readonly before: StoredRun | undefined;
  /** What another connection has told of the run; undefined for a run of this one. */
  readonly known?: readonly RunEventBody[];
  /** Everything but `run-finished`. */
  readonly emit: (event: RunEventBody) => void;
}

export type Finished = Extract<RunEventBody, { type: 'run-finished' }>;

export type ToldEnd =
  | { readonly kind: 'finished'; readonly event: Finished }
  /** The server refused to resume; the run is as `event` says. */
  | { readonly kind: 'refused'; readonly event: Finished; readonly error: RunError };

export interface Telling {
  /** Another stream of the same run begins: what it repeats is skipped. */
  rewind(): void;
  /** True when the record was not known. */
  accept(record: unknown): boolean;
  /** Tells what the stored run has beyond what was told. */
  fill(stored: StoredRun): void;
  /** True when the stored run has anything that was not told. */
  isBehind(stored: StoredRun): boolean;
  /** Undefined when neither the stream nor the stored run has an end. The stored run is right where they differ. */
  end(stored: StoredRun | undefined): ToldEnd | undefined;
  /** The end that the stream told. */
  readonly finished: Finished | undefined;
  /** True once the stored run was told in place of the stream: the stream again would tell the same twice. */
  readonly filled: boolean;
}

export function createTelling(options: TellingOptions): Telling {
  const { call, before } = options;
  const frontier = createFrontier();
  const ledger = createLedger(before);
  const known = createKnown(options.known ?? []);
  options.known?.forEach((event) => ledger.add(event));
  /** On our clock the run begins when it is asked for: its first record may come after the first steps began. */
  const asked = Date.now();
  let decoding = options.decoding;
  /** `run-resumed` waits for the first step: a resumption may be refused. */
  let begun: RunEventBody | undefined;
  let started = options.known !== undefined;
  let stepped = started;
  let filled = false;
  let finished: Finished | undefined;

  const emit = (event: RunEventBody): void => {
    ledger.add(event);
    options.emit(event);
  };

  const start = (): void => {
    if (begun === undefined || started) return;
    started = true;
    emit(begun);
  };

  const use = (event: RunEventBody): void => {
    if (known.take(event)) return;
    if (event.type === 'run-finished') {
      finished = event;
    } else if (event.type === 'run-started' || event.type === 'run-resumed') {
      begun ??= { ...event, time: Math.min(event.time, asked) };
      if (call === 'stream') start();
    } else {
      stepped ||= event.type.startsWith('step-');
      start();
      emit(event);
    }
  };

  const beginningOf = (stored: StoredRun): RunEventBody => {
    const { resumption } = decoding;
    if (resumption === undefined) {
      return { ...startOfRun(stored, timeOf(stored.createdAt) ?? Date.now()), input: options.input };
    }
    const workflowId = stored.workflowName ?? options.workflowId;
    return { type: 'run-resumed', time: Date.now(), runId: options.runId, workflowId, ...resumption };
  };

  return {
    get finished() {
      return finished;
    },
    get filled() {
      return filled;
    },
    rewind: () => frontier.rewind(),
    accept(record) {
      if (frontier.accept(record) !== 'new') return false;
      const decoded = decodeRecord(decoding, record, Date.now(), options.input);
      decoding = decoded.state;
      decoded.events.forEach(use);
      return true;
    },
    fill(stored) {
      const missing = ledger.missing(stored);
      begun ??= beginningOf(stored);
      if (missing.length > 0) filled = stepped = true;
      if (call === 'stream' || missing.length > 0) start();
      missing.forEach(emit);
    },
    isBehind: (stored) => ledger.missing(stored).length > 0,
    end(stored) {
      const fromStored = stored === undefined ? undefined : endOfRun(stored, Date.now());
      const unchanged = stored === undefined || stored.status === before?.status;
      if (call === 'resume' && !stepped && unchanged && finished?.status === 'failed' && finished.error !== undefined) {
        return { kind: 'refused', event: fromStored ?? finished, error: finished.error };
      }
      const event = finished?.status === fromStored?.status ? finished : (fromStored ?? finished);
      if (event === undefined) return undefined;
      start();
      return { kind: 'finished', event };
    },
  };
}
