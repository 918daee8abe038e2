/**
 * What the engines that workflows of a server may run on cannot do, as Mastra's own tests of them tell. Only what is known for certain: what
 * an engine refuses otherwise is reported when it does.
 */
import type { SuspendedStep } from '../connection.ts';

interface EngineLimits {
  /** Why a step of a nested workflow cannot be answered; undefined where it can. */
  readonly nested: string | undefined;
  /** Why one item of a foreach cannot be answered. */
  readonly item: string | undefined;
  /** What canceling does otherwise than it says. */
  readonly cancel: string | undefined;
}

const limitsOf: Readonly<Record<string, EngineLimits>> = {
  inngest: {
    nested:
      'The inngest engine does not resume steps of nested workflows. Suspend in the outer workflow, or run it embedded.',
    item: 'The inngest engine does not resume single items of a foreach. Suspend before or after the foreach, or run it embedded.',
    cancel: 'The inngest engine ends a run only after the step that goes on, and may store it as failed or succeeded.',
  },
  evented: {
    nested: undefined,
    item: undefined,
    cancel: 'The evented engine may store a canceled run as failed.',
  },
};

/** Why the answer to a suspended step would be in vain; undefined where it is not, and where the engine is not known. */
export function blockedAnswer(
  engine: string | undefined,
  { step, index }: Pick<SuspendedStep, 'step' | 'index'>,
): string | undefined {
  const limits = limitsIn(engine);
  return (index === undefined ? undefined : limits?.item) ?? (step.length > 1 ? limits?.nested : undefined);
}

/** What is to be known before a run is canceled. */
export function cancelNote(engine: string | undefined): string | undefined {
  return limitsIn(engine)?.cancel;
}

/** All of it, one sentence or two each; empty where nothing is known. */
export function engineLines(engine: string): readonly string[] {
  const limits = limitsIn(engine);
  return limits === undefined ? [] : [limits.nested, limits.item, limits.cancel].filter((line) => line !== undefined);
}

function limitsIn(engine: string | undefined): EngineLimits | undefined {
  return engine !== undefined && Object.hasOwn(limitsOf, engine) ? limitsOf[engine] : undefined;
}
