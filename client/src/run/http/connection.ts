/** A workflow on a Mastra server as a RunConnection. */
import { randomUUID } from 'node:crypto';
import type { Json } from '../../../../common/runlog/events.ts';
import type { RunConnection, RunListener, SuspendedStep } from '../connection.ts';
import { deferred } from '../deferred.ts';
import { RunFailure } from '../problem.ts';
import type { RunProblem } from '../problem.ts';
import type { CheckedPart, LoadedWorkflow, WorkflowReference } from '../protocol.ts';
import { serverName } from './address.ts';
import type { ServerAddress } from './address.ts';
import { followOf, resumeOf, startOf } from './begin.ts';
import type { Begun } from './begin.ts';
import { cancelRun, getRun, getRunHead } from './api.ts';
import type { WorkflowPlace } from './api.ts';
import { blockedAnswer, cancelNote } from './engines.ts';
import { defaultTiming, followRun } from './follow.ts';
import type { FollowEnd, FollowTiming } from './follow.ts';
import { loadWorkflow } from './load.ts';
import type { ServedWorkflow } from './load.ts';
import { ServerFailure } from './problem.ts';
import type { ServerProblemKind } from './problem.ts';
import { inputSchemaOf } from './schemas.ts';
import type { StoredRun } from './shapes.ts';
import { endOfRun } from './stored.ts';
import { suspendedSteps } from './suspended.ts';
import { serverProblemText } from './words.ts';

export interface HttpConnectionOptions extends RunListener {
  readonly address: ServerAddress;
  readonly workflow: WorkflowReference;
  readonly timing?: Partial<HttpTiming>;
}

export interface HttpTiming extends FollowTiming {
  /** Milliseconds that a canceled run has to end its stream by itself. */
  readonly grace: number;
}

