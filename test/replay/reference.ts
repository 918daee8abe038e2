/**
 * The slow and plain way to a moment of a run: its events folded from the first one, all branches looked through. What the index of a
 * run says at any moment is compared with it.
 */
import type { EntryAddress } from '../../common/model/address.ts';
import { createAligner } from '../../common/runlog/align.ts';
import type { AlignableNode, Alignment } from '../../common/runlog/align.ts';
import type { Json, RunEvent, RunStatus } from '../../common/runlog/events.ts';
import { foldRun } from '../../common/runlog/fold.ts';
import type { RunState } from '../../common/runlog/fold.ts';
import { endStep, foldStep } from '../../common/runlog/step.ts';
import type { StepEvent, StepState } from '../../common/runlog/step.ts';

export interface PlainNode extends Omit<StepState, 'status' | 'open' | 'worst' | 'attempts'> {
  readonly attempts: number | undefined;
  readonly status: StepState['status'] | 'skipped';
  readonly uncertain: boolean;
}

export interface PlainMoment {
  readonly run: RunState;
  readonly nodes: ReadonlyMap<EntryAddress, PlainNode>;
  readonly unmatched: readonly string[];
}

/** Lays `events` over the drawing's nodes. */
export function plainMoment(nodes: readonly AlignableNode[], events: readonly RunEvent[]): PlainMoment {
  const run = foldRun(events);
  const { laid, unmatched } = lay(nodes, events);
  const states = new Map([...laid].map(([address, { state }]) => [address, state]));
  const result = new Map<EntryAddress, PlainNode>();
  for (const [address, { state, uncertain }] of laid) result.set(address, plainNode(state, uncertain));
  for (const address of skippedBranches(nodes, states, run.status)) result.set(address, skipped);
  return { run, nodes: result, unmatched };
}

function plainNode(state: StepState, uncertain: boolean): PlainNode {
  const { status, startedAt, finishedAt, runs, attempts, progress, input, output, suspendPayload, error } = state;
  return { status, startedAt, finishedAt, runs, attempts, progress, input, output, suspendPayload, error, uncertain };
}

const skipped: PlainNode = {
  status: 'skipped',
  startedAt: undefined,
  finishedAt: undefined,
  runs: 0,
  attempts: undefined,
  progress: undefined,
  input: undefined,
  output: undefined,
  suspendPayload: undefined,
  error: undefined,
  uncertain: false,
};

interface Laid {
  state: StepState;
  uncertain: boolean;
}

function lay(
  nodes: readonly AlignableNode[],
  events: readonly RunEvent[],
): { readonly laid: ReadonlyMap<EntryAddress, Laid>; readonly unmatched: readonly string[] } {
  const align = createAligner(nodes);
  const laid = new Map<EntryAddress, Laid>();
  const unmatched = new Set<string>();
  for (const event of events) {
    if (event.type === 'run-finished') {
      for (const entry of laid.values()) entry.state = endStep(entry.state, event.status, event.time);
    } else if (isStepEvent(event)) {
      const alignment = align(event);
      if (alignment.nodes.length === 0) unmatched.add(event.step.join('.'));
      layEvent(laid, alignment, event);
    }
  }
  return { laid, unmatched: [...unmatched] };
}

function isStepEvent(event: RunEvent): event is StepEvent {
  return event.type.startsWith('step-') && 'step' in event && event.step !== undefined && event.step.length > 0;
}

function layEvent(laid: Map<EntryAddress, Laid>, alignment: Alignment, event: StepEvent): void {
  const { box, certain } = alignment;
  // Which item of a foreach is tried again is not told.
  if (box !== undefined && event.type === 'step-retried') return;
  const boxState = box === undefined ? undefined : laid.get(box)?.state;
  for (const address of alignment.nodes) {
    const before = laid.get(address);
    const state = box === undefined ? foldStep(before?.state, event) : foldItem(before?.state, boxState?.input, event);
    laid.set(address, { state, uncertain: (before?.uncertain ?? false) || !certain });
  }
  if (box !== undefined) laid.set(box, { state: foldStep(boxState, event), uncertain: false });
}

