/**
 * Two runs of a workflow beside each other: which time that a step ran in one is which in the other (by the node of the drawing and by
 * round, use or item), in what they differ, and where they part first. Pure; see compare-rows.ts for how the steps are put together.
 */
import type { PayloadReference } from '../protocol/replay.ts';
import type { AlignableNode } from '../runlog/align.ts';
import type { RunEvent } from '../runlog/events.ts';
import { equalJson } from '../schema/index.ts';
import { differingDescendants, pairedRows } from './compare-rows.ts';
import type { ComparedStep, Pairing, StepSide } from './compare-rows.ts';
import type { RunHead } from './moment.ts';
import { payloadAt } from './payload.ts';
import { createRunIndex } from './run-index.ts';
import type { RunIndex } from './run-index.ts';
import { smallEvent } from './small.ts';

export type { ComparedStep, StepDifference, StepSide } from './compare-rows.ts';

export interface RunToCompare {
  /** The drawing as it was recorded; empty where there is none: then steps are told by their ids alone. */
  readonly nodes: readonly AlignableNode[];
  readonly events: readonly RunEvent[];
}

/** Where two runs part, and how it shows. */
export interface Parting {
  /** Id of the step among `steps`. */
  readonly step: string;
  readonly reason:
    | 'input'
    | 'output'
    | 'status'
    | 'error'
    | 'suspended'
    /** Only one of the runs took this path of a branch. */
    | 'branch'
    /** Only one of the runs did this round of a loop, or used the step again. */
    | 'rounds'
    /** Only one of the runs had this item. */
    | 'items'
    /** Only one of the runs came this far. */
    | 'missing';
}

export interface RunComparison {
  readonly left: RunHead;
  readonly right: RunHead;
  readonly inputDiffers: boolean;
  readonly outputDiffers: boolean;
  /** In the order of the flow, what is inside of a step behind it. */
  readonly steps: readonly ComparedStep[];
  /** The first step that is not the same in both; undefined when all are. */
  readonly parting: Parting | undefined;
}

export function compareRuns(left: RunToCompare, right: RunToCompare): RunComparison {
  // Names of nodes mean something only where both have them.
  const drawn = left.nodes.length > 0 && right.nodes.length > 0;
  const leftIndex = indexOf(drawn ? left : { ...left, nodes: [] });
  const rightIndex = indexOf(drawn ? right : { ...right, nodes: [] });
  const valuesDiffer = (a: PayloadReference | undefined, b: PayloadReference | undefined): boolean =>
    !equalJson(valueOf(left.events, a), valueOf(right.events, b));
  const rows = pairedRows(leftIndex.occurrences.groups, rightIndex.occurrences.groups, (a, b) =>
    differencesOf(a, b, valuesDiffer),
  );
  const heads = { left: leftIndex.at(Infinity), right: rightIndex.at(Infinity) };
  const kinds = new Map([...left.nodes, ...right.nodes].map((node) => [node.id, node]));
  const inBranch = ({ nodes }: ComparedStep): boolean => {
    const parent = kinds.get(nodes[0] ?? '')?.parent;
    return parent !== undefined && kinds.get(parent)?.kind === 'conditional';
  };
  return {
    left: headOf(heads.left),
    right: headOf(heads.right),
    inputDiffers: valuesDiffer(heads.left.input, heads.right.input),
    outputDiffers: valuesDiffer(heads.left.output, heads.right.output),
    steps: rows.map(({ step }) => step),
    parting: partingOf(rows, inBranch),
  };
}

function indexOf({ nodes, events }: RunToCompare): RunIndex {
  const index = createRunIndex(nodes);
  for (const event of events) index.append(smallEvent(event));
  return index;
}

function headOf({ runId, workflowId, status, startedAt, finishedAt, input, output, error }: RunHead): RunHead {
  return { runId, workflowId, status, startedAt, finishedAt, input, output, error };
}

function valueOf(events: readonly RunEvent[], reference: PayloadReference | undefined) {
  const payload = reference === undefined ? undefined : payloadAt(events, reference);
  return payload?.kind === 'value' ? payload.value : undefined;
}

type ValuesDiffer = (left: PayloadReference | undefined, right: PayloadReference | undefined) => boolean;

function differencesOf(
  left: StepSide | undefined,
  right: StepSide | undefined,
  differ: ValuesDiffer,
): ComparedStep['differences'] {
  if (left === undefined) return ['only-right'];
  if (right === undefined) return ['only-left'];
  const checks = [
    ['input', differ(left.input, right.input)],
    ['status', left.status !== right.status],
    ['error', left.error?.name !== right.error?.name || left.error?.message !== right.error?.message],
    ['suspended', differ(left.suspendPayload, right.suspendPayload)],
    ['output', differ(left.output, right.output)],
  ] as const;
  return checks.flatMap(([kind, found]) => (found ? [kind] : []));
}

/** The first step that differs by itself: one whose steps inside differ does so because of them. */
function partingOf(rows: readonly Pairing[], inBranch: (step: ComparedStep) => boolean): Parting | undefined {
  for (const { step, again } of rows) {
    const [first] = step.differences;
    if (first === undefined) continue;
    if (first === 'only-left' || first === 'only-right') {
      const reason = step.item !== undefined ? 'items' : again ? 'rounds' : inBranch(step) ? 'branch' : 'missing';
      return { step: step.id, reason };
    }
    // What it was given was different before anything in it ran.
    if (first === 'input' || !differingDescendants(rows, step.id)) return { step: step.id, reason: first };
  }
  return undefined;
}
