/** The steps of two runs in one list, in the order of the flow. */
import type { EntryAddress } from '../model/address.ts';
import type { ErrorReference, PayloadReference } from '../protocol/replay.ts';
import type { StepRunStatus } from '../runlog/events.ts';
import type { Item, Occurrence, StepGroup } from './occurrence.ts';

/** One time that a step ran, in one of the runs. */
export interface StepSide {
  readonly status: StepRunStatus;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly input: PayloadReference | undefined;
  readonly output: PayloadReference | undefined;
  readonly suspendPayload: PayloadReference | undefined;
  readonly error: ErrorReference | undefined;
}

export type StepDifference = 'only-left' | 'only-right' | 'input' | 'status' | 'error' | 'suspended' | 'output';

export interface ComparedStep {
  /** Unique, and the same whenever the same runs are compared. */
  readonly id: string;
  /** The step around it: a nested workflow, or a foreach. */
  readonly parent: string | undefined;
  /** 1 at the top of the run. */
  readonly level: number;
  /** Ids from the outside in, as the run names it. */
  readonly step: readonly string[];
  /** The nodes that it may be; several when they cannot be told apart, none for a step that no drawing has. */
  readonly nodes: readonly EntryAddress[];
  /** The round of a loop, from 1. */
  readonly iteration: number | undefined;
  /** Which time it ran at this place, from 1; undefined when it ran once in both. */
  readonly time: number | undefined;
  /** Which item of a foreach, from 0. */
  readonly item: number | undefined;
  readonly left: StepSide | undefined;
  readonly right: StepSide | undefined;
  /** The gravest first; empty when it is the same in both. Durations are none. */
  readonly differences: readonly StepDifference[];
}

export interface Pairing {
  readonly step: ComparedStep;
  /** The same step ran before at this place. */
  readonly again: boolean;
}

export type Differ = (left: StepSide | undefined, right: StepSide | undefined) => readonly StepDifference[];

interface Around {
  readonly id: string | undefined;
  readonly level: number;
}

export function pairedRows(
  left: readonly StepGroup[],
  right: readonly StepGroup[],
  differ: Differ,
): readonly Pairing[] {
  const rows: Pairing[] = [];

  const addGroups = (a: readonly StepGroup[], b: readonly StepGroup[], around: Around): void => {
    for (const [leftGroup, rightGroup] of merged(a, b, groupKey)) addGroup(leftGroup, rightGroup, around);
  };

  const addGroup = (a: StepGroup | undefined, b: StepGroup | undefined, around: Around): void => {
    const group = a ?? b;
    if (group === undefined) return;
    const id = `${around.id ?? ''}/${groupKey(group)}`;
    const times = Math.max(a?.occurrences.length ?? 0, b?.occurrences.length ?? 0);
    for (let number = 0; number < times; number += 1) {
      addOccurrence(a?.occurrences[number], b?.occurrences[number], group, { id: `${id}#${number}`, times, around });
    }
    // Steps of which it is not known in which of several runs at once of a workflow they ran.
    addGroups(a?.groups ?? [], b?.groups ?? [], { id, level: around.level + 1 });
  };

  const addOccurrence = (
    a: Occurrence | undefined,
    b: Occurrence | undefined,
    group: StepGroup,
    { id, times, around }: { readonly id: string; readonly times: number; readonly around: Around },
  ): void => {
    const number = (a ?? b)?.number ?? 0;
    const [leftSide, rightSide] = [sideOf(a), sideOf(b)];
    rows.push({
      again: number > 0,
      step: {
        id,
        parent: around.id,
        level: around.level,
        step: group.step,
        nodes: group.nodes,
        iteration: (a ?? b)?.iteration,
        time: times > 1 ? number + 1 : undefined,
        item: undefined,
        left: leftSide,
        right: rightSide,
        differences: differ(leftSide, rightSide),
      },
    });
    const inside = { id, level: around.level + 1 };
    addItems(a?.items ?? [], b?.items ?? [], group, inside);
    addGroups(a?.groups ?? [], b?.groups ?? [], inside);
  };

  const addItems = (a: readonly Item[], b: readonly Item[], group: StepGroup, around: Around): void => {
    const lefts = new Map(a.map((item) => [item.index, item]));
    const rights = new Map(b.map((item) => [item.index, item]));
    for (const item of [...new Set([...lefts.keys(), ...rights.keys()])].sort((one, other) => one - other)) {
      const [leftSide, rightSide] = [itemSide(lefts.get(item)), itemSide(rights.get(item))];
      rows.push({
        again: false,
        step: {
          id: `${around.id ?? ''}[${item}]`,
          parent: around.id,
          level: around.level,
          step: group.step,
          nodes: group.nodes,
          iteration: undefined,
          time: undefined,
          item,
          left: leftSide,
          right: rightSide,
          differences: differ(leftSide, rightSide),
        },
      });
    }
  };

  addGroups(left, right, { id: undefined, level: 1 });
  return rows;
}

/** True when a step inside of the one with this id is not the same in both runs. */
export function differingDescendants(rows: readonly Pairing[], id: string): boolean {
  const start = rows.findIndex(({ step }) => step.id === id);
  const level = rows[start]?.step.level ?? 0;
  for (let index = start + 1; index < rows.length; index += 1) {
    const step = rows[index]?.step;
    if (step === undefined || step.level <= level) return false;
    if (step.differences.length > 0) return true;
  }
  return false;
}

function groupKey({ nodes, step }: StepGroup): string {
  return nodes.length === 0 ? `?${step.join('.')}` : nodes.join('|');
}

/** In the order of `left`; what only `right` has comes where it is there, behind what only `left` has at that place. */
function merged<T>(
  left: readonly T[],
  right: readonly T[],
  keyOf: (value: T) => string,
): readonly (readonly [T | undefined, T | undefined])[] {
  const known = new Set(left.map(keyOf));
  /** What only `right` has, by the key in front of it that both have. */
  const behind = new Map<string | undefined, T[]>();
  let before: string | undefined;
  const others = new Map<string, T>();
  for (const value of right) {
    const key = keyOf(value);
    if (known.has(key)) {
      before = key;
      others.set(key, value);
    } else behind.set(before, [...(behind.get(before) ?? []), value]);
  }
  const pairs: (readonly [T | undefined, T | undefined])[] = [];
  let waiting = behind.get(undefined) ?? [];
  const settle = (): void => {
    for (const value of waiting) pairs.push([undefined, value]);
    waiting = [];
  };
  for (const value of left) {
    const key = keyOf(value);
    const other = others.get(key);
    if (other !== undefined) settle();
    pairs.push([value, other]);
    if (other !== undefined) waiting = behind.get(key) ?? [];
  }
  settle();
  return pairs;
}

function sideOf(occurrence: Occurrence | undefined): StepSide | undefined {
  const state = occurrence?.states.values.at(-1);
  if (state === undefined) return undefined;
  const { status, startedAt, finishedAt, input, output, suspendPayload, error } = state;
  return { status, startedAt, finishedAt, input, output, suspendPayload, error };
}

/** When an item began is not told. */
function itemSide(item: Item | undefined): StepSide | undefined {
  const state = item?.states.values.at(-1);
  if (state === undefined) return undefined;
  const { status, time, input, output } = state;
  const waits = status === 'suspended';
  return {
    status,
    startedAt: undefined,
    finishedAt: time,
    input,
    output: waits ? undefined : output,
    suspendPayload: waits ? output : undefined,
    error: undefined,
  };
}
