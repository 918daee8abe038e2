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

export function currentStep(): readonly string[] | undefined {
  return storage.getStore()?.path;
}

/** Makes the steps of a workflow, and of workflows nested in it, carry their path while they run, whatever engine runs them. */
export function attributeWorkflow(workflow: WorkflowLike, onError: (error: unknown) => void): void {
  const steps = isRecord(workflow.steps) ? Object.values(workflow.steps) : [];
  for (const step of steps) {
    if (!isStep(step) || wrapped.has(step)) continue;
    wrap(step, onError);
    if (isWorkflow(step)) attributeWorkflow(step, onError);
  }
}

/**
 * The same for steps that exist only while they run, such as mappings: the default engine calls `onStepExecutionStart` with
 * each step object before it executes it. Does nothing where this version of @mastra/core has no such method.
 */
export function attributeSteps(core: unknown, onError: (error: unknown) => void): void {
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
      if (isStep(step)) wrap(step, onError);
      return original.apply(this, parameters);
    },
  });
}

function wrap(step: StepLike, onError: (error: unknown) => void): void {
  if (wrapped.has(step)) return;
  wrapped.add(step);
  const execute = step.execute;
  const nests = step.component === 'WORKFLOW';
  try {
    step.execute = function (this: unknown, ...parameters: unknown[]): unknown {
      return storage.run(enter(step.id, nests), async () => {
        try {
          return await execute.apply(this, parameters);
        } catch (error) {
          onError(error);
          throw error;
        }
      });
    };
  } catch {
    // A frozen step: it runs as it is.
  }
}

function enter(id: string, nests: boolean): StepContext {
  const outer = storage.getStore();
  if (outer === undefined) return { path: [id], nests };
  return outer.nests ? { path: [...outer.path, id], nests } : outer;
}
