/** Two recorded runs as the page shows them. Pure. */
import { compareRuns } from '../../../common/replay/compare.ts';
import type { ComparedStep, RunComparison, StepSide } from '../../../common/replay/compare.ts';
import { payloadAt } from '../../../common/replay/payload.ts';
import type {
  ComparedRow,
  ComparedRowSide,
  ComparedRun,
  Comparison,
  RowValues,
} from '../../../common/protocol/compare.ts';
import type { PayloadReference } from '../../../common/protocol/replay.ts';
import type { Json, RunEvent } from '../../../common/runlog/events.ts';
import type { LogHeader } from '../../../common/runlog/file.ts';
import type { RunSummary } from '../history/summary.ts';
import { detailOf, partingText } from './words.ts';

export interface RecordedSide {
  readonly summary: RunSummary;
  readonly header: LogHeader;
  readonly events: readonly RunEvent[];
  /** What is wrong with the recording, in words. */
  readonly damage: string | undefined;
}

export interface ComparedSides {
  readonly comparison: Comparison;
  /** What a row took and gave. */
  readonly values: (row: string) => { readonly left: RowValues; readonly right: RowValues };
  /** Undefined for the run as a whole. */
  readonly step: (row: string) => ComparedStep | undefined;
}

/** The row of the run as a whole. */
export const runRow = '$run';

/** True for runs of the same workflow, also when one of them was recorded elsewhere or before its file moved. */
export function sameWorkflow(a: RunSummary['header'], b: RunSummary['header']): boolean {
  if (a.workflow.key === b.workflow.key) return true;
  return a.workflow.id !== undefined && a.workflow.id === b.workflow.id;
}

export function compareSides(left: RecordedSide, right: RecordedSide): ComparedSides {
  const nodes = [...(left.header.graph?.nodes ?? []), ...(right.header.graph?.nodes ?? [])];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const compared = compareRuns(
    { nodes: left.header.graph?.nodes ?? [], events: left.events },
    { nodes: right.header.graph?.nodes ?? [], events: right.events },
  );
  const steps = new Map(compared.steps.map((step) => [step.id, step]));
  const nodeOf = (step: ComparedStep) => byId.get(step.nodes[0] ?? '');
  const titleOf = (step: ComparedStep): string => nodeOf(step)?.title ?? step.step.at(-1) ?? 'step';

  const values = (row: string): { readonly left: RowValues; readonly right: RowValues } => {
    if (row === runRow) {
      return { left: runValues(left.events, compared.left), right: runValues(right.events, compared.right) };
    }
    const step = steps.get(row);
    return { left: stepValues(left.events, step?.left), right: stepValues(right.events, step?.right) };
  };

  const { parting } = compared;
  const at = parting === undefined ? undefined : steps.get(parting.step);
  const both = (what: 'input' | 'output' | 'suspended', row: string) => {
    const found = values(row);
    return [found.left[what], found.right[what]] as const;
  };
  const text = partingText({
    comparison: compared,
    parting,
    step: at,
    title: titleOf,
    values: (what) => (at === undefined ? [undefined, undefined] : both(what, at.id)),
    runInput: both('input', runRow),
    instead: at === undefined ? undefined : insteadOf(compared, at, (step) => nodeOf(step)?.parent),
  });

  const runDifferences = [
    compared.inputDiffers && ('input' as const),
    left.summary.status !== right.summary.status && ('status' as const),
    compared.outputDiffers && ('output' as const),
  ].filter((difference) => difference !== false);
  const whole: ComparedRow = {
    id: runRow,
    level: 0,
    title: 'The whole run',
    detail: undefined,
    kind: 'workflow',
    left: wholeSide(left.summary),
    right: wholeSide(right.summary),
    differences: runDifferences,
    uncertain: false,
  };
  return {
    values,
    step: (row) => steps.get(row),
    comparison: {
      title: left.summary.title,
      left: headOf(left.summary),
      right: headOf(right.summary),
      rows: [
        whole,
        ...compared.steps.map((step): ComparedRow => ({
          id: step.id,
          level: step.level,
          title: titleOf(step),
          detail: detailOf(step),
          kind: kindOf(nodeOf(step)?.kind),
          left: rowSide(step.left),
          right: rowSide(step.right),
          differences: step.differences,
          uncertain: step.nodes.length > 1,
        })),
      ],
      parting: { row: parting?.step, text },
      remarks: remarksOn(left, right),
    },
  };
}

