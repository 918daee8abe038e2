/** `.sleep(ms)` and `.sleepUntil(date)`: what arrives is passed on. */
import { literalNumber, nameText, oneLine, unwrap } from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { placeOf, type Draft, type Segment } from './draft.ts';
import { explicitId } from './parallel.ts';

export async function sleepEntry(context: Context, segment: Segment): Promise<Draft> {
  const [duration, settings] = segment.call.arguments;
  const type = nameText(segment.method) === 'sleepUntil' ? 'sleepUntil' : 'sleep';
  const id = await explicitId(context, settings);
  return {
    type,
    id,
    duration: duration === undefined ? undefined : literalNumber(unwrap(duration)),
    source: duration === undefined ? '' : oneLine(duration),
    wish: id ?? type,
    ...placeOf(segment),
    definition: undefined,
    description: undefined,
    needs: { kind: 'anything' },
    leaves: undefined,
  };
}
