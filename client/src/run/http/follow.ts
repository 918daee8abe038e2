/**
 * A run on a server from its POST to its end. The stream tells what happens; the stored run has the last word on how it ended. A
 * stream that breaks is taken up again; when nobody can stream the run any more, what is stored is told as it appears.
 */
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeRecord } from '../../../../common/runlog/decode.ts';
import type { DecodeState } from '../../../../common/runlog/decode.ts';
import { toRunError } from '../../../../common/runlog/error.ts';
import type { Json, RunError } from '../../../../common/runlog/events.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { getRun, openStream } from './api.ts';
import type { StreamRequest, WorkflowPlace } from './api.ts';
import { createFrontier } from './frontier.ts';
import { createLedger } from './ledger.ts';
import { problemOf } from './problem.ts';
import type { ServerProblem } from './problem.ts';
import type { StoredRun } from './shapes.ts';
import { watchSilence } from './silence.ts';
import { readRecords } from './stream.ts';
import { endOfRun, endStatusOf, startOfRun, timeOf } from './stored.ts';
import { serverName } from './address.ts';
import { serverProblemText } from './words.ts';

export interface FollowTiming {
  /** Milliseconds of silence after which the stored run is asked whether it is over. */
  readonly silence: number;
  /** Milliseconds between two questions while there is no stream: the first and the longest. */
  readonly poll: readonly [number, number];
  /** Milliseconds that storing the end may take after the stream has told it. */
  readonly storing: number;
}

export const defaultTiming: FollowTiming = { silence: 30_000, poll: [250, 5_000], storing: 5_000 };

export interface FollowOptions {
  readonly place: WorkflowPlace;
  readonly runId: string;
  readonly call: 'stream' | 'resume';
  readonly body: Json;
  readonly input: Json;
  readonly decoding: DecodeState;
  /** A resumed run as it was stored before. */
  readonly before: StoredRun | undefined;
  /** Ends the watching, not the run. */
  readonly signal: AbortSignal;
  readonly timing: FollowTiming;
  /** The server has the request, or it is known that it never gets it. */
  readonly onSent: () => void;
  /** Everything but `run-finished`. */
  readonly emit: (event: RunEventBody) => void;
  readonly log: (message: string) => void;
}

type Finished = Extract<RunEventBody, { type: 'run-finished' }>;

export type FollowEnd =
  | { readonly kind: 'finished'; readonly event: Finished }
  /** The server refused to resume; the run is as `event` says. */
  | { readonly kind: 'refused'; readonly event: Finished; readonly error: RunError }
  /** It did not come to a run, or its end cannot be known. */
  | { readonly kind: 'problem'; readonly event: Finished; readonly problem: ServerProblem };

/** More than any run has: such an offset gives the whole of a run that goes on once, and nothing of one that is over. */
const liveOffset = 1_000_000;

