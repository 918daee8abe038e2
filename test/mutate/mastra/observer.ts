/** A process that loads builds of a project, runs their workflows, and says what happens. Started by mastra.ts. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Observation, Request, Trial, TrialOutcome } from './observation.ts';

process.on('message', (request: Request) => {
  void observe(request).then((observation) => process.send?.(observation));
});

// A promise that nobody waits for is a mistake of the mutant, which its outcome tells; this process goes on.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);

async function observe({ url, database, trials, patience }: Request): Promise<Observation> {
  process.env['DATABASE_URL'] = database;
  const nothing = { runs: [], collisions: [], hidden: [], pausesVary: false, planted: undefined };
  let modules: Fields;
  try {
    modules = fieldsOf(await import(url));
  } catch (error) {
    return { load: messageOf(error), ...nothing };
  }
  const mastra = fieldsOf(fieldsOf(modules['entry'])['mastra']);
  try {
    const runs = await Promise.all(trials.map((trial) => tried(modules, trial, patience)));
    const workflows = trials.map((trial) => workflowOf(modules, trial));
    return {
      load: undefined,
      runs,
      collisions: [...new Set(workflows.flatMap(collisionsIn))],
      hidden: hiddenIn(mastra),
      pausesVary: await pausesVary(url, modules, trials, patience),
      planted: await plantedIn(modules, patience),
    };
  } finally {
    await within(patience, call(mastra, 'shutdown')).catch(() => undefined);
  }
}

async function tried(modules: Fields, trial: Trial, patience: number): Promise<TrialOutcome> {
  const workflow = workflowOf(modules, trial);
  const named = `${trial.exportName} with ${JSON.stringify(trial.input)}`;
  try {
    const run = await within(patience, call(workflow, 'createRun'));
    const started = fieldsOf(await within(patience, call(run, 'start', { inputData: trial.input })));
    const outcome = [outcomeOf(started)];
    let last = started;
    if (started['status'] === 'suspended' && trial.resumeData !== undefined) {
      last = fieldsOf(await within(patience, call(run, 'resume', { resumeData: trial.resumeData })));
      outcome.push(outcomeOf(last));
    }
    return {
      workflow: named,
      outcome: outcome.join(', then '),
      kept: kept(last),
      nothing: nothingOf(last),
      broken: await brokenPromises(workflow, last),
    };
  } catch (error) {
    return { workflow: named, outcome: `throws ${messageOf(error)}`, kept: {}, nothing: [], broken: [] };
  }
}

function outcomeOf(result: Fields): string {
  const { status, error, suspended, suspendPayload } = result;
  const parts = [result['result'], error === undefined ? undefined : messageOf(error), suspended];
  return JSON.stringify([status, ...parts, status === 'suspended' ? withoutMeta(suspendPayload) : undefined]);
}

/** What is kept of each entry: what it gives, and what it is given where that is not what the one before it gives. */
function kept(result: Fields): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsOf(result['steps'])).map(([id, given]): readonly [string, string] => {
    const { payload, output } = fieldsOf(given);
    return [id, JSON.stringify({ payload, output })];
  });
  return Object.fromEntries(entries);
}

/** The entries that end well and hand on nothing. */
function nothingOf(result: Fields): readonly string[] {
  return Object.entries(fieldsOf(result['steps'])).flatMap(([id, given]) => {
    const { status, output } = fieldsOf(given);
    return status === 'success' && (output === undefined || output === null) ? [id] : [];
  });
}

/** Mastra adds what it needs to resume under a key of its own. */
function withoutMeta(payload: unknown): unknown {
  return JSON.parse(
    JSON.stringify(payload ?? null, (key, value: unknown) => (key === '__workflow_meta' ? undefined : value)),
  );
}

/** The outputs that their own schemas refuse. */
async function brokenPromises(workflow: Fields, result: Fields): Promise<readonly string[]> {
  const steps = fieldsOf(workflow['steps']);
  const broken: string[] = [];
  for (const [id, given] of Object.entries(fieldsOf(result['steps']))) {
    const { status, output } = fieldsOf(given);
    const schema = fieldsOf(steps[id])['outputSchema'];
    if (status !== 'success' || (await accepts(schema, output))) continue;
    // A step in `.foreach` promises each element of its list.
    const elements = Array.isArray(output) ? output : [];
    const each = await Promise.all(elements.map((element) => accepts(schema, element)));
    if (elements.length === 0 || each.includes(false)) broken.push(id);
  }
  const ended = result['status'] === 'success';
  if (ended && !(await accepts(workflow['outputSchema'], result['result']))) broken.push('the end');
  return broken;
}

