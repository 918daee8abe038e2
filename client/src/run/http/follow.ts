/**
 * A run on a server from its POST to its end. The stream tells what happens; the stored run has the last word on how it ended. A
 * stream that breaks is taken up again; when nobody can stream the run any more, what is stored is told as it appears.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { toRunError } from '../../../../common/runlog/error.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import { serverName } from './address.ts';
import { getRun, getRunHead, openStream } from './api.ts';
import type { WorkflowPlace } from './api.ts';
import { problemOf } from './problem.ts';
import type { ServerProblem } from './problem.ts';
import type { StoredRun } from './shapes.ts';
import { endOfRun, endStatusOf } from './stored.ts';
import { createTelling } from './telling.ts';
import type { Finished, TellingOptions, ToldEnd } from './telling.ts';
import { watchRun } from './watching.ts';
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

export interface FollowOptions extends Omit<TellingOptions, 'workflowId'> {
  readonly place: WorkflowPlace;
  readonly body: Json;
  /** Ends the watching, not the run. */
  readonly signal: AbortSignal;
  /** Ends everything at once: nobody listens any more. */
  readonly closing: AbortSignal;
  readonly timing: FollowTiming;
  /** The server has the request, or it is known that it never gets it. */
  readonly onSent: () => void;
  readonly log: (message: string) => void;
}

export type FollowEnd =
  | ToldEnd
  /** It did not come to a run, or its end cannot be known. */
  | { readonly kind: 'problem'; readonly event: Finished; readonly problem: ServerProblem };

