/** JSON Schema as fields of a form. What no field expresses is a field for JSON. */
import type { Json } from '../runlog/events.ts';
import type { Field, FieldBase, FieldSource, ListField, NumberField, TextField, TextFormat } from './fields.ts';
import { isList, isObject, namesOf, numberOf, property, resolveSchema, textOf } from './json-schema.ts';
import type { JsonObject } from './json-schema.ts';
import { choiceOf, impliedType, labelOf, literalsOf, uniqueLabel } from './labels.ts';

/** Deeper fields are JSON: nobody fills in a form that deep, and a schema may require itself. */
const maxDepth = 10;

/** The form of a schema; a field for any JSON when there is none. Never throws, whatever the schema is. */
export function fieldOf(schema: Json | undefined): Field {
  const root = schema ?? {};
  return build(root, root, 0);
}

function source(schema: Json | undefined, root: Json, depth: number): FieldSource {
  let field: Field | undefined;
  return () => (field ??= build(schema, root, depth));
}

function build(schema: Json | undefined, root: Json, depth: number): Field {
  const resolved = resolveSchema(schema, root);
  const own = isObject(schema) ? schema : {};
  // A place that refers to a definition may describe itself better.
  const base: FieldBase = {
    title: textOf(own['title']) ?? textOf(resolved?.['title']),
    description: textOf(own['description']) ?? textOf(resolved?.['description']),
    default: defaultOf(schema, root),
  };
  if (resolved === undefined || depth > maxDepth) return { ...base, kind: 'json', object: false };
  return { ...shapeOf(resolved, root, depth, base), ...base };
}

function shapeOf(schema: JsonObject, root: Json, depth: number, base: FieldBase): Field {
  if (schema['const'] !== undefined) return { ...base, kind: 'constant', value: schema['const'] };
  const values = schema['enum'];
  if (isList(values)) {
    const [only] = values;
    if (values.length === 1 && only !== undefined) return { ...base, kind: 'constant', value: only };
    if (values.length > 1) return { ...base, kind: 'choice', choices: values.map((value) => choiceOf(value)) };
  }
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (isList(alternatives) && alternatives.length > 0) return unionOf(schema, alternatives, root, depth, base);
  const type = schema['type'];
  if (isList(type) && type.length > 0) {
    const shared = Object.entries(schema).filter(
      ([key]) => key !== 'default' && key !== 'title' && key !== 'description',
    );
    const variants = type.map((one): Json => ({ ...Object.fromEntries(shared), type: one }));
    return unionOf({}, variants, root, depth, base);
  }
  return typeField(schema, textOf(type) ?? impliedType(schema) ?? '', root, depth, base);
}

function typeField(schema: JsonObject, type: string, root: Json, depth: number, base: FieldBase): Field {
  switch (type) {
    case 'object':
      return objectOf(schema, root, depth, base);
    case 'array':
      return listOf(schema, root, depth, base);
    case 'string':
      return textField(schema, base);
    case 'number':
    case 'integer':
      return numberField(schema, type === 'integer', base);
    case 'boolean':
      return { ...base, kind: 'choice', choices: [choiceOf(true), choiceOf(false)] };
    case 'null':
      return { ...base, kind: 'constant', value: null };
    default:
      return { ...base, kind: 'json', object: false };
  }
}

const formats: ReadonlySet<string> = new Set<TextFormat>(['date', 'date-time', 'email', 'uri', 'uuid']);

function isFormat(format: string): format is TextFormat {
  return formats.has(format);
}

function textField(schema: JsonObject, base: FieldBase): TextField {
  const format = textOf(schema['format']) ?? '';
  const examples = schema['examples'];
  const known = isFormat(format) ? format : 'text';
  return {
    ...base,
    kind: 'text',
    format: known,
    minLength: numberOf(schema['minLength']),
    maxLength: numberOf(schema['maxLength']),
    // Libraries write their own expressions for formats, which no message can explain.
    pattern: known === 'text' ? textOf(schema['pattern']) : undefined,
    example: isList(examples) ? textOf(examples[0]) : undefined,
  };
}

function numberField(schema: JsonObject, integer: boolean, base: FieldBase): NumberField {
  const step = numberOf(schema['multipleOf']);
  // zod limits integers to the safe ones: that is no wish of the author.
  const limit = (value: number | undefined) =>
    value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
  return {
    ...base,
    kind: 'number',
    integer,
    minimum: limit(numberOf(schema['minimum'])),
    maximum: limit(numberOf(schema['maximum'])),
    exclusiveMinimum: limit(numberOf(schema['exclusiveMinimum'])),
    exclusiveMaximum: limit(numberOf(schema['exclusiveMaximum'])),
    multipleOf: step !== undefined && step > 0 ? step : undefined,
  };
}