async function accepts(schema: unknown, value: unknown): Promise<boolean> {
  const standard = fieldsOf(fieldsOf(schema)['~standard']);
  if (typeof standard['validate'] !== 'function') return true;
  return fieldsOf(await call(standard, 'validate', value))['issues'] === undefined;
}

function collisionsIn(workflow: Fields): readonly string[] {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const { type, id } of entriesIn(workflow)) {
    if (type !== 'step' || typeof id !== 'string') continue;
    if (seen.has(id)) twice.push(id);
    seen.add(id);
  }
  return twice;
}

interface Entry {
  readonly type: unknown;
  readonly id: unknown;
}

/** The entries of the chain and of their boxes, not those of workflows in it. */
function entriesIn(workflow: Fields): readonly Entry[] {
  const found: Entry[] = [];
  const visit = (given: unknown): void => {
    const entry = fieldsOf(given);
    const step = fieldsOf(entry['step']);
    // `.parallel` and `.branch` hold entries, `.foreach` and loops one that is called their step.
    if (Array.isArray(entry['steps'])) entry['steps'].forEach(visit);
    else if (step['type'] !== undefined) visit(step);
    else if (entry['step'] !== undefined) found.push({ type: 'step', id: step['id'] });
    else found.push({ type: entry['type'], id: entry['id'] });
  };
  const graph = workflow['serializedStepGraph'];
  if (Array.isArray(graph)) graph.forEach(visit);
  return found;
}

function hiddenIn(mastra: Fields): readonly string[] {
  const workflows = Object.values(fieldsOf(call(mastra, 'listWorkflows')));
  return workflows.flatMap((workflow) => {
    const { id } = fieldsOf(workflow);
    return call(mastra, 'getWorkflowById', id) === workflow ? [] : [String(id)];
  });
}

async function pausesVary(url: string, modules: Fields, trials: readonly Trial[], patience: number): Promise<boolean> {
  const pausesOf = (from: Fields): readonly unknown[] =>
    trials
      .flatMap((trial) => entriesIn(workflowOf(from, trial)))
      .flatMap(({ type, id }) => (type === 'sleep' || type === 'sleepUntil' ? [id] : []));
  const pauses = pausesOf(modules);
  if (pauses.length === 0) return false;
  const again = fieldsOf(await import(`${url}?again`));
  await within(patience, call(fieldsOf(fieldsOf(again['entry'])['mastra']), 'shutdown')).catch(() => undefined);
  return JSON.stringify(pausesOf(again)) !== JSON.stringify(pauses);
}

async function plantedIn(modules: Fields, patience: number): Promise<string | undefined> {
  const changed = Object.entries(modules).flatMap(([name, module]) => (name.startsWith('changed') ? [module] : []));
  for (const module of changed) {
    if (typeof fieldsOf(module)['planted'] !== 'function') continue;
    try {
      await within(patience, call(fieldsOf(module), 'planted'));
    } catch (error) {
      return messageOf(error);
    }
  }
  return undefined;
}

function workflowOf(modules: Fields, { module, exportName }: Trial): Fields {
  return fieldsOf(fieldsOf(modules[module])[exportName]);
}

async function within(milliseconds: number, work: unknown): Promise<unknown> {
  const giveUp = new AbortController();
  try {
    return await Promise.race([
      work,
      wait(milliseconds, undefined, { signal: giveUp.signal, ref: true }).then(() => {
        throw new Error('it does not end');
      }),
    ]);
  } finally {
    giveUp.abort();
  }
}

/** What comes from a build of unknown content, looked at by name. */
type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? (value as Fields) : {};
}

function call(receiver: unknown, method: string, ...given: readonly unknown[]): unknown {
  const found = fieldsOf(receiver)[method];
  if (typeof found !== 'function') throw new TypeError(`${method} is not a function`);
  return Reflect.apply(found, receiver, given);
}

/** With the messages of its causes. Mastra hands errors on as plain objects. */
function messageOf(error: unknown): string {
  const { message, cause } = fieldsOf(error);
  const own = typeof message === 'string' ? message : String(error);
  return cause === undefined ? own : `${own} (${messageOf(cause)})`;
}
