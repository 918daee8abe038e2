/** The values of a form as one JSON text, and back; the JSON Schema of that text. No effects. */
import type { FormSection, FormSectionId, FormValues } from '../../../../common/protocol/form.ts';
import type { Json } from '../../../../common/runlog/events.ts';
import { hasDefault, isList, isObject, namesOf } from '../../../../common/schema/index.ts';

export type ParsedDocument =
  | { readonly kind: 'values'; readonly values: FormValues }
  /** Why it says nothing, with the place. */
  | { readonly kind: 'broken'; readonly message: string };

/** A form with one section is its value; with several, an object of them: `{ "input": …, "state": … }`. */
export function documentOf(sections: readonly FormSection[], values: FormValues): string {
  const [only, more] = sections;
  if (only !== undefined && more === undefined) return `${JSON.stringify(values[only.id] ?? {}, null, 2)}\n`;
  const shown = sections.flatMap(({ id, required }) => {
    const value = values[id] ?? (required ? {} : undefined);
    return value === undefined ? [] : [[id, value] as const];
  });
  return `${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`;
}

export function parseDocument(sections: readonly FormSection[], text: string): ParsedDocument {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
  const [only, more] = sections;
  if (only !== undefined && more === undefined) return { kind: 'values', values: { [only.id]: value } };
  const names: readonly string[] = sections.map(({ id }) => id);
  const wanted = `an object with ${names.map((name) => `"${name}"`).join(', ')}`;
  if (!isObject(value)) return { kind: 'broken', message: `It must be ${wanted}.` };
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    return { kind: 'broken', message: `"${unknown}" does not belong here: it must be ${wanted}.` };
  const missing = sections.find(({ id, required }) => required && value[id] === undefined);
  if (missing !== undefined) return { kind: 'broken', message: `"${missing.id}" is missing: it must be ${wanted}.` };
  const own: { [K in FormSectionId]?: Json } = {};
  for (const { id } of sections) {
    const part = value[id];
    if (part !== undefined) own[id] = part;
  }
  return { kind: 'values', values: own };
}

/** What VS Code's JSON editor completes and checks the text with. */
export function documentSchema(sections: readonly FormSection[]): Json {
  const [only, more] = sections;
  if (only !== undefined && more === undefined) return relaxed(only.schema ?? {}, only.schema ?? {}, '#');
  return {
    type: 'object',
    additionalProperties: false,
    required: sections.filter(({ required }) => required).map(({ id }) => id),
    properties: Object.fromEntries(
      sections.map(({ id, title, description, schema }) => {
        const inner = relaxed(schema ?? {}, schema ?? {}, `#/properties/${id}`);
        return [id, isObject(inner) ? { title, ...(description !== undefined && { description }), ...inner } : inner];
      }),
    ),
  };
}

/** References lead to where the schema stands now, and fields with defaults are not required. */
function relaxed(schema: Json, root: Json, at: string): Json {
  if (isList(schema)) return schema.map((item) => relaxed(item, root, at));
  if (!isObject(schema)) return schema;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      if (key === '$schema' || key === '$id') return [];
      if (key === '$ref' && typeof value === 'string' && value.startsWith('#'))
        return [[key, `${at}${value.slice(1)}`]];
      // Values are no schemas.
      if (['default', 'const', 'enum', 'examples'].includes(key)) return [[key, value]];
      if (key === 'required' && isObject(properties)) {
        return [[key, namesOf(value).filter((name) => !hasDefault(properties[name], root))]];
      }
      return [[key, relaxed(value, root, at)]];
    }),
  );
}
