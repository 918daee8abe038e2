/** What choices and variants are called, from the schemas that describe them. */
import type { Json } from '../runlog/events.ts';
import type { Choice } from './fields.ts';
import { isList, isObject, resolveSchema, textOf } from './json-schema.ts';
import type { JsonObject } from './json-schema.ts';

/** Texts as they are, everything else as JSON. */
export function choiceOf(value: Json, description?: string): Choice {
  return { value, label: typeof value === 'string' ? value : JSON.stringify(value), description };
}

/** Schemas that were written by hand leave the type out where other keywords say it. */
export function impliedType(schema: JsonObject): string | undefined {
  if (isObject(schema['properties']) || isObject(schema['additionalProperties'])) return 'object';
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
  return undefined;
}

/** The values of a schema that only lists values; undefined for any other. */
export function literalsOf(schema: JsonObject | undefined): readonly Choice[] | undefined {
  if (schema === undefined) return undefined;
  const description = textOf(schema['description']) ?? textOf(schema['title']);
  if (schema['const'] !== undefined) return [choiceOf(schema['const'], description)];
  if (isList(schema['enum'])) return schema['enum'].map((value) => choiceOf(value, description));
  if (schema['type'] === 'null') return [choiceOf(null, description)];
  if (schema['type'] === 'boolean') return [choiceOf(true), choiceOf(false)];
  return undefined;
}

/** The label at `index`, with its number where others have the same. */
export function uniqueLabel(labels: readonly string[], index: number): string {
  const label = labels[index] ?? '';
  return labels.filter((other) => other === label).length > 1 ? `${label} (${index + 1})` : label;
}

const typeLabels: Readonly<Record<string, string>> = {
  string: 'Text',
  number: 'Number',
  integer: 'Whole number',
  array: 'List',
  object: 'Object',
};

/** What tells a variant from the others: its title, the constants of its fields, or its type. */
export function labelOf(schema: JsonObject | undefined, root: Json): string {
  if (schema === undefined) return 'JSON';
  const title = textOf(schema['title']);
  if (title !== undefined) return title;
  const literals = literalsOf(schema);
  if (literals !== undefined)
    return literals.length > 3 ? 'One of a list' : literals.map(({ label }) => label).join(' or ');
  const properties = isObject(schema['properties']) ? schema['properties'] : undefined;
  if (properties !== undefined) {
    const constants = Object.values(properties).flatMap((inner) => {
      const [value, more] = literalsOf(resolveSchema(inner, root)) ?? [];
      return value === undefined || more !== undefined ? [] : [value.label];
    });
    const names = Object.keys(properties);
    if (constants.length > 0) return constants.join(', ');
    return names.length === 0 ? 'Empty object' : `With ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
  }
  const type = textOf(schema['type']) ?? impliedType(schema) ?? '';
  const format = textOf(schema['format']);
  return format !== undefined && type === 'string' ? `Text (${format})` : (typeLabels[type] ?? 'JSON');
}
