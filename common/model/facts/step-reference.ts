/** A place that asks a certain workflow for one of its steps: `getStepResult('x')`, `run.resume({ step: 'x' })`. */
import type { Location, Range } from '../text.ts';
import type { WorkflowKey } from '../workflow.ts';
import type { FactBase } from './base.ts';

/** Its place is what stands for the step: the text between the quotes, or an expression. */
export interface StepReferenceFact extends FactBase {
  readonly kind: 'step-reference';
  /** The method that is given the step. */
  readonly method: string;
  readonly purpose: 'result' | 'resume' | 'time-travel';
  /** The way to the step: one id, behind those of the workflows it is nested in. */
  readonly way: readonly StepName[];
  readonly within: StepScope;
}

export interface StepName {
  readonly id: string;
  readonly range: Range;
  /** `quoted`: the id is written out there. */
  readonly form: 'quoted' | 'step';
}

/** Whose steps they are. */
export type StepScope =
  | { readonly kind: 'workflow'; readonly workflow: WorkflowKey }
  /** The workflows that use the step whose `execute` asks. */
  | { readonly kind: 'step'; readonly definition: Location }
  /** The workflow that has the place in an argument of its chain. */
  | { readonly kind: 'chain' };
