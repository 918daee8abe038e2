/** `.dowhile(step, condition)` and `.dountil(step, condition)`: what leaves the step arrives at it again. */
import { nameText, rangeOf, type Expression } from '../typescript/ast.ts';
import { conditionText } from './condition.ts';
import { constantResult, neverLeaves } from './constant-condition.ts';
import type { Context } from './context.ts';
import { opaqueDraft, placeOf, unitDraft, type Draft, type Segment } from './draft.ts';
import { explicitId } from './parallel.ts';
import { unitOf, type Unit } from './unit.ts';

export async function loopEntry(context: Context, segment: Segment): Promise<Draft> {
  const [step, condition, settings] = segment.call.arguments;
  const place = placeOf(segment);
  if (step === undefined) return opaqueDraft(place, 'the step is missing');
  const loopType = nameText(segment.method) === 'dowhile' ? 'dowhile' : 'dountil';
  const [unit, id] = await Promise.all([unitOf(context, step), explicitId(context, settings)]);
  const body = await unitDraft(unit, place);
  const isEndless = condition !== undefined && runsOn(unit) && (await repeatsAlways(context, condition, loopType));
  return {
    type: 'loop',
    id,
    loopType,
    condition: condition === undefined ? '' : conditionText(condition),
    endless: isEndless ? rangeOf(condition) : undefined,
    body,
    wish: id ?? loopType,
    ...place,
    definition: undefined,
    description: undefined,
    needs: body.needs,
    leaves: body.leaves,
  };
}

async function repeatsAlways(
  context: Context,
  condition: Expression,
  loopType: 'dowhile' | 'dountil',
): Promise<boolean> {
  const resolved = await context.resolve(condition);
  if (resolved.kind !== 'expression') return false;
  return constantResult(resolved.expression) === (loopType === 'dowhile');
}

/** True where nothing in the source of the step ends or suspends the run. An agent does neither; of other units it is not known. */
function runsOn(unit: Unit): boolean {
  if (unit.kind === 'agent') return true;
  return unit.kind === 'step' && !unit.canSuspend && unit.execute !== undefined && neverLeaves(unit.execute);
}
