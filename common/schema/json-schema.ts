/** Reading JSON Schema (draft 7, and what newer drafts write differently) as it arrives: any JSON, trusted in nothing. */
import type { Json } from '../runlog/events.ts';

export type JsonObject = Readonly<Record<string, Json>>;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Own properties only: a schema may have a property named `constructor`. */
export function property(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The strings of a list; none for anything else. */
export function namesOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The same value, whatever the order of the fields. */
export function equalJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => equalJson(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equalJson(left[name], right[name]))
  );
}

/** Like an object literal, for names that come from outside: `__proto__` is a name like any other. */
export function objectFrom(entries: Iterable<readonly [string, Json]>): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of entries) {
    Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

/** How many references and parts are followed for one schema: more are a circle. */
const maxParts = 200;

interface Budget {
  parts: number;
}

/**
 * The schema without `$ref` and `allOf` at its top: references into `root` are followed, the parts of an `allOf` laid over
 * each other. Undefined for what no field can express: `false`, a reference that leads nowhere, parts that contradict.
 */
export function resolveSchema(schema: Json | undefined, root: Json): JsonObject | undefined {
  return resolve(schema, root, { parts: maxParts });
}

function resolve(schema: Json | undefined, root: Json, budget: Budget): JsonObject | undefined {
  if (schema === true) return {};
  if (!isObject(schema) || (budget.parts -= 1) < 0) return undefined;
  const reference = textOf(schema['$ref']);
  if (reference !== undefined) {
    const target = resolve(targetOf(reference, root), root, budget);
    return target === undefined ? undefined : { ...target, ...without(schema, '$ref') };
  }
  const parts = schema['allOf'];
  if (!isList(parts)) return schema;
  return parts.reduce<JsonObject | undefined>(
    (merged, part) => mergeSchemas(merged, resolve(part, root, budget)),
    without(schema, 'allOf'),
  );
}

function targetOf(reference: string, root: Json): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  let current: Json | undefined = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const name = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (isList(current)) current = current[Number(name)];
    else current = isObject(current) ? property(current, name) : undefined;
  }
  return current;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function without(schema: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== name));
}

/** What both sides ask for; undefined when one is missing or they contradict. */
function mergeSchemas(left: JsonObject | undefined, right: JsonObject | undefined): JsonObject | undefined {
  if (left === undefined || right === undefined) return undefined;
  const merged: Record<string, Json> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const other = property(left, key);
    const both = other === undefined || equalJson(other, value) ? value : mergeKeyword(key, other, value);
    if (both === undefined) return undefined;
    merged[key] = both;
  }
  return merged;
}

function mergeKeyword(key: string, left: Json, right: Json): Json | undefined {
  switch (key) {
    case 'properties':
    case 'definitions':
    case '$defs':
      return isObject(left) && isObject(right) ? mergeProperties(left, right) : undefined;
    case 'required':
      return [...new Set([...namesOf(left), ...namesOf(right)])];
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
      return Math.max(numberOf(left) ?? -Infinity, numberOf(right) ?? -Infinity);
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
      return Math.min(numberOf(left) ?? Infinity, numberOf(right) ?? Infinity);
    // Objects that are closed by themselves are joined with others all the time; the workflow's own schema decides.
    case 'additionalProperties':
      return isObject(left) ? left : right;
    case 'title':
    case 'description':
    case 'default':
    case '$schema':
      return left;
    default:
      return undefined;
  }
}

function mergeProperties(left: JsonObject, right: JsonObject): JsonObject {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return objectFrom(
    Array.from(names, (name) => {
      const [one, other] = [property(left, name), property(right, name)];
      return [name, one === undefined ? (other ?? {}) : other === undefined ? one : { allOf: [one, other] }];
    }),
  );
}
