/** `.sleep(ms)` and `.sleepUntil(date)`: what arrives is passed on. */
import type { IdInsertion } from '../../../common/model/workflow.ts';
import {
  hasSpread,
  literalNumber,
  nameText,
  oneLine,
  optionsLiteral,
  rangeBetween,
  unwrap,
  type CallExpression,
} from '../typescript/ast.ts';
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
    naming: namingOf(segment.call),
    wish: id ?? type,
    ...placeOf(segment),
    definition: undefined,
    description: undefined,
    needs: { kind: 'anything' },
    leaves: undefined,
  };
}

/** Where an id goes, when there certainly is none: behind the time, or in the options that are written out. */
function namingOf(call: CallExpression): IdInsertion | undefined {
  const [time, settings] = call.arguments;
  if (time === undefined) return undefined;
  const file = call.getSourceFile();
  const place = (offset: number) => rangeBetween(file, offset, offset);
  if (settings === undefined) return { at: place(time.getEnd()), before: ', { id: ', after: ' }' };
  const options = optionsLiteral(call, 1);
  if (options === undefined || hasSpread(options)) return undefined;
  const names = options.properties.map((property) => ('name' in property ? nameText(property.name) : undefined));
  if (names.includes('id') || names.includes(undefined)) return undefined;
  const at = place(options.getStart(file) + 1);
  return { at, before: ' id: ', after: names.length === 0 ? ' ' : ',' };
}
