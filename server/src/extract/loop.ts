/** `.dowhile(step, condition)` and `.dountil(step, condition)`: what leaves the step arrives at it again. */
import { nameText } from '../typescript/ast.ts';
import { conditionText } from './condition.ts';
import type { Context } from './context.ts';
import { opaqueDraft, placeOf, unitDraft, type Draft, type Segment } from './draft.ts';
import { explicitId } from './parallel.ts';
import { unitOf } from './unit.ts';

export async function loopEntry(context: Context, segment: Segment): Promise<Draft> {
  const [step, condition, settings] = segment.call.arguments;
  const place = placeOf(segment);
  if (step === undefined) return opaqueDraft(place, 'the step is missing');
  const loopType = nameText(segment.method) === 'dowhile' ? 'dowhile' : 'dountil';
  const [unit, id] = await Promise.all([unitOf(context, step), explicitId(context, settings)]);
  const body = await unitDraft(unit, place);
  return {
    type: 'loop',
    id,
    loopType,
    condition: condition === undefined ? '' : conditionText(condition),
    body,
    wish: id ?? loopType,
    ...place,
    definition: undefined,
    description: undefined,
    needs: body.needs,
    leaves: body.leaves,
  };
}
