/** The same workflow over a server and in the embedded runner: what must be the same of two runs, and the runs themselves. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRunLog, foldRun, toJson } from '../../common/runlog/index.ts';
import type { RunEvent, RunState } from '../../common/runlog/index.ts';
import type { RunConnection } from '../../client/src/run/connection.ts';
import type { ServerAddress } from '../../client/src/run/http/address.ts';
import { launchRunner } from '../../client/src/run/launch.ts';
import { openSession } from '../../client/src/run/session.ts';
import { ordersFolder } from '../projects/orders.expected.ts';
import type { ExpectedWorkflow } from '../projects/orders.expected.ts';
import { sessionTools } from '../run/project.ts';
import { connectTo, inputs } from './connect.ts';

/** The states of a run at each of its stops: once it is over or suspended, and again after it was resumed. */
export type Stops = readonly unknown[];

/** Runs to the end, over `suspended` where the workflow waits for an answer. */
async function runThrough(
  connection: RunConnection,
  events: readonly RunEvent[],
  { id, input, outcome }: ExpectedWorkflow,
): Promise<Stops> {
  await connection.loaded;
  const value = toJson(input);
  assert.deepEqual(await connection.validate('input', value), [], id);
  assert.equal(await connection.start(inputs(value)), undefined, id);
  const stops = [foldRun(events)];
  if (outcome.status === 'suspended') {
    const runId = foldRun(events).runId ?? '';
    const [step, ...more] = await connection.suspended(runId);
    assert.deepEqual(more, [], id);
    assert.ok(step !== undefined, id);
    assert.equal(step.step.join('.'), outcome.step);
    assert.deepEqual(step.payload, outcome.payload);
    const data = toJson(outcome.resumeData);
    assert.deepEqual(await connection.validate({ resume: step.step }, data), [], id);
    assert.equal(await connection.resume({ runId, step: step.step, index: step.index, data }), undefined, id);
    assert.deepEqual(await connection.suspended(runId), [], id);
    stops.push(foldRun(events));
  }
  return stops.map(comparable);
}

export async function runOverHttp(address: ServerAddress, expected: ExpectedWorkflow): Promise<Stops> {
  const { connection, events } = connectTo(address, { id: expected.id });
  try {
    return await runThrough(connection, events, expected);
  } finally {
    await connection.dispose();
  }
}

const embedded = new Map<string, Promise<Stops>>();

/** Runs it once; whoever asks again gets the same. */
export function runEmbedded(expected: ExpectedWorkflow): Promise<Stops> {
  const known = embedded.get(expected.id);
  if (known !== undefined) return known;
  const running = runEmbeddedAnew(expected);
  embedded.set(expected.id, running);
  return running;
}

async function runEmbeddedAnew(expected: ExpectedWorkflow): Promise<Stops> {
  const { id, file, exportName, declaredName } = expected;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mastra-embedded-'));
  const log = createRunLog();
  const target = {
    file: path.join(ordersFolder, 'src/mastra/workflows', file),
    folder: ordersFolder,
    workflow: { id, name: declaredName, exportName },
  };
  const launch = {
    target,
    entrySetting: undefined,
    ...sessionTools,
    nodeSearch: {
      ...sessionTools.nodeSearch,
      environment: { ...process.env, DATABASE_URL: `file:${path.join(folder, 'orders.db')}` },
    },
    log: () => undefined,
  };
  const session = openSession({
    target,
    launch: (signal) => launchRunner(launch, signal),
    onEvent: (event) => log.append(event),
    log: () => undefined,
  });
  try {
    return await runThrough(session, log.events, expected);
  } finally {
    await session.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A state without what differs between any two runs: times, ids that are made anew. Stacks are not compared either: no server sends
 * them. Steps are in no order: those that run beside each other end as they please.
 */
function comparable(state: RunState): unknown {
  const { status, workflowId, input, output, error } = state;
  const steps = [...state.steps].map(([id, step]) => [plainId(id), step] as const);
  return plain({ status, workflowId, input, output, error, steps: Object.fromEntries(steps) });
}

const generated = new Set([
  'startedAt',
  'finishedAt',
  'endedAt',
  'stack',
  'runId',
  'messageId',
  'timestamp',
  'createdAt',
]);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string') return plainId(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
      generated.has(name) || inner === undefined ? [] : [[name, plain(inner)]],
    ),
  );
}

function plainId(text: string): string {
  return text.replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '<uuid>');
}
