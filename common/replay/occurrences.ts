/**
 * Every single time that a step ran, as a tree: the steps of a run, each with its occurrences (rounds of a loop, repeated use), each of
 * these with the steps of the nested workflow and the items of the foreach. Grows with the events, in place.
 */
import type { EntryAddress } from '../model/address.ts';
import type { ErrorReference, PayloadReference } from '../protocol/replay.ts';
import type { Alignment } from '../runlog/align.ts';
import type { RunStatus } from '../runlog/events.ts';
import { endStep, foldStep } from '../runlog/step.ts';
import type { StepChange } from '../runlog/step.ts';
import type { Item, Occurrence, OccurrenceState, StepGroup, StepSmallEvent } from './occurrence.ts';
import { summarize } from './summary.ts';
import { addToTrack, createTrack } from './track.ts';

export interface Occurrences {
  /** Steps at the top of the run, in the order in which they began. */
  readonly groups: readonly StepGroup[];
  /** All occurrences of a node, in the order in which they began. */
  of(node: EntryAddress): readonly Occurrence[];
  /** Takes a step event that `alignment` says the nodes of; gives the occurrence it belongs to. `change` is the event with references. */
  append(
    event: StepSmallEvent,
    number: number,
    alignment: Alignment,
    change: StepChange<PayloadReference, ErrorReference>,
  ): Occurrence;
  /** What a step printed. */
  appendSpoken(step: readonly string[], number: number): Occurrence | undefined;
  /** The end of the run is that of every step. */
  end(status: Exclude<RunStatus, 'running'>, number: number, time: number): void;
}

interface GrowingGroup extends StepGroup {
  readonly occurrences: GrowingOccurrence[];
  groups: GrowingGroup[];
  inside: Map<string, GrowingGroup> | undefined;
  /** Those that wait to be resumed, in the order in which they were suspended. */
  readonly waiting: Set<GrowingOccurrence>;
}

/** Most occurrences hold nothing: what holds it is made with the first of it. */
interface GrowingOccurrence extends Occurrence {
  readonly group: GrowingGroup;
  groups: GrowingGroup[];
  items: Item[];
  byIndex: Map<number, Item> | undefined;
  spoken: number[];
  inside: Map<string, GrowingGroup> | undefined;
}

/** What holds groups: the run, an occurrence, or a group when the occurrence is not known. */
interface Holder {
  groups: GrowingGroup[];
  inside: Map<string, GrowingGroup> | undefined;
}

const nothing: never[] = [];

