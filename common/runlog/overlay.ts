/** A run laid over a drawing: the state of every node after the events so far. */
import type { EntryAddress } from '../model/address.ts';
import type { NodeRun, RunOverlay } from '../protocol/panel.ts';
import { createAligner } from './align.ts';
import type { AlignableNode, Alignment } from './align.ts';
import type { Json, RunEvent } from './events.ts';
import { foldRun } from './fold.ts';
import type { RunState } from './fold.ts';
import { cutText } from './json.ts';
import { skippedBranches } from './skipped.ts';
import { endStep, foldStep } from './step.ts';
import type { StepEvent, StepState } from './step.ts';

/** Characters of each JSON text in an overlay. */
export const maxOverlayText = 20_000;

interface Laid {
  state: StepState;
  uncertain: boolean;
}

/**
 * Lays `events` over the drawing's nodes. A step that the drawing does not have is named in `unmatched`; an event that may belong
 * to one of several nodes marks each of them as uncertain. Without events, or before `run-started`, everything is empty.
 */
export function overlayOf(nodes: readonly AlignableNode[], events: readonly RunEvent[]): RunOverlay {
  const run = foldRun(events);
  const { laid, unmatched } = lay(nodes, events);
  const states = new Map([...laid].map(([address, { state }]) => [address, state]));
  const result: Record<EntryAddress, NodeRun> = {};
  for (const [address, { state, uncertain }] of laid) result[address] = nodeRun(state, uncertain);
  for (const address of skippedBranches(nodes, states, run.status)) result[address] = skipped;
  return { ...runOf(run), nodes: result, unmatched };
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
    case 'step-waiting':
    case 'step-failed':
    case 'step-suspended':
    case 'step-output':
      return state;
  }
}

function runOf(run: RunState): Omit<RunOverlay, 'nodes' | 'unmatched'> {
  return {
    runId: run.runId ?? '',
    workflowId: run.workflowId ?? '',
    status: run.status ?? 'running',
    startedAt: run.startedAt ?? 0,
    finishedAt: run.finishedAt,
    input: jsonText(run.input) ?? '',
    output: jsonText(run.output),
    error: run.error,
  };
}

function nodeRun(state: StepState, uncertain: boolean): NodeRun {
  return {
    status: state.status,
    startedAt: state.startedAt,
    finishedAt: state.finishedAt,
    runs: state.runs,
    progress: state.progress,
    input: jsonText(state.input),
    output: jsonText(state.output),
    suspendPayload: jsonText(state.suspendPayload),
    error: state.error,
    ...(uncertain && { uncertain }),
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

/** Events never change, and an overlay is made anew for each batch of them: the text of a value is made once. */
const texts = new WeakMap<object, string>();

function jsonText(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return cutText(JSON.stringify(value), maxOverlayText);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = cutText(JSON.stringify(value, null, 2), maxOverlayText);
  texts.set(value, text);
  return text;
}