function objectOf(schema: JsonObject, root: Json, depth: number, base: FieldBase): Field {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const patterns = isObject(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : [];
  const names = isObject(schema['propertyNames']) ? schema['propertyNames'] : {};
  const required = new Set(namesOf(schema['required']));
  const declared = Object.keys(properties);
  const further = schema['additionalProperties'];
  const [pattern] = patterns;
  // A record over given names: `z.record(z.enum([...]), ...)`.
  const listed = isObject(further) ? namesOf(names['enum']).filter((name) => !declared.includes(name)) : [];
  const all = [...new Set([...declared, ...listed, ...required])];
  const open = listed.length === 0 && (isObject(further) || pattern !== undefined || all.length === 0);
  const values = isObject(further) ? further : (pattern?.[1] ?? further);
  if (all.length === 0 && !isObject(values)) {
    // `z.object({})` takes nothing; an object of which nothing is said takes any.
    if (isObject(schema['properties']) || further === false) {
      return { ...base, kind: 'object', properties: [], additional: undefined, namePattern: undefined };
    }
    return { ...base, kind: 'json', object: true };
  }
  return {
    ...base,
    kind: 'object',
    properties: all.map((name) => {
      const inner = property(properties, name) ?? (listed.includes(name) ? further : undefined);
      return {
        name,
        required: required.has(name) && !hasDefault(inner, root),
        field: source(inner ?? {}, root, depth + 1),
      };
    }),
    additional: open ? source(values ?? {}, root, depth + 1) : undefined,
    namePattern: textOf(names['pattern']) ?? pattern?.[0],
  };
}

/** Schemas of what a workflow hands on list fields with defaults as required; nobody has to give them. */
export function hasDefault(schema: Json | undefined, root: Json): boolean {
  return defaultOf(schema, root) !== undefined;
}

/** `null` is a default like any other. */
function defaultOf(schema: Json | undefined, root: Json): Json | undefined {
  const own = isObject(schema) ? property(schema, 'default') : undefined;
  return own === undefined ? property(resolveSchema(schema, root) ?? {}, 'default') : own;
}

function listOf(schema: JsonObject, root: Json, depth: number, base: FieldBase): ListField {
  const { prefixItems, items, additionalItems } = schema;
  const tuple = isList(prefixItems) ? prefixItems : isList(items) ? items : [];
  const rest = isList(prefixItems) ? (items ?? false) : isList(items) ? (additionalItems ?? false) : (items ?? {});
  const first = tuple.map((item) => source(item, root, depth + 1));
  return {
    ...base,
    kind: 'list',
    first,
    item: rest === false ? undefined : source(rest, root, depth + 1),
    minItems: Math.max(first.length, numberOf(schema['minItems']) ?? 0),
    maxItems: numberOf(schema['maxItems']),
    unique: schema['uniqueItems'] === true,
  };
}

/** Keywords beside `anyOf` hold for every variant. */
const ofTheWhole: ReadonlySet<string> = new Set([
  ...['anyOf', 'oneOf', 'title', 'description', 'default', '$schema', 'definitions', '$defs', 'discriminator'],
]);

function unionOf(schema: JsonObject, alternatives: readonly Json[], root: Json, depth: number, base: FieldBase): Field {
  const shared = Object.fromEntries(Object.entries(schema).filter(([key]) => !ofTheWhole.has(key)));
  const common = Object.keys(shared).length > 0;
  const schemas = alternatives.map((one): Json => (common ? { allOf: [one, shared] } : one));
  const resolved = schemas.map((one) => resolveSchema(one, root));
  const choices = schemas.map((_, index) => literalsOf(resolved[index]));
  if (choices.every((some) => some !== undefined)) return { ...base, kind: 'choice', choices: choices.flat() };
  const [only] = schemas;
  if (schemas.length === 1) return { ...build(only, root, depth + 1), ...present(base) };
  const labels = resolved.map((one) => labelOf(one, root));
  return {
    ...base,
    kind: 'union',
    variants: schemas.map((one, index) => ({
      label: uniqueLabel(labels, index),
      field: source(one, root, depth + 1),
    })),
  };
}

function present(base: FieldBase): Partial<FieldBase> {
  return Object.fromEntries(Object.entries(base).filter(([, value]) => value !== undefined));
}
