/** Every single time that a step ran, as a tree: steps, the times that each ran, and in each of these steps again and items. */
import type { EntryAddress } from '../model/address.ts';
import type { ErrorReference, PayloadReference, SmallEvent } from '../protocol/replay.ts';
import type { StepState } from '../runlog/step.ts';
import type { Track } from './track.ts';

export type OccurrenceState = StepState<PayloadReference, ErrorReference>;

/** A step of the run in one place: at the top of it, or in one occurrence of the workflow around it. */
export interface StepGroup {
  /** The event that made it known; no two groups share it. */
  readonly first: number;
  /** Ids from the outside in. */
  readonly step: readonly string[];
  /** The nodes that it may be; several when they cannot be told apart, none for a step that the drawing does not have. */
  readonly nodes: readonly EntryAddress[];
  /** The foreach around its node. */
  readonly box: EntryAddress | undefined;
  /** The occurrence of the workflow around it; undefined at the top, and when it is not known which. */
  readonly parent: Occurrence | undefined;
  /** Set when the workflow around it ran several times at once, and it is not known which of them this belongs to. */
  readonly within: StepGroup | undefined;
  readonly occurrences: readonly Occurrence[];
  /** All of its occurrences together. */
  readonly summary: Track<GroupSummary>;
  /** Steps that belong to one of its occurrences, but which is not known. */
  readonly groups: readonly StepGroup[];
}

/** How many occurrences have begun, and how many of them are in which state. */
export interface GroupSummary {
  readonly begun: number;
  readonly running: number;
  readonly failed: number;
  readonly suspended: number;
  readonly canceled: number;
  readonly startedAt: number | undefined;
  /** The last end so far. */
  readonly finishedAt: number | undefined;
}

/** One time that a step ran. A resumed step goes on with the occurrence that was suspended. */
export interface Occurrence {
  readonly group: StepGroup;
  /** Its number within its group, from 0. */
  readonly number: number;
  /** The event with which it began; no two occurrences share it. */
  readonly first: number;
  /** The round of a loop, as Mastra counts them, from 1; undefined outside of loops. */
  readonly iteration: number | undefined;
  readonly states: Track<OccurrenceState>;
  /** Steps of the workflow that it is. */
  readonly groups: readonly StepGroup[];
  /** Items of the foreach that it is, in the order in which they were told of. */
  readonly items: readonly Item[];
  /** Events of what was printed and written meanwhile. */
  readonly spoken: readonly number[];
}

/** An item of a foreach. When it began is not told. */
export interface Item {
  readonly occurrence: Occurrence;
  /** From 0. */
  readonly index: number;
  /** The event that told of it first. */
  readonly first: number;
  readonly states: Track<ItemState>;
}

export interface ItemState {
  readonly status: 'success' | 'failed' | 'suspended';
  readonly time: number;
  readonly input: PayloadReference | undefined;
  readonly output: PayloadReference | undefined;
}

export type StepSmallEvent = Extract<SmallEvent, { readonly type: `step-${string}` }>;
