/** `.branch([[condition, step], ...])`: every step whose condition holds runs; their outputs leave keyed by step id. */
import { isArrayLiteralExpression, rangeOf, type Expression } from '../typescript/ast.ts';
import { malformedBranches } from './branch-shape.ts';
import { chainOutput } from './classifier.ts';
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
  const [branches, malformed] = await Promise.all([
    Promise.all(elements.map((element) => readBranch(context, element))),
    malformedBranches(context, segment, elements),
  ]);
  return {
    type: 'conditional',
    id,
    branches,
    malformed,
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

async function readBranch(context: Context, element: ListElement): Promise<BranchDraft> {
  if (element.kind === 'opaque') return opaqueBranch(element.expression, element.reason);
  const resolved = await context.resolve(element.expression);
  if (resolved.kind !== 'expression' || !isArrayLiteralExpression(resolved.expression)) {
    return opaqueBranch(element.expression, 'the branch is made while the program runs');
  }
  const [condition, step] = resolved.expression.elements;
  if (condition === undefined || step === undefined) {
    return opaqueBranch(element.expression, 'the branch is not finished');
  }
  return {
    condition: conditionText(condition),
    conditionRange: rangeOf(condition),
    entry: await unitDraft(await unitOf(context, step), elementPlace(step)),
  };
}

function opaqueBranch(expression: Expression, reason: string): BranchDraft {
  return { condition: '', conditionRange: rangeOf(expression), entry: opaqueDraft(elementPlace(expression), reason) };
}
