/** A first input for a workflow, made from its JSON Schema. */
import type { Json } from '../../../common/runlog/events.ts';

type Schema = Readonly<Record<string, Json>>;

const maxDepth = 12;

/**
 * A value of the right form: defaults, constants and first choices where the schema has them, else a plain value of the
 * type. Holds the required fields and those with a default. `{}` when there is no schema.
 */
export function prefillOf(schema: Json | undefined): Json {
  const root = asSchema(schema);
  return root === undefined ? {} : (valueOf(root, root, 0) ?? {});
}

function valueOf(schema: Schema, root: Schema, depth: number): Json | undefined {
  if (depth > maxDepth) return null;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = resolve(reference, root);
    return target === undefined ? null : valueOf({ ...target, ...without(schema, '$ref') }, root, depth + 1);
  }
  if (schema['default'] !== undefined) return schema['default'];
  if (schema['const'] !== undefined) return schema['const'];
  const choices = schema['enum'] ?? schema['examples'];
  if (isList(choices) && choices[0] !== undefined) return choices[0];
  const parts = schema['allOf'];
  if (isList(parts)) return mergeAll(parts, root, depth);
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (isList(alternatives)) {
    const first = asSchema(alternatives[0]);
    return first === undefined ? null : valueOf(first, root, depth + 1);
  }
  return plainValue(schema, root, depth);
}

function plainValue(schema: Schema, root: Schema, depth: number): Json | undefined {
  const type = isList(schema['type']) ? schema['type'][0] : schema['type'];
  switch (typeof type === 'string' ? type : '') {
    case 'object':
      return objectOf(schema, root, depth);
    case 'array':
      return arrayOf(schema, root, depth);
    case 'string':
      return text(schema);
    case 'number':
    case 'integer':
      return amount(schema);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      // `z.any()` accepts everything; an object is the most usual.
      return asSchema(schema['properties']) === undefined ? undefined : objectOf(schema, root, depth);
  }
}

function objectOf(schema: Schema, root: Schema, depth: number): Json {
  const required = isList(schema['required']) ? schema['required'] : [];
  const result: Record<string, Json> = {};
  for (const [name, property] of Object.entries(asSchema(schema['properties']) ?? {})) {
    const inner = asSchema(property);
    if (inner === undefined || !(required.includes(name) || inner['default'] !== undefined)) continue;
    result[name] = valueOf(inner, root, depth + 1) ?? null;
  }
  return result;
}

/** One item, to show its form, unless the schema asks for more. */
function arrayOf(schema: Schema, root: Schema, depth: number): Json {
  const tuple = schema['prefixItems'] ?? schema['items'];
  if (isList(tuple)) return tuple.map((item) => valueOf(asSchema(item) ?? {}, root, depth + 1) ?? null);
  const items = asSchema(schema['items']);
  const minimum = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  if (items === undefined) return [];
  return Array.from({ length: Math.min(20, Math.max(1, minimum)) }, () => valueOf(items, root, depth + 1) ?? null);
}

function mergeAll(parts: readonly Json[], root: Schema, depth: number): Json {
  const values = parts.map((part) => valueOf(asSchema(part) ?? {}, root, depth + 1));
  return Object.assign({}, ...values.filter((value) => asSchema(value) !== undefined)) as Json;
}

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00',
  duration: 'PT1H',
  email: 'name@example.com',
  uri: 'https://example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '127.0.0.1',
  ipv6: '::1',
};

function text(schema: Schema): string {
  const format = schema['format'];
  const known = typeof format === 'string' ? formats[format] : undefined;
  const minimum = typeof schema['minLength'] === 'number' ? Math.min(schema['minLength'], 200) : 0;
  return (known ?? (minimum > 0 ? 'text' : '')).padEnd(minimum, '.');
}

function amount(schema: Schema): number {
  const { minimum, exclusiveMinimum, maximum, multipleOf } = schema;
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
  const least =
    typeof exclusiveMinimum === 'number' ? exclusiveMinimum + step : typeof minimum === 'number' ? minimum : undefined;
  // An integer's limits in JSON Schema are the safe integers: those are no wish of the author.
  if (least !== undefined && least > Number.MIN_SAFE_INTEGER + 1) {
    const value = Math.ceil(least / step) * step;
    return value > 0 ? value : Math.max(0, least);
  }
  return typeof maximum === 'number' && maximum < 0 ? maximum : 0;
}

function resolve(reference: string, root: Schema): Schema | undefined {
  if (!reference.startsWith('#')) return undefined;
  let current: Json | undefined = root;
  for (const part of reference
    .slice(1)
    .split('/')
    .filter((name) => name !== '')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    current = asSchema(current)?.[name];
  }
  return asSchema(current);
}

function without(schema: Schema, name: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== name));
}

function asSchema(value: Json | undefined): Schema | undefined {
  return typeof value === 'object' && value !== null && !isList(value) ? value : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
