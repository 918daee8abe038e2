/** An entry of a chain before the data that arrives at it is known: what it needs and leaves by itself. */
import type { Known } from '../../../common/model/known.ts';
import type { Location, Range } from '../../../common/model/text.ts';
import type { FlowEntry, IdInsertion, MalformedBranch, WorkflowKey } from '../../../common/model/workflow.ts';
import { rangeBetween, rangeOf, type CallExpression, type Expression, type Identifier } from '../typescript/ast.ts';
import type { Cases } from './condition-cases.ts';
import type { Context } from './context.ts';
import { unknownData, type Data } from './data.ts';
import type { ReadDraft } from './reads.ts';
import { outputOf, type Unit } from './unit.ts';

/** One builder call of a chain. */
export interface Segment {
  readonly method: Identifier;
  readonly call: CallExpression;
  /** Set where it is not certain that the call happens once, in its place: in a loop, under a condition, in a function. */
  readonly uncertain: string | undefined;
}

interface DraftBase {
  /** The name it would like to have among its siblings. */
  readonly wish: string;
  readonly file: string;
  readonly range: Range;
  readonly call: Range;
  readonly lineBreak?: string;
  readonly definition: Location | undefined;
  readonly description: string | undefined;
  readonly needs: Data;
  /** Undefined where what arrives is passed on. */
  readonly leaves: Data | undefined;
}

export interface BranchDraft {
  readonly condition: string;
  readonly conditionRange: Range;
  readonly entry: Draft;
}

export type Draft = DraftBase &
  (
    | { readonly type: 'step'; readonly id: Known<string>; readonly canSuspend: boolean }
    | { readonly type: 'workflow'; readonly id: Known<string>; readonly target: Known<WorkflowKey> }
    | { readonly type: 'agent' | 'tool' | 'classifier'; readonly id: Known<string> }
    | {
        readonly type: 'mapping';
        readonly id: string | undefined;
        readonly form: 'function' | 'object' | 'unknown';
        readonly source: string;
        readonly reads: readonly ReadDraft[];
      }
    | { readonly type: 'parallel'; readonly id: string | undefined; readonly entries: readonly Draft[] }
    | {
        readonly type: 'conditional';
        readonly id: string | undefined;
        readonly branches: readonly BranchDraft[];
        readonly malformed: readonly MalformedBranch[];
        readonly cases: Cases;
      }
    | {
        readonly type: 'loop';
        readonly id: string | undefined;
        readonly loopType: 'dowhile' | 'dountil';
        readonly condition: string;
        readonly endless: Range | undefined;
        readonly body: Draft;
      }
    | {
        readonly type: 'foreach';
        readonly id: string | undefined;
        readonly concurrency: number | undefined;
        readonly body: Draft;
      }
    | {
        readonly type: 'sleep' | 'sleepUntil';
        readonly id: string | undefined;
        readonly duration: number | undefined;
        readonly source: string;
        readonly naming: IdInsertion | undefined;
      }
    | { readonly type: 'opaque'; readonly reason: string }
  );

export type DraftType = FlowEntry['type'];

/** Where an entry stands in the source. */
export interface Place {
  readonly file: string;
  readonly range: Range;
  readonly call: Range;
  /** The line break and the indent in front of the call, where it starts a line. */
  readonly lineBreak?: string;
}

/** The call segment `name(...)`, without the dot. */
export function callRange(segment: Segment): Range {
  return rangeBetween(segment.call.getSourceFile(), segment.method.getStart(), segment.call.getEnd());
}

/** The place of a segment whose first argument is what it is about. */
export function placeOf(segment: Segment): Place {
  const file = segment.call.getSourceFile();
  const call = callRange(segment);
  const [argument] = segment.call.arguments;
  const lineBreak = lineBreakBefore(segment);
  return {
    file: file.fileName,
    range: argument === undefined ? call : rangeOf(argument, file),
    call,
    ...(lineBreak === undefined ? {} : { lineBreak }),
  };
}

function lineBreakBefore({ method }: Segment): string | undefined {
  const { text } = method.getSourceFile();
  const start = method.getStart();
  const match = /((?:\r\n|\n|\r)[ \t]*)\??\.\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  return match?.[1];
}

/** The place of an element inside the list of a parallel or branch. */
export function elementPlace(element: Expression): Place {
  const file = element.getSourceFile();
  const range = rangeOf(element, file);
  return { file: file.fileName, range, call: range };
}

export function opaqueDraft(place: Place, reason: string, wish = 'opaque'): Draft {
  return {
    type: 'opaque',
    reason,
    wish,
    ...place,
    definition: undefined,
    description: undefined,
    needs: unknownData(reason),
    leaves: unknownData(reason),
  };
}

/** The entry that a step, workflow, agent, tool or classifier makes in a chain. */
export async function unitDraft(unit: Unit, place: Place): Promise<Draft> {
  if (unit.kind === 'opaque') return opaqueDraft(place, unit.reason);
  const [needs, leaves] = await Promise.all([unit.schema('inputSchema', 'input'), outputOf(unit)]);
  const base = {
    wish: unit.id.known ? unit.id.value : unit.kind,
    ...place,
    definition: unit.definition,
    description: unit.description,
    needs,
    leaves,
    id: unit.id,
  };
  switch (unit.kind) {
    case 'step':
      return { ...base, type: 'step', canSuspend: unit.canSuspend };
    case 'workflow':
      return { ...base, type: 'workflow', target: unit.target };
    case 'agent':
    case 'tool':
    case 'classifier':
      return { ...base, type: unit.kind };
  }
}

/** Reads one builder call. */
export type DraftReader = (context: Context, segment: Segment) => Promise<Draft>;
