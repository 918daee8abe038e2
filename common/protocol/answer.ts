/** What a suspended step waits for, asked in the graph panel: the host asks, the panel answers. */
import type { Json } from '../runlog/events.ts';

/** What is asked, wherever it is. */
export interface StepQuestion {
  /** Ids of the workflows on the way and of the step. */
  readonly step: readonly string[];
  readonly title: string;
  /** What the step says; stands above the fields. */
  readonly description: string | undefined;
  /** On the button that gives the answer. */
  readonly submitLabel: string;
  /** JSON Schema (draft 7) of the answer; undefined for any JSON. */
  readonly schema: Json | undefined;
  /** What was answered the last time. */
  readonly remembered: Json | undefined;
}

export interface AnswerQuestion extends StepQuestion {
  /** Rises with every question of a panel. */
  readonly number: number;
}

export interface AnswerIssue {
  /** From the answer to the part that is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

export type AnswerToPanel =
  /** Asks in place of any question before; again when it is to be looked at. Undefined when nothing is asked any more. */
  | { readonly type: 'question'; readonly question: AnswerQuestion | undefined }
  /** What the workflow says is wrong with the answer; nothing when the run goes on with it. */
  | { readonly type: 'answer-issues'; readonly question: number; readonly issues: readonly AnswerIssue[] };

export type PanelToAnswer =
  | { readonly type: 'answer'; readonly question: number; readonly value: Json }
  | { readonly type: 'no-answer'; readonly question: number };