/** Loads at once. One connection starts at most one run, and follows one start or resumption at a time. */
export function openHttpConnection(options: HttpConnectionOptions): RunConnection {
  const { address } = options;
  const timing: HttpTiming = { ...defaultTiming, grace: 1_500, ...options.timing };
  const server = serverName(address);
  /** Ends everything that waits for an answer; what runs on the server goes on. */
  const closing = new AbortController();
  const served = loadWorkflow(address, options.workflow, closing.signal);
  const loaded = served.then(
    (found) => loadedWorkflow(found),
    (error: unknown) => {
      throw new RunFailure(asProblem(error));
    },
  );
  // The author may close the input before anyone looks at it.
  loaded.catch(() => undefined);
  let started: Promise<RunProblem | undefined> | undefined;
  let current: Current | undefined;
  let disposed = false;

  /** Whoever listens may fail, e.g. to write to a full disk; the run goes on all the same. */
  const tell: RunListener['onEvent'] = (event) => {
    if (disposed) return;
    try {
      options.onEvent(event);
    } catch (error) {
      options.log(`An event of the run was not taken: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const finish = (end: FollowEnd): RunProblem | undefined => {
    tell(end.event);
    switch (end.kind) {
      case 'finished':
        return undefined;
      case 'refused':
        return { kind: 'resume-refused', error: end.error };
      case 'problem':
        return { kind: 'server', problem: end.problem };
    }
  };

  /** Never rejects for what a server does. */
  const conduct = async (
    runId: string,
    kind: 'start' | 'resume' | 'follow',
    begin: (place: WorkflowPlace) => Promise<Begun>,
  ): Promise<RunProblem | undefined> => {
    if (current !== undefined) return { kind: 'server', problem: { server, kind: 'busy' } };
    const stop = new AbortController();
    const sent = deferred<WorkflowPlace | undefined>();
    current = { runId, stop, sent: sent.promise, canceling: false };
    try {
      const { place } = await served;
      const begun = await begin(place);
      if (current.canceling) throw new ServerFailure({ server, kind: 'canceled' });
      const end = await followRun({
        ...begun,
        place,
        runId,
        signal: stop.signal,
        closing: closing.signal,
        timing,
        onSent: () => sent.resolve(place),
        emit: tell,
        log: options.log,
      });
      return finish(end);
    } catch (error) {
      const problem = asProblem(error);
      // What is followed goes on, or ended, whether we know it or not.
      if (kind !== 'follow') tell(nothingSent(error, problem, kind === 'resume'));
      return problem;
    } finally {
      sent.resolve(undefined);
      current = undefined;
    }
  };

  const cancelCurrent = async (run: Current): Promise<void> => {
    const place = await run.sent;
    if (place === undefined || run !== current) return;
    try {
      const { details } = await served;
      const note = cancelNote(details.engineType ?? undefined);
      if (note !== undefined && run === current) tell(warning(note));
      await cancelRun(place, run.runId, closing.signal);
      options.log(`Run ${run.runId} is canceled at ${server}`);
    } catch (error) {
      if (!(error instanceof ServerFailure)) throw error;
      const text = `The run could not be canceled: ${serverProblemText(error.problem)}`;
      options.log(text);
      if (run !== current) return;
      // A server that answers goes on with the run, and so do we.
      const goesOn = answered.has(error.problem.kind);
      tell(warning(goesOn ? `${text} Cancel again to stop watching it.` : text));
      if (goesOn) return;
    }
    // A step that does not heed its abort signal keeps the stream open.
    const timer = setTimeout(() => run.stop.abort(), timing.grace);
    run.stop.signal.addEventListener('abort', () => clearTimeout(timer));
  };

  return {
    loaded,
    async validate(part, value) {
      const { details } = await served.catch((error: unknown) => {
        throw new RunFailure(asProblem(error));
      });
      const { issuesOf } = await loadValidation();
      return issuesOf(schemaOf(details, part), value);
    },
    start(inputs) {
      // A second click must not start a second run.
      return (started ??= conduct(randomUUID(), 'start', () => Promise.resolve(startOf(inputs))));
    },
    resume(resumption) {
      return conduct(resumption.runId, 'resume', async (place) => {
        const before = await getRun(place, resumption.runId, closing.signal);
        if (before === undefined) throw new ServerFailure({ server, kind: 'run-missing', runId: resumption.runId });
        if (before.status !== 'suspended') throw new NotSuspended(server, before);
        return resumeOf(resumption, before);
      });
    },
    follow({ runId, events }) {
      return conduct(runId, 'follow', () => Promise.resolve(followOf(events)));
    },
    async suspended(runId): Promise<readonly SuspendedStep[]> {
      try {
        const { place, details } = await served;
        const run = await getRun(place, runId, closing.signal);
        return run === undefined
          ? []
          : suspendedSteps(run, details).map((step) => withEngine(step, details.engineType));
      } catch (error) {
        throw new RunFailure(asProblem(error));
      }
    },
    cancel() {
      const run = current;
      if (run === undefined) {
        if (started === undefined) closing.abort();
        return;
      }
      // Whoever asks twice does not want to wait for the server.
      if (run.canceling) run.stop.abort();
      else void cancelCurrent(run);
      run.canceling = true;
    },
    async abandon(runId) {
      try {
        const { place } = await served;
        await cancelRun(place, runId, closing.signal);
        const status = (await getRunHead(place, runId, closing.signal))?.status;
        if (status === undefined || status === 'canceled') return undefined;
        const message = `Run ${runId} is still stored as ${status}`;
        return { kind: 'server', problem: { server, kind: 'rejected', status: 200, message, issues: [] } };
      } catch (error) {
        return asProblem(error);
      }
    },
    async dispose() {
      disposed = true;
      closing.abort();
      await Promise.allSettled([served, started]);
    },
  };
}

/** The server is there, and did not cancel. */
const answered: ReadonlySet<ServerProblemKind> = new Set(['unsupported', 'rejected', 'unauthorized', 'forbidden']);

/** What goes on now. */
interface Current {
  readonly runId: string;
  readonly stop: AbortController;
  /** Resolves when the server has the request; with undefined when it never gets it. */
  readonly sent: Promise<WorkflowPlace | undefined>;
  canceling: boolean;
}

/** Somebody else resumed or canceled it meanwhile. */
class NotSuspended extends ServerFailure {
  readonly stored: StoredRun;
  constructor(server: string, stored: StoredRun) {
    const message = `Run ${stored.runId} does not wait for an answer: it is stored as ${stored.status}`;
    super({ server, kind: 'rejected', status: 409, message, issues: [] });
    this.stored = stored;
  }
}

/** The end of what never left this computer: a run that was not started, or one that is suspended as before. */
function nothingSent(error: unknown, problem: RunProblem, resumes: boolean): Parameters<RunListener['onEvent']>[0] {
  const end = { type: 'run-finished', time: Date.now(), output: undefined } as const;
  const stored = error instanceof NotSuspended ? endOfRun(error.stored, Date.now()) : undefined;
  if (stored !== undefined) return stored;
  const isMissing = problem.kind === 'server' && problem.problem.kind === 'run-missing';
  if (resumes && !isMissing) return { ...end, status: 'suspended', error: undefined };
  if (problem.kind === 'canceled') return { ...end, status: 'canceled', error: undefined };
  const reason = problem.kind === 'runner-failed' ? problem.reason : problem.kind;
  const message = problem.kind === 'server' ? serverProblemText(problem.problem) : reason;
  return { ...end, status: 'failed', error: { name: 'ServerProblem', message, stack: undefined, cause: undefined } };
}

function withEngine(step: SuspendedStep, engine: string | null | undefined): SuspendedStep {
  const blocked = blockedAnswer(engine ?? undefined, step);
  return blocked === undefined ? step : { ...step, blocked };
}

/** A part of its own, `dist/validate.cjs`: only runs on servers need it. */
const loadValidation = () => import('./validate.ts');

async function loadedWorkflow({ id, details, durable }: ServedWorkflow): Promise<LoadedWorkflow> {
  const { issuesOf } = await loadValidation();
  const stateSchema = inputSchemaOf(details.stateSchema);
  return {
    id,
    mastra: 'registered',
    inputSchema: inputSchemaOf(details.inputSchema),
    stateSchema,
    needsState: stateSchema !== undefined && issuesOf(stateSchema, {}).length > 0,
    requestContextSchema: inputSchemaOf(details.requestContextSchema),
    durable,
  };
}

function schemaOf(details: ServedWorkflow['details'], part: CheckedPart): Json | undefined {
  switch (part) {
    case 'input':
      return inputSchemaOf(details.inputSchema);
    case 'state':
      return inputSchemaOf(details.stateSchema);
    case 'requestContext':
      return inputSchemaOf(details.requestContextSchema);
    default:
      return inputSchemaOf(details.allSteps?.[part.resume.join('.')]?.resumeSchema);
  }
}

/** What is none of a server's problems is a mistake of ours; it is reported like one. */
function asProblem(error: unknown): RunProblem {
  if (error instanceof RunFailure) return error.problem;
  if (!(error instanceof ServerFailure)) {
    return { kind: 'runner-failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  return error.problem.kind === 'canceled' ? { kind: 'canceled' } : { kind: 'server', problem: error.problem };
}

function warning(text: string): Parameters<RunListener['onEvent']>[0] {
  return { type: 'console', time: Date.now(), level: 'warn', text, step: undefined };
}
