/** A step whose `execute` suspends the run, or reads what it was resumed with; its range is the name of the step. */
import type { FileEdit, Range } from '../text.ts';
import type { FactBase } from './base.ts';

export interface SuspensionFact extends FactBase {
  readonly kind: 'suspension';
  /** The id of the step, when it is written out. */
  readonly step: string | undefined;
  readonly calls: readonly SuspendCall[];
  /** The first place that reads a field of `resumeData`, or tells it a type. */
  readonly readsResume: Range | undefined;
  readonly suspendSchema: StepSchema;
  readonly resumeSchema: StepSchema;
}

/** One `suspend(...)` in the body of `execute` itself. */
export interface SuspendCall {
  readonly range: Range;
  readonly hasPayload: boolean;
  /** What still runs after it, when its result is not returned and that is more than a plain result. */
  readonly goesOn: Range | undefined;
  /** That certainly throws, because `resumeData` is not there yet. */
  readonly fails?: true;
  /** The edits that end the step there; undefined where they would not compile. */
  readonly returning?: readonly FileEdit[];
}

export type StepSchema =
  | { readonly kind: 'given' | 'unknown' }
  /** `insertion` adds the schema that the code around suggests. */
  | { readonly kind: 'absent'; readonly insertion?: FileEdit };
