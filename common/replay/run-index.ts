/**
 * A run over a drawing, in a shape from which any moment is found without folding from the start: for every node what it was after
 * which event. Adding an event costs the same however long the run is; a moment costs a binary search for each node that was reached.
 * Live view and replay both read it: live is the last moment.
 */
import type { EntryAddress } from '../model/address.ts';
import type { ErrorReference, PayloadReference, PayloadSize, SmallEvent } from '../protocol/replay.ts';
import { createAligner } from '../runlog/align.ts';
import type { AlignableNode, Alignment } from '../runlog/align.ts';
import { endStep, foldStep } from '../runlog/step.ts';
import type { StepChange, StepState } from '../runlog/step.ts';
import type { Moment, NodeRun, RunHead } from './moment.ts';
import { createOccurrences, itemOf } from './occurrences.ts';
import type { Occurrence, StepSmallEvent } from './occurrence.ts';
import type { Occurrences } from './occurrences.ts';
import { createSkippedBranches } from './skipped.ts';
import { addToTrack, createTrack, valueAt } from './track.ts';
import type { Track } from './track.ts';

export interface RunIndex {
  /** How many events it has. */
  readonly length: number;
  readonly events: readonly SmallEvent[];
  readonly occurrences: Omit<Occurrences, 'append' | 'appendSpoken' | 'end'>;
  append(event: SmallEvent): void;
  /** What is seen after the event with this number; -1 for before the first. Numbers beyond the last are the last. */
  at(event: number): Moment;
  /** The occurrence that an event is about; undefined for events of the run as a whole. */
  occurrenceOf(event: number): Occurrence | undefined;
}

type NodeState = StepState<PayloadReference, ErrorReference>;

interface Head {
  readonly head: RunHead;
  /** False for a log that begins with the end of a run. */
  readonly begun: boolean;
}

type Change = StepChange<PayloadReference, ErrorReference>;

const noHead: RunHead = {
  runId: '',
  workflowId: '',
  status: 'running',
  startedAt: 0,
  finishedAt: undefined,
  input: undefined,
  output: undefined,
  error: undefined,
};

/** `nodes`: all of the drawing, also those inside of what is folded, parents before children. */
export function createRunIndex(nodes: readonly AlignableNode[]): RunIndex {
  const align = createAligner(nodes);
  const skippedBranches = createSkippedBranches(nodes);
  const occurrences = createOccurrences();
  const events: SmallEvent[] = [];
  const owners: (Occurrence | undefined)[] = [];
  const heads = createTrack<Head>();
  const tracks = new Map<EntryAddress, Track<NodeState>>();
  /** Nodes of which it cannot be told whether they are meant, and the event since which. */
  const uncertain = new Map<EntryAddress, number>();
  /** Steps that the drawing does not have, and the first event of each. */
  const unmatched = new Map<string, number>();

  const set = (address: EntryAddress, number: number, state: NodeState): void => {
    let track = tracks.get(address);
    if (track === undefined) {
      track = createTrack();
      tracks.set(address, track);
      skippedBranches.reached(address, number);
    }
    if (track.values.at(-1) !== state) addToTrack(track, number, state);
  };

  const lay = (
    { nodes: addresses, box, certain }: Alignment,
    change: Change,
    event: StepSmallEvent,
    number: number,
  ) => {
    // Which item of a foreach is tried again is not told.
    if (box !== undefined && change.type === 'step-retried') return;
    const boxState = box === undefined ? undefined : tracks.get(box)?.values.at(-1);
    for (const address of addresses) {
      const before = tracks.get(address)?.values.at(-1);
      const folded =
        box === undefined ? foldStep(before, change) : foldItem(before, boxState?.input, change, event, number);
      set(address, number, folded);
      if (!certain && !uncertain.has(address)) uncertain.set(address, number);
    }
    if (box !== undefined) set(box, number, foldStep(boxState, change));
  };

  const appendStep = (event: StepSmallEvent, number: number): Occurrence | undefined => {
    // What is written without a step belongs to the run.
    if (event.step.length === 0) return undefined;
    const alignment = align(event);
    const change = changeOf(event, number);
    if (alignment.nodes.length === 0) {
      const id = event.step.join('.');
      if (!unmatched.has(id)) unmatched.set(id, number);
    }
    lay(alignment, change, event, number);
    return occurrences.append(event, number, alignment, change);
  };

  const finish = (event: Extract<SmallEvent, { readonly type: 'run-finished' }>, number: number): void => {
    for (const track of tracks.values()) {
      const before = track.values.at(-1);
      if (before === undefined) continue;
      const state = endStep(before, event.status, event.time);
      if (state !== before) addToTrack(track, number, state);
    }
    occurrences.end(event.status, number, event.time);
  };

  const owner = (event: SmallEvent, number: number): Occurrence | undefined => {
    switch (event.type) {
      case 'run-started':
      case 'run-resumed':
      case 'run-finished':
        addToTrack(heads, number, headAfter(heads.values.at(-1), event, number));
        if (event.type === 'run-finished') finish(event, number);
        return undefined;
      case 'console':
        return event.step === undefined ? undefined : occurrences.appendSpoken(event.step, number);
      case 'step-started':
      case 'step-retried':
      case 'step-waiting':
      case 'step-progress':
      case 'step-succeeded':
      case 'step-failed':
      case 'step-suspended':
      case 'step-output':
        return appendStep(event, number);
    }
  };

  return {
    events,
    occurrences,
    get length() {
      return events.length;
    },
    append(event) {
      events.push(event);
      owners.push(owner(event, events.length - 1));
    },
    at(wanted) {
      const event = Math.min(wanted, events.length - 1);
      const head = valueAt(heads, event)?.head;
      const states = new Map<EntryAddress, NodeRun>();
      for (const [address, track] of tracks) {
        const state = valueAt(track, event);
        if (state !== undefined) states.set(address, state);
      }
      for (const [address, since] of uncertain) {
        const state = states.get(address);
        if (state !== undefined && since <= event) states.set(address, { ...state, uncertain: true });
      }
      const stateOf = (address: EntryAddress): NodeState | undefined => {
        const track = tracks.get(address);
        return track === undefined ? undefined : valueAt(track, event);
      };
      for (const address of skippedBranches.at(event, head?.status, stateOf)) states.set(address, skipped);
      const names = [...unmatched].flatMap(([id, first]) => (first <= event ? [id] : []));
      return { ...(head ?? noHead), event, nodes: states, unmatched: names };
    },
    occurrenceOf: (event) => owners[event],
  };
}