/** Follows one `stream` or `resume-stream`. Sends one POST that changes anything, ever. Never rejects for what a server does. */
export async function followRun(options: FollowOptions): Promise<FollowEnd> {
  const { place, runId, timing, log } = options;
  const server = serverName(place.address);
  const signal = AbortSignal.any([options.signal, options.closing]);
  const telling = createTelling({ ...options, workflowId: place.id });
  const watching = watchRun({ place, runId, signal, silence: timing.silence, telling, log });
  let lastProblem: ServerProblem | undefined;
  /** Set when the answer to the request was lost: the end to tell if the run turns out not to be there. */
  let notBegun: FollowEnd | undefined;

  const aborted = (): boolean => signal.aborted;
  const rest = (milliseconds: number): Promise<void> =>
    pause(milliseconds, undefined, { signal }).catch(() => undefined);

  const say = (text: string): void => {
    log(text);
    options.emit({ type: 'console', time: Date.now(), level: 'warn', text, step: undefined });
  };

  const ask = async (
    get: typeof getRun,
    until: AbortSignal = signal,
  ): Promise<StoredRun | undefined | 'unreachable'> => {
    try {
      return await get(place, runId, until);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind !== 'canceled') lastProblem = problem;
      return 'unreachable';
    }
  };

  const unknownEnd = (reason: string): FollowEnd => problemEnd({ server, kind: 'end-unknown', runId, reason });
  const end = (stored: StoredRun | undefined): FollowEnd =>
    telling.end(stored) ?? notBegun ?? unknownEnd('the server does not know it any more');

  /** The stream told an end: the stored run must tell the same, though it may be written a moment later. */
  const confirm = async (): Promise<FollowEnd | undefined> => {
    const until = Date.now() + timing.storing;
    for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
      const head = await ask(getRunHead);
      if (head === 'unreachable') return undefined;
      if (head === undefined || head.isFromInMemory === true || head.status === 'pending') return end(undefined);
      const status = endStatusOf(head.status);
      if (status !== undefined && status === telling.finished?.status) return end(head);
      if (status !== undefined) {
        const stored = await ask(getRun);
        if (stored === 'unreachable' || stored === undefined) return undefined;
        if (!isRefused(stored)) telling.fill(stored);
        return end(stored);
      }
      if (Date.now() > until) {
        log(`Run ${runId} is stored as ${head.status} although its stream has told its end`);
        return end(undefined);
      }
      await rest(wait);
    }
  };
  /** A resumption that changed nothing. */
  const isRefused = (stored: StoredRun): boolean => options.call === 'resume' && !telling.isBehind(stored);

  /** After a request without an answer: whether the server stores anything that comes of it. Undefined when it does not answer. */
  const hasBegun = async (): Promise<boolean | undefined> => {
    const until = Date.now() + timing.storing;
    for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
      const stored = await ask(getRun);
      if (stored === 'unreachable') return undefined;
      if (stored !== undefined && stored.status !== options.before?.status) return true;
      if (stored !== undefined && telling.isBehind(stored)) return true;
      if (Date.now() > until || aborted()) return false;
      await rest(wait);
    }
  };

  /** The author does not want to wait any longer: what is stored now is what can be said. */
  const lastWord = async (): Promise<FollowEnd> => {
    if (options.closing.aborted) return unknownEnd('watching it was ended');
    const stored = await ask(getRun, AbortSignal.any([options.closing, AbortSignal.timeout(timing.storing)]));
    if (stored === 'unreachable') return unknownEnd(`${server} does not answer`);
    if (stored === undefined) return end(undefined);
    telling.fill(stored);
    if (endStatusOf(stored.status) === undefined) return unknownEnd(`it is stored as ${stored.status}`);
    return end(stored);
  };

  /** No stream, no end: asks until the run is over, the author gives up, or nobody knows it. */
  const recover = async (): Promise<FollowEnd> => {
    let reachable = true;
    /** How often the stream may be taken up in vain. */
    let chances = 3;
    let told = false;
    /** When the stored run was written that was told last. */
    let seen: StoredRun['updatedAt'];
    let wait = timing.poll[0];
    for (; !aborted(); await rest(wait), wait = Math.min(wait * 2, timing.poll[1])) {
      const head = await ask(getRunHead);
      const stored = typeof head === 'object' && !isSeen(head, seen) ? await ask(getRun) : head;
      if (stored === 'unreachable') {
        if (lastProblem?.kind === 'unauthorized' || lastProblem?.kind === 'forbidden') return problemEnd(lastProblem);
        if (reachable && lastProblem !== undefined && !aborted()) say(`${serverProblemText(lastProblem)} ${waiting}`);
        reachable = false;
        continue;
      }
      if (!reachable) say(`${server} answers again.`);
      reachable = true;
      if (stored === undefined) return end(undefined);
      if (endStatusOf(stored.status) !== undefined) {
        // What the stream had still to tell is in the recording, unless the server was started anew since.
        if (!telling.filled && !aborted()) await watching.replay();
        telling.fill(stored);
        return end(stored);
      }
      if (chances > 0 && !telling.filled) {
        const { records, fresh } = await watching.observe();
        if (telling.finished !== undefined) return (await confirm()) ?? (await recover());
        chances = fresh > 0 ? 3 : records > 0 ? chances - 1 : 0;
        if (fresh > 0) wait = timing.poll[0];
        if (chances > 0) continue;
      }
      if (!told && !aborted()) say(`Run ${runId} cannot be watched any more; ${unwatched(stored)}`);
      told = true;
      if (stored !== head) telling.fill(stored);
      seen = stored.updatedAt;
    }
    return lastWord();
  };

  if (options.known !== undefined) {
    options.onSent();
    say('The run is watched again from here on.');
    return recover();
  }
  try {
    const response = await openStream(place, { call: options.call, runId, body: options.body, signal });
    options.onSent();
    await watching.read(response);
  } catch (error) {
    const problem = problemOf(error);
    notBegun = asBefore(problem, options.before);
    // Whether the request arrived cannot be told from an answer that never came: the stored run knows.
    const isLost = problem.kind === 'unreachable' || (problem.kind === 'timeout' && problem.phase === 'answer');
    const begun = isLost ? await hasBegun() : false;
    options.onSent();
    if (begun === false) return notBegun;
    if (begun === true) say(`${serverProblemText(problem)} The run has begun all the same.`);
    return recover();
  }
  if (telling.finished !== undefined) return (await confirm()) ?? recover();
  if (!aborted()) say(`The connection to ${server} broke while the run goes on. It is taken up again.`);
  return recover();
}

/** As long as nothing was written there is nothing to read. */
function isSeen(head: StoredRun, seen: StoredRun['updatedAt']): boolean {
  return typeof head.updatedAt === 'string' && head.updatedAt === seen && endStatusOf(head.status) === undefined;
}

const waiting = 'The run is looked for until the server answers again, or until it is canceled.';

function unwatched(stored: StoredRun): string {
  return `the server stores it as ${stored.status}. What is stored is shown as it changes.`;
}

function problemEnd(problem: ServerProblem): FollowEnd {
  const error = toRunError({ name: 'ServerProblem', message: serverProblemText(problem) });
  const event = { type: 'run-finished', time: Date.now(), status: 'failed', output: undefined, error } as const;
  return { kind: 'problem', problem, event };
}

/** A run that was to be resumed is what it was before. */
function asBefore(problem: ServerProblem, before: StoredRun | undefined): FollowEnd {
  const event = before === undefined ? undefined : endOfRun(before, Date.now());
  return event === undefined ? problemEnd(problem) : { kind: 'problem', problem, event };
}
