/** JSON Schema as fields of a form: what can be filled in, and how. What no field expresses is a field for JSON. */
import type { Json } from '../runlog/events.ts';
import { equalJson, isList, isObject, namesOf, numberOf, property, resolveSchema, textOf } from './json-schema.ts';
import type { JsonObject } from './json-schema.ts';

interface FieldBase {
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** What the schema takes when nothing is given; a field with a default is never required. */
  readonly default: Json | undefined;
}

export type TextFormat = 'text' | 'date' | 'date-time' | 'email' | 'uri' | 'uuid';

export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly format: TextFormat;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
  readonly example: string | undefined;
}

export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly exclusiveMinimum: number | undefined;
  readonly exclusiveMaximum: number | undefined;
  readonly multipleOf: number | undefined;
}

export interface Choice {
  readonly value: Json;
  readonly label: string;
  readonly description: string | undefined;
}

/** One of a few given values; a boolean is one as well. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}

export interface ConstantField extends FieldBase {
  readonly kind: 'constant';
  readonly value: Json;
}

export interface ObjectField extends FieldBase {
  readonly kind: 'object';
  readonly properties: readonly PropertyField[];
  /** What values under further names are; undefined when there are none to fill in. */
  readonly additional: FieldSource | undefined;
  /** Regular expression for further names. */
  readonly namePattern: string | undefined;
}

export interface PropertyField {
  readonly name: string;
  readonly required: boolean;
  readonly field: FieldSource;
}

export interface ListField extends FieldBase {
  readonly kind: 'list';
  /** Items by position, for a tuple. */
  readonly first: readonly FieldSource[];
  /** Every item after those; undefined when there are no more. */
  readonly item: FieldSource | undefined;
  readonly minItems: number;
  readonly maxItems: number | undefined;
  readonly unique: boolean;
}

export interface UnionField extends FieldBase {
  readonly kind: 'union';
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly label: string;
  readonly field: FieldSource;
}

/** Anything, as JSON text. */
export interface JsonField extends FieldBase {
  readonly kind: 'json';
  /** True when only an object fits. */
  readonly object: boolean;
}

export type Field =
  TextField | NumberField | ChoiceField | ConstantField | ObjectField | ListField | UnionField | JsonField;

/** A field that is made when it is looked at: schemas may contain themselves. */
export type FieldSource = () => Field;

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

/** Schemas that were written by hand leave the type out where other keywords say it. */
function impliedType(schema: JsonObject): string | undefined {
  if (isObject(schema['properties']) || isObject(schema['additionalProperties'])) return 'object';
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
  return undefined;
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

function choiceOf(value: Json, description?: string): Choice {
  return { value, label: typeof value === 'string' ? value : JSON.stringify(value), description };
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

/** The values of a schema that only lists values; undefined for any other. */
function literalsOf(schema: JsonObject | undefined): readonly Choice[] | undefined {
  if (schema === undefined) return undefined;
  const description = textOf(schema['description']) ?? textOf(schema['title']);
  if (schema['const'] !== undefined) return [choiceOf(schema['const'], description)];
  if (isList(schema['enum'])) return schema['enum'].map((value) => choiceOf(value, description));
  if (schema['type'] === 'null') return [choiceOf(null, description)];
  if (schema['type'] === 'boolean') return [choiceOf(true), choiceOf(false)];
  return undefined;
}

function uniqueLabel(labels: readonly string[], index: number): string {
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
function labelOf(schema: JsonObject | undefined, root: Json): string {
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
