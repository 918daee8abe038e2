/** Which variant of a union a value is of. */
import type { Json } from '../runlog/events.ts';
import type { Field, ObjectField, UnionField } from './fields.ts';
import { equalJson, isList, isObject, property } from './json-schema.ts';
import type { JsonObject } from './json-schema.ts';

/** The variant that a value is most likely of: the first that fits, else the one that has the most of it. */
export function variantOf(field: UnionField, value: Json | undefined): number {
  if (value === undefined) return 0;
  const scores = field.variants.map((variant) => score(variant.field(), value, 0));
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** How well a value suits a field: below 0 for another type, more for each constant and each field that is there. */
function score(field: Field, value: Json, depth: number): number {
  if (depth > 4) return 0;
  switch (field.kind) {
    case 'constant':
      return equalJson(field.value, value) ? 4 : -4;
    case 'choice':
      return field.choices.some((choice) => equalJson(choice.value, value)) ? 4 : -1;
    case 'text':
      return typeof value === 'string' ? 2 : -4;
    case 'number':
      return typeof value === 'number' ? (field.integer && !Number.isInteger(value) ? 1 : 2) : -4;
    case 'json':
      return field.object && !isObject(value) ? -4 : 0;
    case 'union':
      return Math.max(...field.variants.map((variant) => score(variant.field(), value, depth + 1)));
    case 'list': {
      if (!isList(value)) return -4;
      const [first] = value;
      const item = field.first[0] ?? field.item;
      return 2 + (first === undefined || item === undefined ? 0 : score(item(), first, depth + 1) / 4);
    }
    case 'object':
      return isObject(value) ? objectScore(field, value, depth) : -4;
  }
}

function objectScore(field: ObjectField, value: JsonObject, depth: number): number {
  return field.properties.reduce((sum, { name, required, field: inner }) => {
    const own = property(value, name);
    if (own === undefined) return required ? sum - 1 : sum;
    const found = score(inner(), own, depth + 1);
    // A constant that differs says that this is another variant, whatever else fits.
    return sum + (inner().kind === 'constant' ? found * 4 : found > 0 ? 1 : -1);
  }, 2);
}
