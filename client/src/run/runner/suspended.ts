/** What waits for an answer in a stored run, and how to end such a run. */
import type { Json } from '../../../../common/runlog/events.ts';
import { toJson } from '../../../../common/runlog/json.ts';
import type { SuspendedStep } from '../connection.ts';
import { isRecord, isWorkflow } from './mastra.ts';
import type { MastraLike, WorkflowLike } from './mastra.ts';
import { inputJsonSchema } from './schema.ts';

/** Nested workflows deeper than this are a circle in what was stored. */
const maxDepth = 20;

/**
 * Every step of the run that waits, each once: a nested workflow is replaced by the steps in it, a foreach by its items. Empty when
 * the run is not suspended or not stored. Reads the storage of the project.
 */
export async function suspendedSteps(
  workflow: WorkflowLike,
  mastra: MastraLike | undefined,
  runId: string,
): Promise<readonly SuspendedStep[]> {
  const stored = await workflow.getWorkflowRunById?.(runId, { withNestedWorkflows: false });
  if (!isRecord(stored) || stored['status'] !== 'suspended') return [];
  return waitingIn({ workflow, mastra, runId, path: [], index: undefined, depth: 0 });
}

interface Level {
  readonly workflow: WorkflowLike;
  readonly mastra: MastraLike | undefined;
  readonly runId: string;
  /** The workflows around. */
  readonly path: readonly string[];
  /** The item of a foreach that this level runs for. */
  readonly index: number | undefined;
  readonly depth: number;
}

async function waitingIn(level: Level): Promise<readonly SuspendedStep[]> {
  const stored = await level.workflow.getWorkflowRunById?.(level.runId, { withNestedWorkflows: false });
  const steps = isRecord(stored) ? stored['steps'] : undefined;
  if (!isRecord(steps)) return [];
  const found: SuspendedStep[] = [];
  for (const [id, result] of Object.entries(steps)) {
    if (!isRecord(result) || result['status'] !== 'suspended') continue;
    found.push(...(await waitingAt(level, id, result)));
  }
  return found;
}

async function waitingAt(
  level: Level,
  id: string,
  result: Readonly<Record<string, unknown>>,
): Promise<readonly SuspendedStep[]> {
  const step = isRecord(level.workflow.steps) ? level.workflow.steps[id] : undefined;
  const payload = result['suspendPayload'];
  const items = itemsOf(payload);
  const found: SuspendedStep[] = [];
  if (items === undefined) return waitingOne({ ...level, path: [...level.path, id] }, step, payload, metaOf(payload));
  for (const [index, item] of items.entries()) {
    if (!isRecord(item) || item['status'] !== 'suspended') continue;
    const inside = { ...level, path: [...level.path, id], index: level.index ?? index };
    const meta = { ...metaOf(item['suspendPayload']), ...nestedRun(item) };
    found.push(...(await waitingOne(inside, step, item['suspendPayload'], meta)));
  }
  return found;
}

async function waitingOne(
  level: Level,
  step: unknown,
  payload: unknown,
  meta: Readonly<Record<string, unknown>>,
): Promise<readonly SuspendedStep[]> {
  const { runId, path } = meta;
  if (isWorkflow(step) && typeof runId === 'string' && level.depth < maxDepth) {
    // In a process that has run nothing yet, only workflows of the registry know the storage.
    if (level.mastra !== undefined) step.__registerMastra?.(level.mastra);
    const inner = await waitingIn({ ...level, workflow: step, runId, depth: level.depth + 1 });
    if (inner.length > 0) return inner;
  }
  // A nested workflow that stores nothing of its own: the note of where it stopped is all there is.
  const rest = Array.isArray(path) ? path.filter((part) => typeof part === 'string') : [];
  const waiting = isWorkflow(step) ? innermost(step, rest) : step;
  return [
    {
      step: [...level.path, ...(isWorkflow(step) ? rest : [])],
      index: level.index,
      payload: withoutMeta(payload),
      resumeSchema: isRecord(waiting) ? inputJsonSchema(waiting['resumeSchema']) : undefined,
    },
  ];
}

/** The step that a path of ids leads to; undefined when the source does not have it any more. */
export function innermost(workflow: WorkflowLike, path: readonly string[]): unknown {
  let current: unknown = workflow;
  for (const id of path) {
    if (!isWorkflow(current) || !isRecord(current.steps)) return undefined;
    current = current.steps[id];
  }
  return current;
}

function metaOf(payload: unknown): Readonly<Record<string, unknown>> {
  const meta = isRecord(payload) ? payload['__workflow_meta'] : undefined;
  return isRecord(meta) ? meta : {};
}

function nestedRun(item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const metadata = item['metadata'];
  const runId = isRecord(metadata) ? metadata['nestedRunId'] : undefined;
  return typeof runId === 'string' ? { runId } : {};
}

function itemsOf(payload: unknown): readonly unknown[] | undefined {
  const items = metaOf(payload)['foreachOutput'];
  return Array.isArray(items) ? items : undefined;
}

function withoutMeta(payload: unknown): Json {
  if (!isRecord(payload)) return toJson(payload);
  return toJson(Object.fromEntries(Object.entries(payload).filter(([name]) => name !== '__workflow_meta')));
}
