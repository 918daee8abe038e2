/** Schemas as the server sends them: JSON Schema, wrapped by superjson, as text, seen from the side of what comes out. */
import type { Json } from '../../../../common/runlog/events.ts';

type JsonObject = { readonly [key: string]: Json };

/**
 * The JSON Schema in a server's text, from the side of what goes in: fields with a default need not be given, and fields that are not
 * named do no harm (Mastra drops them). Undefined when the server sent none, or something else.
 */
export function inputSchemaOf(text: string | null | undefined): Json | undefined {
  if (text === null || text === undefined) return undefined;
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const schema = isObject(parsed) && 'json' in parsed ? parsed['json'] : parsed;
  return isObject(schema) ? fromInside(schema) : undefined;
}

/** Places that hold schemas, and those that hold named or listed ones: what is elsewhere (`default`, `enum`) is data and stays. */
const schemaPlaces = new Set(['items', 'additionalItems', 'contains', 'not', 'if', 'then', 'else', 'propertyNames']);
const schemaLists = new Set(['anyOf', 'allOf', 'oneOf', 'prefixItems', 'items']);
const schemaTables = new Set(['properties', 'patternProperties', 'definitions', '$defs']);

function fromInside(schema: JsonObject): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'additionalProperties' && value === false) continue;
    if (name === 'required' && Array.isArray(value)) {
      const needed = (value as readonly Json[]).filter((field) => !hasDefault(schema, field));
      if (needed.length > 0) result[name] = needed;
    } else if (Array.isArray(value) && schemaLists.has(name)) {
      result[name] = value.map((each: Json) => (isObject(each) ? fromInside(each) : each));
    } else if (isObject(value) && schemaTables.has(name)) {
      const inner = Object.entries(value).map(([key, each]) => [key, isObject(each) ? fromInside(each) : each]);
      result[name] = Object.fromEntries(inner) as JsonObject;
    } else if (isObject(value) && (schemaPlaces.has(name) || name === 'additionalProperties')) {
      result[name] = fromInside(value);
    } else {
      result[name] = value;
    }
  }
  return result;
}

function hasDefault(schema: JsonObject, field: Json): boolean {
  const { properties } = schema;
  if (typeof field !== 'string' || !isObject(properties)) return false;
  const property = properties[field];
  return isObject(property) && 'default' in property;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when `{}` fits: nothing has to be given. */
export function acceptsNothing(schema: Json | undefined): boolean {
  if (!isObject(schema)) return true;
  const { required } = schema;
  return !Array.isArray(required) || required.length === 0;
}
