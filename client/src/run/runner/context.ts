/** Which step the code that runs now belongs to. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { isRecord, isStep, isWorkflow } from './mastra.ts';
import type { StepLike, WorkflowLike } from './mastra.ts';

interface StepContext {
  readonly path: readonly string[];
  /** A workflow used as a step: steps inside it extend the path. Code under any other step belongs to that step. */
  readonly nests: boolean;
}

const storage = new AsyncLocalStorage<StepContext>();
const wrapped = new WeakSet<object>();

/** What is told of steps while they run. */
export interface StepWatch {
  readonly onError: (error: unknown) => void;
  /** A step that threw `error` (undefined where that is not known for sure) is tried again; `attempt` is 2 or more. */
  readonly onRetry: (step: readonly string[], attempt: number, error: unknown) => void;
}

export function currentStep(): readonly string[] | undefined {
  return storage.getStore()?.path;
}

/** Makes the steps of a workflow, and of workflows nested in it, carry their path while they run, whatever engine runs them. */
export function attributeWorkflow(workflow: WorkflowLike, watch: StepWatch): void {
  const steps = isRecord(workflow.steps) ? Object.values(workflow.steps) : [];
  for (const step of steps) {
    if (!isStep(step) || wrapped.has(step)) continue;
    wrap(step, watch);
    if (isWorkflow(step)) attributeWorkflow(step, watch);
  }
}

/**
 * The same for steps that exist only while they run, such as mappings: the default engine calls `onStepExecutionStart` with
 * each step object before it executes it. Does nothing where this version of @mastra/core has no such method.
 */
export function attributeSteps(core: unknown, watch: StepWatch): void {
  const engine = isRecord(core) ? core['DefaultExecutionEngine'] : undefined;
  const prototype = isRecord(engine) ? engine['prototype'] : undefined;
  if (!isRecord(prototype) || typeof prototype['onStepExecutionStart'] !== 'function') return;
  const original = prototype['onStepExecutionStart'] as (this: unknown, ...parameters: unknown[]) => unknown;
  Object.defineProperty(prototype, 'onStepExecutionStart', {
    configurable: true,
    writable: true,
    value: function (this: unknown, ...parameters: unknown[]): unknown {
      const [first] = parameters;
      const step = isRecord(first) ? first['step'] : undefined;
      if (isStep(step)) wrap(step, watch);
      return original.apply(this, parameters);
    },
  });
}

function wrap(step: StepLike, watch: StepWatch): void {
  if (wrapped.has(step)) return;
  wrapped.add(step);
  const execute = step.execute;
  const nests = step.component === 'WORKFLOW';
  /** What attempts threw that may be tried again, by their number; several where a foreach has several items under way. */
  const thrown = new Map<number, unknown[]>();
  try {
    step.execute = function (this: unknown, ...parameters: unknown[]): unknown {
      const context = enter(step.id, nests);
      const attempt = attemptOf(parameters[0]);
      const before = thrown.get(attempt - 1);
      thrown.delete(attempt - 1);
      // Code inside of another step belongs to that one, and so does what it tries.
      if (attempt > 1 && context.path.at(-1) === step.id)
        watch.onRetry(context.path, attempt, before?.length === 1 ? before[0] : undefined);
      return storage.run(context, async () => {
        try {
          return await execute.apply(this, parameters);
        } catch (error) {
          watch.onError(error);
          thrown.set(attempt, [...(thrown.get(attempt) ?? []), error]);
          throw error;
        }
      });
    };
  } catch {
    // A frozen step: it runs as it is.
  }
}

/** Mastra counts retries from 0 in what it gives to a step; versions that do not have no attempts either. */
function attemptOf(given: unknown): number {
  const retries = isRecord(given) ? given['retryCount'] : undefined;
  return typeof retries === 'number' ? retries + 1 : 1;
}

function enter(id: string, nests: boolean): StepContext {
  const outer = storage.getStore();
  if (outer === undefined) return { path: [id], nests };
  return outer.nests ? { path: [...outer.path, id], nests } : outer;
}