const skipped: NodeRun = {
  status: 'skipped',
  startedAt: undefined,
  finishedAt: undefined,
  runs: 0,
  progress: undefined,
  input: undefined,
  output: undefined,
  suspendPayload: undefined,
  error: undefined,
};

function headAfter(
  before: Head | undefined,
  event: Extract<SmallEvent, { readonly type: `run-${string}` }>,
  number: number,
): Head {
  const head = before?.head ?? noHead;
  switch (event.type) {
    case 'run-started': {
      const { runId, workflowId, time: startedAt } = event;
      const input = reference(event.input, number);
      return { head: { ...head, runId, workflowId, status: 'running', startedAt, input }, begun: true };
    }
    case 'run-resumed': {
      const { runId, workflowId } = event;
      const startedAt = before?.begun === true ? head.startedAt : event.time;
      const resumed = { ...head, runId, workflowId, status: 'running', startedAt, finishedAt: undefined } as const;
      return { head: resumed, begun: true };
    }
    case 'run-finished': {
      const { status, time: finishedAt, output, error } = event;
      const result = {
        output: output === undefined ? undefined : reference(output, number),
        error: error === undefined ? undefined : { ...error, event: number },
      };
      return { head: { ...head, status, finishedAt, ...result }, begun: before?.begun === true };
    }
  }
}

/** The event as it changes a state, with references in place of values. */
function changeOf(event: StepSmallEvent, number: number): Change {
  switch (event.type) {
    case 'step-started':
      return { type: event.type, time: event.time, input: reference(event.input, number) };
    case 'step-succeeded':
      return { type: event.type, time: event.time, output: reference(event.output, number) };
    case 'step-failed':
      return { type: event.type, time: event.time, error: { ...event.error, event: number } };
    case 'step-suspended':
      return { type: event.type, time: event.time, payload: reference(event.payload, number) };
    case 'step-retried':
    case 'step-waiting':
    case 'step-progress':
    case 'step-output':
      return event;
  }
}

function reference({ bytes, items }: PayloadSize, event: number): PayloadReference {
  return { event, item: undefined, bytes, items };
}

/** The body of a foreach: the events are those of the box, but what goes in and out is one item at a time. */
function foldItem(
  before: NodeState | undefined,
  items: PayloadReference | undefined,
  change: Change,
  event: StepSmallEvent,
  number: number,
): StepState<PayloadReference, ErrorReference> {
  const state = foldStep(before, change);
  switch (event.type) {
    case 'step-started':
      return { ...state, input: undefined, runs: before?.runs ?? 0 };
    case 'step-progress': {
      const suspended = event.itemStatus === 'suspended';
      const output = event.output === undefined ? undefined : reference(event.output, number);
      return { ...state, input: itemOf(items, event.index), output, runs: state.runs + (suspended ? 0 : 1) };
    }
    case 'step-succeeded':
      // Early 1.x does not tell of single items.
      if (before?.progress === undefined) return { ...state, runs: items?.items ?? state.runs };
      return { ...state, output: before.output, runs: before.runs };
    case 'step-retried':
    case 'step-waiting':
    case 'step-failed':
    case 'step-suspended':
    case 'step-output':
      return state;
  }
}

/** True for events at which a step begins or ends, an item is done, and for the ends of the run: stepping goes from one to the next. */
export function isStepBoundary(event: SmallEvent): boolean {
  switch (event.type) {
    case 'console':
    case 'step-output':
      return false;
    case 'run-started':
    case 'run-resumed':
    case 'run-finished':
    case 'step-started':
    case 'step-retried':
    case 'step-waiting':
    case 'step-progress':
    case 'step-succeeded':
    case 'step-failed':
    case 'step-suspended':
      return true;
  }
}