/** Follows one `stream` or `resume-stream`. Sends one POST that changes anything, ever. Never rejects for what a server does. */
export async function followRun(options: FollowOptions): Promise<FollowEnd> {
  const { place, runId, signal, timing, log } = options;
  const server = serverName(place.address);
  const frontier = createFrontier();
  const ledger = createLedger(options.before);
  let decoding = options.decoding;
  /** `run-resumed` waits for the first step: a resumption may be refused. */
  let begun: RunEventBody | undefined;
  let started = false;
  let stepped = false;
  let finished: Finished | undefined;
  /** The stored run has been told in place of the stream: taking up the stream again would tell it twice. */
  let filled = false;

  const aborted = (): boolean => signal.aborted;

  const emit = (event: RunEventBody): void => {
    ledger.add(event);
    options.emit(event);
  };
  const start = (): void => {
    if (begun === undefined || started) return;
    started = true;
    emit(begun);
  };
  const say = (text: string): void => {
    log(text);
    options.emit({ type: 'console', time: Date.now(), level: 'warn', text, step: undefined });
  };

  const use = (record: unknown): void => {
    const decoded = decodeRecord(decoding, record, Date.now(), options.input);
    decoding = decoded.state;
    for (const event of decoded.events) {
      if (event.type === 'run-finished') {
        finished = event;
      } else if (event.type === 'run-started' || event.type === 'run-resumed') {
        begun ??= event;
        if (options.call === 'stream') start();
      } else {
        stepped ||= event.type.startsWith('step-');
        start();
        emit(event);
      }
    }
  };

  /** Reads to the end of a stream. Resolves with how many records were new; a break is no error here. */
  const read = async (response: IncomingMessage, records: (record: unknown) => void): Promise<void> => {
    const watch = watchSilence(place, runId, timing.silence, response, log);
    try {
      for await (const item of readRecords(response as AsyncIterable<Buffer>)) {
        watch.heard();
        if (item.kind === 'record') records(item.record);
        else if (item.kind === 'broken')
          log(`The stream of run ${runId} holds something else than a record: ${item.start}`);
        else log(`The stream of run ${runId} ended in the middle of a record (${item.bytes} bytes)`);
      }
    } catch (error) {
      log(`The stream of run ${runId} broke: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      watch.stop();
      response.destroy();
    }
  };

  const accept = (record: unknown): void => {
    if (frontier.accept(record) === 'new') use(record);
  };

  /** Takes up the stream of a run that goes on. How many records it told, and how many of them were new. */
  const observe = async (): Promise<{ readonly records: number; readonly fresh: number }> => {
    const known = frontier.length;
    frontier.rewind();
    let records = 0;
    const response = await attempt({ call: 'observe', runId, offset: liveOffset, signal });
    if (response === undefined) return { records: 0, fresh: 0 };
    await read(response, (record) => {
      records += 1;
      accept(record);
    });
    return { records, fresh: frontier.length - known };
  };

  /** The recording of a run that is over: its last part is ours. */
  const replay = async (): Promise<void> => {
    const response = await attempt({ call: 'observe', runId, offset: 0, signal });
    if (response === undefined) return;
    let part: unknown[] = [];
    await read(response, (record) => {
      if (isStart(record)) part = [];
      part.push(record);
    });
    frontier.rewind();
    part.forEach(accept);
  };

  const attempt = async (asked: StreamRequest): Promise<IncomingMessage | undefined> => {
    try {
      return await openStream(place, asked);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind !== 'canceled')
        log(`The stream of run ${runId} cannot be taken up: ${serverProblemText(problem)}`);
      return undefined;
    }
  };

  const fill = (stored: StoredRun): void => {
    const missing = ledger.missing(stored);
    if (missing.length === 0 && started) return;
    filled ||= missing.length > 0;
    begun ??= beginningOf(stored);
    if (missing.length > 0) stepped = true;
    if (options.call === 'stream' || missing.length > 0) start();
    missing.forEach(emit);
  };

  const beginningOf = (stored: StoredRun): RunEventBody => {
    const time = timeOf(stored.createdAt) ?? Date.now();
    const { resumption } = decoding;
    if (resumption === undefined) return { ...startOfRun(stored, time), input: options.input };
    const workflowId = stored.workflowName ?? place.id;
    return { type: 'run-resumed', time: Date.now(), runId, workflowId, ...resumption };
  };

  const problemEnd = (problem: ServerProblem): FollowEnd => {
    const error = toRunError({ name: 'ServerProblem', message: serverProblemText(problem) });
    return {
      kind: 'problem',
      problem,
      event: { type: 'run-finished', time: Date.now(), status: 'failed', output: undefined, error },
    };
  };

  /** A run that was to be resumed is what it was before. */
  const asBefore = (problem: ServerProblem): FollowEnd => {
    const event = options.before === undefined ? undefined : endOfRun(options.before, Date.now());
    return event === undefined ? problemEnd(problem) : { kind: 'problem', problem, event };
  };
  /** Set when the answer to the request was lost: the end to tell if the run turns out not to be there. */
  let notBegun: FollowEnd | undefined;

  const unknownEnd = (reason: string): FollowEnd => problemEnd({ server, kind: 'end-unknown', runId, reason });

  /** The end as stream and stored run tell it together. */
  const end = (stored: StoredRun | undefined): FollowEnd => {
    const fromStored = stored === undefined ? undefined : endOfRun(stored, Date.now());
    const told = finished;
    const unchanged = stored === undefined || stored.status === options.before?.status;
    if (options.call === 'resume' && !stepped && unchanged && told?.status === 'failed' && told.error !== undefined) {
      return { kind: 'refused', event: fromStored ?? told, error: told.error };
    }
    if (fromStored === undefined) {
      if (told === undefined) return notBegun ?? unknownEnd('the server does not know it any more');
      start();
      return { kind: 'finished', event: told };
    }
    start();
    if (told?.status === fromStored.status) return { kind: 'finished', event: told };
    return { kind: 'finished', event: fromStored };
  };

  /** The stream told an end: the stored run must tell the same, though it may be written a moment later. */
  const confirm = async (): Promise<FollowEnd | undefined> => {
    const until = Date.now() + timing.storing;
    for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
      const stored = await ask();
      if (stored === 'unreachable') return undefined;
      if (stored === undefined || stored.isFromInMemory === true || stored.status === 'pending') return end(undefined);
      if (endStatusOf(stored.status) !== undefined) {
        if (stored.status !== finished?.status && stepped) fill(stored);
        return end(stored);
      }
      if (Date.now() > until) {
        log(`Run ${runId} is stored as ${stored.status} although its stream has told its end`);
        return end(undefined);
      }
      await rest(wait, signal);
    }
  };

  const ask = async (until: AbortSignal = signal): Promise<StoredRun | undefined | 'unreachable'> => {
    try {
      return await getRun(place, runId, until);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind !== 'canceled') lastProblem = problem;
      return 'unreachable';
    }
  };
  let lastProblem: ServerProblem | undefined;

  /** No stream, no end: asks until the run is over, the author gives up, or nobody knows it. */
  const recover = async (): Promise<FollowEnd> => {
    let reachable = true;
    /** How often the stream may be taken up in vain. */
    let chances = 3;
    let told = false;
    let wait = timing.poll[0];
    for (;;) {
      if (aborted()) return lastWord();
      const stored = await ask();
      if (stored === 'unreachable') {
        if (reachable && lastProblem !== undefined && !aborted()) {
          say(
            `${serverProblemText(lastProblem)} The run is looked for until the server answers again, or until it is canceled.`,
          );
        }
        reachable = false;
        if (lastProblem?.kind === 'unauthorized' || lastProblem?.kind === 'forbidden') return problemEnd(lastProblem);
      } else {
        if (!reachable) say(`${server} answers again.`);
        reachable = true;
        if (stored === undefined) return end(undefined);
        if (endStatusOf(stored.status) !== undefined) {
          // What the stream had still to tell is in the recording, unless the server was started anew since.
          if (!filled && !aborted()) await replay();
          fill(stored);
          return end(stored);
        }
        if (chances > 0 && !filled) {
          const { records, fresh } = await observe();
          if (finished !== undefined) return (await confirm()) ?? (await recover());
          chances = fresh > 0 ? 3 : records > 0 ? chances - 1 : 0;
          if (fresh > 0) wait = timing.poll[0];
          if (chances > 0) {
            await rest(wait, signal);
            continue;
          }
        }
        if (!told && !aborted()) {
          told = true;
          say(
            `Run ${runId} cannot be watched any more; the server stores it as ${stored.status}. What is stored is shown as it changes.`,
          );
        }
        fill(stored);
      }
      await rest(wait, signal);
      wait = Math.min(wait * 2, timing.poll[1]);
    }
  };

  /** After a request without an answer: whether the server stores anything that comes of it. Undefined when it does not answer. */
  const hasBegun = async (): Promise<boolean | undefined> => {
    const until = Date.now() + timing.storing;
    for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
      const stored = await ask();
      if (stored === 'unreachable') return undefined;
      if (stored !== undefined && stored.status !== options.before?.status) return true;
      if (stored !== undefined && ledger.missing(stored).length > 0) return true;
      if (Date.now() > until || aborted()) return false;
      await rest(wait, signal);
    }
  };

  /** The author does not want to wait any longer: what is stored now is what can be said. */
  const lastWord = async (): Promise<FollowEnd> => {
    const stored = await ask(AbortSignal.timeout(timing.storing));
    if (stored === 'unreachable') return unknownEnd(`${server} does not answer`);
    if (stored === undefined) return end(undefined);
    fill(stored);
    if (endStatusOf(stored.status) === undefined) return unknownEnd(`it is stored as ${stored.status}`);
    return end(stored);
  };

  try {
    const response = await openStream(place, { call: options.call, runId, body: options.body, signal });
    options.onSent();
    await read(response, accept);
  } catch (error) {
    const problem = problemOf(error);
    // Whether the request arrived cannot be told from an answer that never came: the stored run knows.
    if (problem.kind !== 'unreachable' && !(problem.kind === 'timeout' && problem.phase === 'answer')) {
      options.onSent();
      return asBefore(problem);
    }
    notBegun = asBefore(problem);
    const begun = await hasBegun();
    options.onSent();
    if (begun === false) return notBegun;
    if (begun === true) say(`${serverProblemText(problem)} The run has begun all the same.`);
    return recover();
  }
  if (finished !== undefined) {
    const confirmed = await confirm();
    if (confirmed !== undefined) return confirmed;
  } else if (!signal.aborted) {
    say(`The connection to ${server} broke while the run goes on. It is taken up again.`);
  }
  return recover();
}

function isStart(record: unknown): boolean {
  return typeof record === 'object' && record !== null && 'type' in record && record.type === 'workflow-start';
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}