/** What the two drawings have at its place; a step that none of them has is drawn as one. */
function kindOf(kind: ComparedRow['kind'] | 'start' | 'end' | undefined): ComparedRow['kind'] {
  return kind === undefined || kind === 'start' || kind === 'end' ? 'step' : kind;
}

/** The path of the same branch that only the other run took. */
function insteadOf(
  { steps }: RunComparison,
  step: ComparedStep,
  branchOf: (step: ComparedStep) => string | undefined,
): ComparedStep | undefined {
  const branch = branchOf(step);
  const missing = step.left === undefined ? 'right' : 'left';
  return branch === undefined
    ? undefined
    : steps.find((other) => other.level === step.level && other[missing] === undefined && branchOf(other) === branch);
}

function remarksOn(left: RecordedSide, right: RecordedSide): readonly string[] {
  const damaged = [[left, 'A'] as const, [right, 'B'] as const].flatMap(([{ damage, summary }, name]) =>
    damage === undefined || summary.status === 'running' ? [] : [`The recording of run ${name} is damaged. ${damage}`],
  );
  return [...sourceRemarks(left.header, right.header), ...damaged];
}

function sourceRemarks(left: LogHeader, right: LogHeader): readonly string[] {
  if (left.graph === undefined || right.graph === undefined) {
    return ['How the workflow looked was not recorded with both runs, so their steps are told by their ids alone.'];
  }
  const shape = ({ nodes }: NonNullable<LogHeader['graph']>): string =>
    JSON.stringify(
      nodes.map(({ id, parent, kind, step, condition, detail }) => [id, parent, kind, step, condition, detail]),
    );
  if (shape(left.graph) === shape(right.graph)) return [];
  return ['The workflow was changed between the two runs: steps are compared where both have them at the same place.'];
}

function headOf({ id, status, startedAt, finishedAt, header, error }: RunSummary): ComparedRun {
  const { server, mastraVersion, inputName } = header;
  return { id, status, startedAt, finishedAt, server: server.name, mastraVersion, inputName, error };
}

function wholeSide({ status, startedAt, finishedAt }: RunSummary): ComparedRowSide {
  return { status, duration: finishedAt === undefined ? undefined : Math.max(0, finishedAt - startedAt) };
}

function rowSide(side: StepSide | undefined): ComparedRowSide | undefined {
  if (side === undefined) return undefined;
  const { status, startedAt, finishedAt } = side;
  const known = startedAt !== undefined && finishedAt !== undefined;
  return { status, duration: known ? Math.max(0, finishedAt - startedAt) : undefined };
}

function runValues(events: readonly RunEvent[], head: RunComparison['left']): RowValues {
  return {
    input: valueOf(events, head.input),
    output: valueOf(events, head.output),
    error: head.error === undefined ? undefined : errorText(events, head.error.event),
  };
}

function stepValues(events: readonly RunEvent[], side: StepSide | undefined): RowValues {
  return {
    input: valueOf(events, side?.input),
    output: valueOf(events, side?.output),
    suspended: valueOf(events, side?.suspendPayload),
    error: side?.error === undefined ? undefined : errorText(events, side.error.event),
  };
}

function valueOf(events: readonly RunEvent[], reference: PayloadReference | undefined): Json | undefined {
  const payload = reference === undefined ? undefined : payloadAt(events, reference);
  return payload?.kind === 'value' ? payload.value : undefined;
}

function errorText(events: readonly RunEvent[], event: number): string | undefined {
  const payload = payloadAt(events, { event, item: undefined }, 'error');
  return payload?.kind === 'error'
    ? (payload.error.stack ?? `${payload.error.name}: ${payload.error.message}`)
    : undefined;
}