export function createOccurrences(): Occurrences {
  const top: Holder = { groups: [], inside: undefined };
  const byNode = new Map<EntryAddress, GrowingOccurrence[]>();
  const byCall = new Map<string, GrowingOccurrence>();
  /** Occurrences that have not ended, by the id of their step. */
  const open = new Map<string, GrowingOccurrence[]>();
  const last = new Map<string, GrowingOccurrence>();
  /** Occurrences that the end of the run changes. */
  const unsettled = new Set<GrowingOccurrence>();

  const around = (step: readonly string[]): { readonly parent?: GrowingOccurrence; readonly within?: GrowingGroup } => {
    if (step.length < 2) return {};
    const id = idOf(step.slice(0, -1));
    const running = open.get(id) ?? [];
    const [first, second] = running;
    if (first !== undefined && second !== undefined) return { within: first.group };
    const parent = first ?? last.get(id);
    return parent === undefined ? {} : { parent };
  };

  const groupFor = (event: StepSmallEvent, number: number, { nodes, box }: Alignment): GrowingGroup => {
    const { parent, within } = around(event.step);
    const holder: Holder = parent ?? within ?? top;
    const key = nodes.length === 0 ? `?${idOf(event.step)}` : nodes.join('\n');
    holder.inside ??= new Map();
    const known = holder.inside.get(key);
    if (known !== undefined) return known;
    const group: GrowingGroup = {
      first: number,
      step: event.step,
      nodes,
      box,
      parent,
      within,
      occurrences: [],
      summary: createTrack(),
      groups: nothing,
      inside: undefined,
      waiting: new Set(),
    };
    holder.inside.set(key, group);
    holder.groups = added(holder.groups, group);
    return group;
  };

  const add = (group: GrowingGroup, number: number, iteration: number | undefined): GrowingOccurrence => {
    const occurrence: GrowingOccurrence = {
      group,
      number: group.occurrences.length,
      first: number,
      iteration,
      states: createTrack(),
      groups: nothing,
      items: nothing,
      byIndex: undefined,
      spoken: nothing,
      inside: undefined,
    };
    group.occurrences.push(occurrence);
    for (const node of group.box === undefined ? group.nodes : [...group.nodes, group.box]) {
      const list = byNode.get(node);
      if (list === undefined) byNode.set(node, [occurrence]);
      else list.push(occurrence);
    }
    last.set(idOf(group.step), occurrence);
    return occurrence;
  };

  const begin = (event: StepSmallEvent, number: number, alignment: Alignment): GrowingOccurrence => {
    const group = groupFor(event, number, alignment);
    const waiting = [...group.waiting].at(-1);
    const iteration = event.type === 'step-started' ? event.iteration : undefined;
    const occurrence = waiting ?? add(group, number, iteration);
    const id = idOf(event.step);
    const running = open.get(id);
    if (running === undefined) open.set(id, [occurrence]);
    else running.push(occurrence);
    last.set(id, occurrence);
    if (event.type === 'step-started' && event.callId !== undefined) byCall.set(event.callId, occurrence);
    return occurrence;
  };

  const current = (event: StepSmallEvent, number: number, alignment: Alignment): GrowingOccurrence => {
    const called = 'callId' in event && event.callId !== undefined ? byCall.get(event.callId) : undefined;
    const id = idOf(event.step);
    const known = called ?? open.get(id)?.at(-1);
    if (known !== undefined) return known;
    // An event of a step that was never started, e.g. in a log that begins in the middle.
    const group = groupFor(event, number, alignment);
    return group.occurrences.at(-1) ?? add(group, number, undefined);
  };

  const close = (occurrence: GrowingOccurrence): void => {
    const running = open.get(idOf(occurrence.group.step));
    const index = running?.lastIndexOf(occurrence) ?? -1;
    if (index >= 0) running?.splice(index, 1);
  };

  const occurrenceOf = (event: StepSmallEvent, number: number, alignment: Alignment): GrowingOccurrence => {
    switch (event.type) {
      case 'step-started':
      case 'step-waiting':
        return begin(event, number, alignment);
      case 'step-retried':
        return current(event, number, alignment);
      case 'step-progress':
        return tellItem(current(event, number, alignment), event, number);
      case 'step-output': {
        const occurrence = current(event, number, alignment);
        occurrence.spoken = added(occurrence.spoken, number);
        return occurrence;
      }
      case 'step-succeeded':
      case 'step-failed':
      case 'step-suspended': {
        const occurrence = current(event, number, alignment);
        close(occurrence);
        return occurrence;
      }
    }
  };

  const settle = (
    occurrence: GrowingOccurrence,
    before: OccurrenceState | undefined,
    state: OccurrenceState,
    number: number,
  ): void => {
    const { open: running, status } = state;
    summarize(occurrence.group, before, state, number);
    if (running > 0 || status === 'suspended') unsettled.add(occurrence);
    else unsettled.delete(occurrence);
    if (status === 'suspended') occurrence.group.waiting.add(occurrence);
    else occurrence.group.waiting.delete(occurrence);
  };

  return {
    get groups() {
      return top.groups;
    },
    of: (node) => byNode.get(node) ?? [],
    append(event, number, alignment, change) {
      const occurrence = occurrenceOf(event, number, alignment);
      const before = occurrence.states.values.at(-1);
      // Which item of a foreach is tried again is not told.
      if (change.type === 'step-retried' && occurrence.group.box !== undefined) return occurrence;
      const state = foldStep(before, change);
      if (state !== before) addToTrack(occurrence.states, number, state);
      settle(occurrence, before, state, number);
      return occurrence;
    },
    appendSpoken(step, number) {
      const id = idOf(step);
      const occurrence = open.get(id)?.at(-1) ?? last.get(id);
      if (occurrence !== undefined) occurrence.spoken = added(occurrence.spoken, number);
      return occurrence;
    },
    end(status, number, time) {
      open.clear();
      for (const occurrence of unsettled) {
        const before = occurrence.states.values.at(-1);
        if (before === undefined) continue;
        const state = endStep(before, status, time);
        if (state !== before) addToTrack(occurrence.states, number, state);
        settle(occurrence, before, state, number);
      }
    },
  };
}

/** Grows a list in place, but for the one that all empty ones share. */
function added<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one];
  list.push(one);
  return list;
}

function tellItem(
  occurrence: GrowingOccurrence,
  event: Extract<StepSmallEvent, { readonly type: 'step-progress' }>,
  number: number,
): GrowingOccurrence {
  const { index, itemStatus: status, time, output } = event;
  occurrence.byIndex ??= new Map();
  let item = occurrence.byIndex.get(index);
  if (item === undefined) {
    item = { occurrence, index, first: number, states: createTrack() };
    occurrence.byIndex.set(index, item);
    occurrence.items = added(occurrence.items, item);
  }
  const given = output === undefined ? undefined : { event: number, item: undefined, ...output };
  addToTrack(item.states, number, {
    status,
    time,
    input: itemOf(occurrence.states.values.at(-1)?.input, index),
    output: given,
  });
  return occurrence;
}

/** One item of an array that is somewhere else; undefined when it has no such item. */
export function itemOf(whole: PayloadReference | undefined, item: number): PayloadReference | undefined {
  if (whole?.items === undefined || item >= whole.items) return undefined;
  return { event: whole.event, item, bytes: undefined, items: undefined };
}

function idOf(step: readonly string[]): string {
  return step.length === 1 ? (step[0] ?? '') : step.join('.');
}
