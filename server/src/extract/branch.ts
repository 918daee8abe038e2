/** `.branch([[condition, step], ...])`: every step whose condition holds runs; their outputs leave keyed by step id. */
import { isArrayLiteralExpression, rangeOf, type Expression } from '../typescript/ast.ts';
import { malformedBranches } from './branch-shape.ts';
import { chainOutput } from './classifier.ts';
import { casesOf } from './condition-cases.ts';
import { conditionText } from './condition.ts';
import type { Context } from './context.ts';
import { elementPlace, opaqueDraft, placeOf, unitDraft, type BranchDraft, type Draft, type Segment } from './draft.ts';
import { readList, type ListElement } from './list.ts';
import { explicitId, keyedById } from './parallel.ts';
import { unitOf } from './unit.ts';

export async function branchEntry(context: Context, segment: Segment): Promise<Draft> {
  const [list, settings] = segment.call.arguments;
  const place = placeOf(segment);
  if (list === undefined) return opaqueDraft(place, 'the branches are missing');
  const [elements, id] = await Promise.all([readList(context, list), explicitId(context, settings)]);
  const [read, malformed] = await Promise.all([
    Promise.all(elements.map((element) => readBranch(context, element))),
    malformedBranches(context, segment, elements),
  ]);
  const branches = read.map((branch) => branch.draft);
  const conditions = read.flatMap((branch) => branch.condition ?? []);
  return {
    type: 'conditional',
    id,
    branches,
    malformed,
    cases:
      conditions.length === read.length
        ? await casesOf(
            context.program,
            await Promise.all(conditions.map((given) => resolvedCondition(context, given))),
          )
        : { coverage: undefined, exclusive: false },
    wish: id ?? 'branch',
    ...place,
    definition: undefined,
    description: undefined,
    needs: { kind: 'anything' },
    leaves:
      keyedById(
        branches.map((branch) => branch.entry),
        true,
      ) ?? (await chainOutput(context, segment.call)),
  };
}

interface ReadBranch {
  readonly draft: BranchDraft;
  /** Undefined where the branch cannot be read. */
  readonly condition: Expression | undefined;
}

async function readBranch(context: Context, element: ListElement): Promise<ReadBranch> {
  if (element.kind === 'opaque') return opaqueBranch(element.expression, element.reason);
  const resolved = await context.resolve(element.expression);
  if (resolved.kind !== 'expression' || !isArrayLiteralExpression(resolved.expression)) {
    return opaqueBranch(element.expression, 'the branch is made while the program runs');
  }
  const [condition, step] = resolved.expression.elements;
  if (condition === undefined || step === undefined) {
    return opaqueBranch(element.expression, 'the branch is not finished');
  }
  const entry = await unitDraft(await unitOf(context, step), elementPlace(step));
  return { draft: { condition: conditionText(condition), conditionRange: rangeOf(condition), entry }, condition };
}

/** The function that a name stands for. */
async function resolvedCondition(context: Context, given: Expression): Promise<Expression> {
  const resolved = await context.resolve(given);
  return resolved.kind === 'expression' ? resolved.expression : given;
}

function opaqueBranch(expression: Expression, reason: string): ReadBranch {
  const entry = opaqueDraft(elementPlace(expression), reason);
  return { draft: { condition: '', conditionRange: rangeOf(expression), entry }, condition: undefined };
}