/** The body of a foreach: the events are those of the box, but what goes in and out is one item at a time. */
function foldItem(before: StepState | undefined, items: Json | undefined, event: StepEvent): StepState {
  const state = foldStep(before, event);
  switch (event.type) {
    case 'step-started':
      return { ...state, input: undefined, runs: before?.runs ?? 0 };
    case 'step-progress': {
      const item = Array.isArray(items) ? (items as readonly Json[])[event.index] : undefined;
      const suspended = event.itemStatus === 'suspended';
      return { ...state, input: item, output: event.output, runs: state.runs + (suspended ? 0 : 1) };
    }
    case 'step-succeeded':
      // Early 1.x does not tell of single items.
      if (before?.progress === undefined) return { ...state, runs: Array.isArray(items) ? items.length : state.runs };
      return { ...state, output: before.output, runs: before.runs };
    case 'step-retried':
    case 'step-waiting':
    case 'step-failed':
    case 'step-suspended':
    case 'step-output':
      return state;
  }
}

interface Place {
  readonly node: AlignableNode;
  readonly parent: Place | undefined;
  readonly children: Place[];
}

/**
 * The outermost nodes of branches that were not taken. Mastra starts all branches whose condition holds at once, so once one of them
 * ran and the branch is over, the others were skipped; when none ran, all were, provided that what follows has begun. A branch
 * whose steps have no known id stays unmarked.
 */
function skippedBranches(
  nodes: readonly AlignableNode[],
  states: ReadonlyMap<EntryAddress, StepState>,
  run: RunStatus | undefined,
): readonly EntryAddress[] {
  const { roots, conditionals } = treeOf(nodes);
  const reached = (place: Place): boolean => states.has(place.node.id) || place.children.some(reached);
  return conditionals.flatMap((place) => {
    const taken = place.children.some(reached);
    const over = taken ? isOver(place, roots, states, run, reached) : isPassed(place, roots, states, run, reached);
    if (!over) return [];
    return place.children.filter((child) => !reached(child) && isNamed(child)).map((child) => child.node.id);
  });
}

/** The branch cannot start anything more. */
function isOver(
  place: Place,
  roots: readonly Place[],
  states: ReadonlyMap<EntryAddress, StepState>,
  run: RunStatus | undefined,
  reached: (place: Place) => boolean,
): boolean {
  if (run !== undefined && run !== 'running') return true;
  let inner = place;
  for (;;) {
    const { parent } = inner;
    if (isSequence(parent) && following(inner, roots).some(reached)) return true;
    if (parent === undefined) return false;
    const state = states.get(parent.node.id);
    if (state !== undefined && state.open === 0) return true;
    inner = parent;
  }
}

/** The flow went through the branch without taking any of its paths. */
function isPassed(
  place: Place,
  roots: readonly Place[],
  states: ReadonlyMap<EntryAddress, StepState>,
  run: RunStatus | undefined,
  reached: (place: Place) => boolean,
): boolean {
  const { parent } = place;
  if (!isSequence(parent)) return false;
  const next = following(place, roots);
  if (next.length > 0) return next.some(reached);
  return parent === undefined ? run === 'success' : states.get(parent.node.id)?.status === 'success';
}

function isSequence(parent: Place | undefined): boolean {
  return parent === undefined || parent.node.kind === 'workflow';
}

function following(place: Place, roots: readonly Place[]): readonly Place[] {
  const siblings = place.parent?.children ?? roots;
  return siblings.slice(siblings.indexOf(place) + 1);
}

function isNamed(place: Place): boolean {
  return place.node.step !== undefined || place.children.some(isNamed);
}

function treeOf(nodes: readonly AlignableNode[]): {
  readonly roots: readonly Place[];
  readonly conditionals: readonly Place[];
} {
  const places = new Map<EntryAddress, Place>();
  const roots: Place[] = [];
  for (const node of nodes) {
    if (node.kind === 'start' || node.kind === 'end') continue;
    const parent = node.parent === undefined ? undefined : places.get(node.parent);
    const place: Place = { node, parent, children: [] };
    places.set(node.id, place);
    (parent?.children ?? roots).push(place);
  }
  return { roots, conditionals: [...places.values()].filter((place) => place.node.kind === 'conditional') };
}
