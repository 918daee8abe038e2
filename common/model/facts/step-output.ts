/** A `return` of a step's `execute` that is certainly not what the step's `outputSchema` promises. */
import type { Difference } from '../flow.ts';
import type { Location } from '../text.ts';
import type { FactBase } from './base.ts';

/** `range`: what is returned, or what stands for it where that is many lines. */
export interface StepOutputFact extends FactBase {
  readonly kind: 'step-output';
  /** The id of the step, where it is known. */
  readonly step: string | undefined;
  readonly difference: Difference;
  readonly schema: Location;
}
