/** `.parallel([a, b])`: every step gets what arrives; their outputs leave in one object, keyed by step id. */
import { knownOr } from '../../../common/model/known.ts';
import { isNamed } from '../../../common/model/workflow.ts';
import type { Expression } from '../typescript/ast.ts';
import { chainOutput } from './classifier.ts';
import type { Context } from './context.ts';
import { unknownData, type Data, type DataField } from './data.ts';
import { elementPlace, opaqueDraft, placeOf, unitDraft, type Draft, type Segment } from './draft.ts';
import { readList } from './list.ts';
import { hasOption, optionString, readOptions } from './options.ts';
import { unitOf } from './unit.ts';

export async function parallelEntry(context: Context, segment: Segment): Promise<Draft> {
  const [list, settings] = segment.call.arguments;
  const place = placeOf(segment);
  if (list === undefined) return opaqueDraft(place, 'the steps are missing');
  const [elements, id] = await Promise.all([readList(context, list), explicitId(context, settings)]);
  const entries = await Promise.all(
    elements.map(async (element) =>
      element.kind === 'opaque'
        ? opaqueDraft(elementPlace(element.expression), element.reason)
        : unitDraft(await unitOf(context, element.expression), elementPlace(element.expression)),
    ),
  );
  return {
    type: 'parallel',
    id,
    entries,
    wish: id ?? 'parallel',
    ...place,
    definition: undefined,
    description: undefined,
    needs: { kind: 'anything' },
    leaves: keyedById(entries, false) ?? (await chainOutput(context, segment.call)),
  };
}

/** The outputs of several entries keyed by id; undefined when an id is not known. */
export function keyedById(entries: readonly Draft[], optional: boolean): Data | undefined {
  const fields = new Map<string, DataField>();
  for (const entry of entries) {
    const id = isNamed(entry) ? knownOr(entry.id, undefined) : undefined;
    if (id === undefined) return undefined;
    fields.set(id, { name: id, optional, data: entry.leaves ?? unknownData('the output is not known') });
  }
  return { kind: 'object', fields: [...fields.values()] };
}

/** The `id` of an entry's own options, when it is written out. */
export async function explicitId(context: Context, settings: Expression | undefined): Promise<string | undefined> {
  const options = await readOptions(context, settings);
  return hasOption(options, 'id') === false
    ? undefined
    : knownOr(await optionString(context, options, 'id'), undefined);
}
