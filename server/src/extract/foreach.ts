/** `.foreach(step, { concurrency })`: each element of the array that arrives goes through the step. */
import { literalNumber } from '../typescript/ast.ts';
import type { Context } from './context.ts';
import type { Data } from './data.ts';
import { opaqueDraft, placeOf, unitDraft, type Draft, type Segment } from './draft.ts';
import { optionExpression, readOptions } from './options.ts';
import { explicitId } from './parallel.ts';
import { unitOf } from './unit.ts';

export async function foreachEntry(context: Context, segment: Segment): Promise<Draft> {
  const [step, settings] = segment.call.arguments;
  const place = placeOf(segment);
  if (step === undefined) return opaqueDraft(place, 'the step is missing');
  const [unit, id, options] = await Promise.all([
    unitOf(context, step),
    explicitId(context, settings),
    readOptions(context, settings),
  ]);
  const body = await unitDraft(unit, place);
  return {
    type: 'foreach',
    id,
    concurrency: literalNumber(optionExpression(options, 'concurrency')),
    body,
    wish: id ?? 'foreach',
    ...place,
    definition: undefined,
    description: undefined,
    needs: arrayOf(body.needs),
    leaves: body.leaves === undefined ? undefined : arrayOf(body.leaves),
  };
}

/** An array of data; of unknown elements it is unknown as well. */
function arrayOf(element: Data): Data {
  return element.kind === 'unknown' ? element : { kind: 'array', element };
}
